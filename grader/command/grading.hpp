#pragma once

/// A grading, and each version's way through it.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "build/compiling_builder.hpp"
#include "check/attempt.hpp"
#include "check/case_runner.hpp"
#include "command/grade_options.hpp"
#include "command/result_store.hpp"
#include "diagnose/mistake_records.hpp"
#include "intake/intake.hpp"
#include "lesson/lesson.hpp"
#include "lesson/mistake.hpp"
#include "measure/measured.hpp"
#include "reference/references.hpp"
#include "run/worker_process.hpp"
#include "score/graded.hpp"

namespace grader {

/// One version: what is known of it grows from stage to stage.
struct VersionInGrading {
    Attempt attempt;
    std::string key;             // of everything that decides its result but the seed
    bool selected = true;        // by LESSON and VERSION
    std::optional<Graded> kept;  // from before, or what stands for a version that isn't graded
    Measured measured = {};
    std::optional<Mistake> mistake = {};
    std::optional<Graded> graded = {};

    [[nodiscard]] const Graded& result() const { return kept ? *kept : graded.value(); }
};

/// What all versions have in common.
struct Grading {
    /// Reads the lessons and takes the submission in. Throws Error. `options` must outlive it.
    explicit Grading(const GradeOptions& options);

    const GradeOptions& options;
    std::vector<Lesson> lessons;
    double scale;  // one of a lesson's points is worth so much of the 100
    Submission submission;
    CompilingBuilder builder;
    WorkerLauncher launcher;
    GoogleTestRunner runner;
    References references;
    MistakeRecords records;
    ResultStore store;
    std::uint64_t seed;
    std::vector<Graded> earlier;  // in OUT, of the same submission
};

/// Every version, in the order of the lessons. `kept` is the earlier result that counts for it: of the same
/// content, or, if it isn't selected, of whatever was graded last.
std::vector<VersionInGrading> plan(Grading& grading);

/// Those that no earlier result counts for.
std::vector<VersionInGrading*> due(std::vector<VersionInGrading>& versions);

/// Whether others are measured beside it.
bool is_baseline(const Lesson& lesson, const Version& version);

}  // namespace grader
