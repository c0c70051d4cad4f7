#pragma once

/// How a call that didn't end with an answer is to be understood.

#include <optional>
#include <string>
#include <vector>

#include "check/attempt.hpp"
#include "check/sanitizer_report.hpp"
#include "run/call.hpp"
#include "run/running_program.hpp"

namespace grader {

/// An answer is still to be compared: its outcome is empty. Throws Error if the machine ended the program.
Check outcome_of(const CallResult& result, RunningProgram& program, const Attempt& attempt, Flavour flavour);

/// The races that the thread sanitizer has reported so far.
struct Races {
    std::optional<Check> evident;          // the first that is evidence; flavour and case are empty
    const Unsupported* doubted = nullptr;  // why another one is no evidence
};
Races races_in(RunningProgram& program, const Attempt& attempt);

/// Why a death under the thread sanitizer is the sanitizer's own; empty: it is the program's. A version that
/// forges one is flagged: its races were not looked for.
std::string death_of_thread_sanitizer(RunningProgram& program, const Attempt& attempt);

}  // namespace grader
