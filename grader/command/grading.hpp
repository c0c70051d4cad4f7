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

/// One version. Each stage of the grading adds what it found out.
struct VersionInGrading {
    Attempt attempt;
    std::string key;             // hash of everything that decides its result but the seed
    bool selected = true;        // whether LESSON and VERSION select it
    std::optional<Graded> kept;  // an earlier result, or a placeholder for a version that isn't graded
    Measured measured = {};
    std::optional<Mistake> mistake = {};
    std::optional<Graded> graded = {};

    [[nodiscard]] const Graded& result() const { return kept ? *kept : graded.value(); }
};

/// What all versions share.
struct Grading {
    /// Reads the lessons and takes the submission in. Throws Error. `options` must outlive this object.
    explicit Grading(const GradeOptions& options);

    const GradeOptions& options;
    std::vector<Lesson> lessons;
    double scale;  // factor from points in lesson.toml to the 100
    Submission submission;
    CompilingBuilder builder;
    WorkerLauncher launcher;
    GoogleTestRunner runner;
    References references;
    MistakeRecords records;
    ResultStore store;
    std::uint64_t seed;
    std::vector<Graded> earlier;  // results in OUT, if they are of the same submission
};

/// Every version, in the order of the lessons. `kept` is set for each that needn't be graded, to the earlier
/// result for the same content. A version that isn't selected gets its last result whatever the content.
std::vector<VersionInGrading> plan(Grading& grading);

/// The versions to be graded: those without `kept`.
std::vector<VersionInGrading*> due(std::vector<VersionInGrading>& versions);

/// Whether a version of the lesson is measured against this one.
bool is_baseline(const Lesson& lesson, const Version& version);

}  // namespace grader
