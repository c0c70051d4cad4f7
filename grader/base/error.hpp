#pragma once

#include <stdexcept>
#include <string>

namespace grader {

/// The program's exit codes; docs/instructor.md lists them.
enum class ExitCode {
    graded = 0,        // grading ran to its end, whatever the score
    not_passed = 1,    // with STRICT=1 a version didn't pass, or in a class a student has no grade
    usage = 2,         // an option or a folder that can't be used
    lesson = 3,        // a lesson, or the kit's own solution of it, is broken
    environment = 4,   // compiler, Python, disk or operating system
    interrupted = 130  // Ctrl-C
};

/// An error that the user can do something about. `problem` says where and what, `next` what to do.
class Error : public std::runtime_error {
  public:
    Error(ExitCode code, const std::string& problem, std::string next = {})
        : std::runtime_error(problem), code_(code), next_(std::move(next)) {}

    [[nodiscard]] ExitCode code() const { return code_; }
    [[nodiscard]] const std::string& next() const { return next_; }

  private:
    ExitCode code_;
    std::string next_;
};

[[noreturn]] inline void throw_fault_of_kit(const std::string& problem) {
    throw Error(ExitCode::environment, problem, "this is a bug in the kit: please report it");
}

}  // namespace grader
