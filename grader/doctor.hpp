#pragma once

/// What this machine offers to the grader, tried out, and the promise that follows from it.

#include <string>
#include <vector>

namespace grader {

struct Finding {
    enum class State { good, weaker, missing };
    State state = State::good;
    std::string what;
    std::string found;
    std::string fix;  // what to do about it, or empty
};

std::vector<Finding> examine(const std::string& compiler);

/// Prints the findings and the promise. Returns whether nothing that grading needs is missing.
bool print_doctor(const std::string& compiler);

/// What a report may promise at the present isolation.
std::string promise();

}  // namespace grader
