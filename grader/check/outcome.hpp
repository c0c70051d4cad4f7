#pragma once

/// Explains how a call ended that gave no answer.

#include <optional>
#include <string>
#include <vector>

#include "check/attempt.hpp"
#include "check/sanitizer_report.hpp"
#include "run/call.hpp"
#include "run/running_program.hpp"

namespace grader {

/// The outcome is empty if the call gave an answer, which still has to be compared. Throws Error if the
/// machine ended the program.
Check outcome_of(const CallResult& result, RunningProgram& program, const Attempt& attempt, Flavour flavour);

/// That line of a source, without the blanks around it; empty if there is none.
std::string source_line(const std::string& source, int number);

/// The races that the thread sanitizer has reported so far.
struct Races {
    std::optional<Check> evident;          // the first that is evidence; flavour and case aren't set
    const Unsupported* doubted = nullptr;  // why a reported race is no evidence, if none is
    bool is_text_lost = false;  // of a report: the program closed its descriptor, or wrote too much
};
Races races_in(RunningProgram& program, const Attempt& attempt);

/// Why a death under the thread sanitizer is the sanitizer's fault; empty if it is the program's. A version
/// that forges such a death is flagged, since its races weren't looked for.
std::string death_of_thread_sanitizer(RunningProgram& program, const Attempt& attempt);

}  // namespace grader
