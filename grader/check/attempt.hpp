#pragma once

/// A student's version on its way through a grading, and what checking finds out about it.

#include <cstdint>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "build/builder.hpp"
#include "intake/submitted_file.hpp"
#include "lesson/lesson.hpp"
#include "vocabulary.hpp"

namespace grader {

struct CheckCase {
    Shape shape;
    unsigned threads = 1;
    std::uint64_t seed = 0;
    std::size_t candidate = 0;  // index in CandidateProgram, if the version judges
};

struct Check {
    Flavour flavour = Flavour::timed;
    CheckCase at;
    std::optional<Verdict> outcome;  // empty: not checked, and `message` says why
    std::string message;             // empty for a pass
    std::string details;             // the sanitizer's words
    std::optional<Symptom> symptom;  // shown by this outcome, if any
};

struct Mismatch {
    Flavour flavour = Flavour::timed;
    CheckCase at;
    std::size_t first = 0;  // index of the first wrong pixel
    std::size_t wrong_pixels = 0;
    std::vector<double> expected;
    std::vector<double> actual;
};

/// What one thread did in a schedule.
struct Step {
    unsigned thread = 0;     // 0: the caller
    int line = 0;            // of the student's file; 0 if it isn't known
    std::string code;        // that line
    std::string what;        // "locks a mutex"
    bool is_switch = false;  // the thread before could have gone on
};

/// A schedule of the threads on which a version fails, made as short as it got.
struct FailingSchedule {
    CheckCase at;
    std::string name;      // for SCHEDULE=
    unsigned threads = 0;  // that took part, with the caller
    std::vector<Step> steps;
    unsigned tried = 0;  // schedules until one failed, that one too
    double tried_s = 0;  // CPU time that they took
};

/// Everything that checking found out about one version.
struct CheckResult {
    std::optional<Verdict> verdict;  // empty: not known yet
    std::string message;             // the deciding check's, or a pass in the words of its kind of lesson
    std::string advice;              // what to do next, if checking knows
    std::string details;
    std::optional<Symptom> symptom;  // the deciding check's
    std::string output;              // the start of what the program printed
    std::vector<std::string> flags;
    std::optional<std::string> evasion;  // where its code can hide from the checks
    bool right_on_one_thread = true;
    bool orders_by_atomics = false;  // its threads tell each other something by yields, sleeps or atomics
    std::vector<Check> checks;
    std::optional<Mismatch> mismatch;
    std::optional<FailingSchedule> schedule;
    std::optional<double> share;  // 0 to 1; only if the version is graded by it and ran to the end
};

struct Attempt {
    const Lesson& lesson;
    const Version& version;
    SubmittedFile file;
    std::map<Flavour, std::shared_future<Built>> builds = {};  // in the background; started by check()
    CheckResult checked = {};
    double took_s = 0;  // wall time of the checks and measurements

    /// Whether there is nothing to build: file.problem says why, or the file is missing or empty.
    [[nodiscard]] bool is_missing() const { return !file.content || file.content->empty(); }
    /// Must not be called if is_missing().
    [[nodiscard]] const std::string& source() const { return *file.content; }
    /// What its images depend on, and whatever else is drawn: who knows a grading's seed, but has changed a
    /// version since, can't foretell them. The seed itself if only its images have recorded answers.
    [[nodiscard]] std::uint64_t own_seed(std::uint64_t seed_of_grading, bool is_recorded) const;
    /// Waits for the build. Throws std::out_of_range if none was started in this flavour.
    [[nodiscard]] const Built& built(Flavour flavour) const { return builds.at(flavour).get(); }
    /// "slow_thing::parallel"
    [[nodiscard]] std::string name() const { return lesson.name + "::" + version.name; }
};

}  // namespace grader
