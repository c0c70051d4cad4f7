#pragma once

/// result.json: docs/result.schema.json defines it.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lesson.hpp"
#include "score.hpp"

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
    bool recorded = false;  // a handout's grading: of recorded inputs, beside the submission's own baseline
    std::string graded_at;
    std::string submission;
    Machine machine;
    std::string isolation;
    std::vector<Lesson> lessons;
    std::vector<Graded> versions;

    [[nodiscard]] double score() const;
};

std::string to_json(const Result& result);

/// The submission that a result.json is of, as it was named; empty if it can't be read.
std::string submission_of(std::string_view result_json);

/// The versions of an earlier result.json; empty if the text isn't one.
std::vector<Graded> versions_of(std::string_view result_json);

/// One version, to be kept and reused.
std::string to_json(const Graded& graded);
std::optional<Graded> graded_from_json(std::string_view text);

}  // namespace grader
