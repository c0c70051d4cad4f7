#pragma once

/// A schedule's events in words for the author of the program.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/attempt.hpp"
#include "run/schedule.hpp"

namespace grader {

/// The line of the student's file for each offset in the program, that of the innermost frame; 0 if none is
/// in that file.
using LineFinder = std::function<std::map<std::uint64_t, int>(const std::vector<std::uint64_t>& offsets)>;

/// Asks addr2line, once for all offsets. `student_file` is relative ("01_slow_thing/parallel.cpp").
LineFinder lines_by_addr2line(const std::filesystem::path& program, const std::string& student_file);

struct Story {
    std::vector<Step> steps;  // all that several threads had to do with; not what a library did for itself
    std::string text;         // those of them that make the schedule fail, a sentence for each thread's turn
    std::optional<Symptom> symptom;
};

/// What happened in a traced run. `source` is the student's whole file.
Story story_of(const ScheduleRun& run, const LineFinder& find_lines, const std::string& source);

}  // namespace grader
