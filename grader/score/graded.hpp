#pragma once

/// One version of a grading, as result.json has it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "check/check.hpp"
#include "lesson/lesson.hpp"
#include "measure/measured.hpp"
#include "vocabulary.hpp"

namespace grader {

struct RubricLine {
    std::string name;
    double score = 0;
    double max_score = 0;
};

struct Graded {
    std::string lesson;
    std::string version;
    std::optional<Verdict> verdict;  // empty: never graded
    double score = 0;
    double max_score = 0;
    bool reused = false;
    std::string graded_at;
    std::optional<double> took_s;  // wall time of the checks and measurements
    std::optional<std::uint64_t> seed;
    std::vector<std::string> flags;
    std::string diagnosis;
    std::string message;
    std::string next;
    std::string details;
    std::string output;
    std::vector<RubricLine> rubric;
    std::vector<Check> checks;
    std::optional<Mismatch> mismatch;
    std::optional<FailingSchedule> schedule;
    Measured measured;
    std::string scaling;  // what limits a threaded version
    double stated_exponent = 0;
    std::string baseline;  // of measured.ratio
    Shape ratio_shape;

    [[nodiscard]] bool has_all_points() const {
        constexpr double rounding = 1e-6;
        return score > max_score - rounding;
    }
};

}  // namespace grader
