#pragma once

/// Which of the files that were handed in are the versions of the lessons.
///
/// A version is the file LESSON/VERSION.cpp, where LESSON is the lesson's folder or its name, in capitals or
/// not, wherever that lies. Among several copies of a lesson the one is taken that lies under a folder called
/// `lessons`, and that is the least deep; one under `build` or `solutions` only if there is no other.
/// If no lesson's folder is there at all, loose files are taken whose content names the lesson.

#include <map>
#include <string>
#include <vector>

#include "intake/listing.hpp"
#include "lesson/lesson.hpp"

namespace grader {

struct Chosen {
    std::map<std::string, SubmittedFile> files;  // by source_path(), those that are there
    std::vector<std::string> renamed;            // "my_serial.cpp is taken as 01_slow_thing/serial.cpp"
    std::vector<std::string> left_out;           // paths beside the chosen ones, below the same folders
};

/// Throws Error (ExitCode::usage) if a lesson is in two places that are equally good. `name` is the
/// submission's in messages.
Chosen choose(const Listing& listing, const std::vector<Lesson>& lessons, const std::string& name);

}  // namespace grader
