#pragma once

/// From what was found to points. Points are weights in lesson.toml; here they are scaled so that all the
/// lessons together make 100.

#include <optional>
#include <string>
#include <vector>

#include "check.hpp"
#include "lesson.hpp"
#include "measure.hpp"
#include "mistakes.hpp"
#include "verdict.hpp"

namespace grader {

struct RubricLine {
    std::string name;
    double score = 0;
    double max_score = 0;
};

/// One version of a grading, as result.json has it.
struct Graded {
    std::string lesson;
    std::string version;
    std::optional<Verdict> verdict;  // empty: never graded
    double score = 0;
    double max_score = 0;
    bool reused = false;
    std::string graded_at;
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
    Measured measured;
    std::string scaling;  // what limits a threaded version
    double stated_exponent = 0;
    std::string baseline;  // of measured.ratio
    Shape ratio_shape;
};

/// What one of a lesson's points is worth of the 100.
double scale_to_100(const std::vector<Lesson>& lessons);

/// The version before anything is known of it.
Graded ungraded(const Lesson& lesson, const Version& version, double scale);

/// A version that judges others' code, where there is none to show it.
Graded unjudged(const Lesson& lesson, const Version& version, double scale);

/// `mistake`: what explains the result (diagnose.hpp).
Graded score(const Job& job, const Checked& checked, const Measured& measured,
             const std::optional<Mistake>& mistake, double scale);

/// Of the checks, or of a timed run that went wrong.
Verdict verdict_of(const Checked& checked, const Measured& measured);

/// Faster on one thread than the lesson's additions can be done.
bool work_removed(const Version& version, const Measured& measured);

/// The speed that a version's bands look at: of a one-thread version the ratio, of a threaded one its mean
/// efficiency (scaling.hpp). Empty if it wasn't measured.
std::optional<Interval> banded_speed(const Version& version, const Measured& measured, unsigned cores);

/// How many of the bands, which rise, the interval reaches: what isn't settled counts in the student's
/// favour.
std::size_t bands_reached(const std::vector<Band>& bands, const Interval& speed);

}  // namespace grader
