#pragma once

/// Comparing a version's answers with the reference's, in all three flavours.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "build.hpp"
#include "lesson.hpp"
#include "references.hpp"
#include "verdict.hpp"
#include "worker_process.hpp"

namespace grader {

struct CheckCase {
    Shape shape;
    unsigned threads = 1;
    std::uint64_t seed = 0;
    std::size_t candidate = 0;  // of CandidateProgram, where candidates are judged
};

struct Check {
    Flavour flavour = Flavour::timed;
    CheckCase at;
    std::optional<Verdict> outcome;  // empty: not checked, and `message` says why
    std::string message;             // empty for a pass
    std::string details;             // the sanitizer's words
    std::string mistake;             // that this outcome gives away; empty if it could be any
};

struct Mismatch {
    Flavour flavour = Flavour::timed;
    CheckCase at;
    std::size_t first = 0;  // index of the first wrong pixel
    std::size_t wrong_pixels = 0;
    std::vector<double> expected;
    std::vector<double> actual;
};

/// What a version that judges said of the candidates.
struct Judgement {
    std::size_t wrong = 0;                       // candidates that are
    std::size_t rejected = 0;                    // of these
    std::map<std::string, std::size_t> slipped;  // of these, those that it accepted, by mistake
};

/// All that checking found out about one version.
struct Checked {
    std::optional<Verdict> verdict;  // empty: nothing is known yet
    std::string message;             // of the check that decided; empty for a pass
    std::string advice;              // what to do next, where checking knows
    std::string details;
    std::string mistake;  // that it gives away
    std::string output;   // the first of what the program printed
    std::vector<std::string> flags;
    std::optional<std::string> evasion;  // where its code can hide from the checks
    bool right_on_one_thread = true;
    std::vector<Check> checks;
    std::optional<Mismatch> mismatch;
    std::optional<Judgement> judgement;  // of a version that judges, unless it was ended
};

/// A version that is being graded.
struct Job {
    const Lesson& lesson;
    const Version& version;
    std::string source;                                   // empty: `problem` says why there is none
    std::string problem;                                  // why it can't be graded; with a source, empty
    std::map<Flavour, std::shared_future<Built>> builds;  // in the background, from check() on
};

/// Told as soon as a version's checks in a flavour are done.
using CheckProgress = std::function<void(const Job& job, Flavour flavour, const Checked& so_far)>;

/// Builds and checks every job, first all in the timed flavour, then in the others: a stub costs one build,
/// not three. In the order of the jobs, each with a verdict. `seed` is the grading's. Throws Error if a case
/// can't be decided for a reason that isn't the version's own: nothing passes that wasn't checked.
std::vector<Checked> check(std::vector<Job>& jobs, Builder& builder, References& references,
                           std::uint64_t seed, const CheckProgress& progress);

/// How a call that didn't end with an answer is to be understood. An answer is still to be compared: its
/// outcome is empty.
Check outcome_of(const CallResult& result, Worker& worker, const Job& job, Flavour flavour);

}  // namespace grader
