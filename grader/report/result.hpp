#pragma once

/// A grading's result, which result.json, the terminal and every export show.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lesson/lesson.hpp"
#include "score/graded.hpp"

namespace grader {

struct Machine {
    std::string cpu;
    unsigned cores = 1;
    std::uint64_t memory_mb = 0;
    std::string os;
    std::string compiler;
    std::map<std::string, std::string> flags;  // by flavour
};

struct Result {
    std::uint64_t seed = 0;
    bool recorded = false;  // a handout's grading: recorded inputs, the submission's own baseline
    std::string graded_at;
    std::string submission;
    Machine machine;
    std::string isolation;
    std::vector<Lesson> lessons;
    std::vector<Graded> versions;

    [[nodiscard]] double score() const;
};

}  // namespace grader
