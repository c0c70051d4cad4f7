#pragma once

/// Comparing a version's answers with the reference's, in all three flavours.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "build.hpp"
#include "candidates.hpp"
#include "lesson.hpp"
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
    Verdict outcome = Verdict::pass;
    bool checked = true;  // false: this flavour can't tell here, and `message` says why
    std::string message;  // empty for a pass
    std::string details;  // the sanitizer's words
    std::string mistake;  // that this outcome gives away; empty if it could be any
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
    Verdict verdict = Verdict::pass;
    std::string message;  // of the check that decided; empty for a pass
    std::string advice;   // what to do next, where checking knows
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

/// Runs the reference: expected answers, and whether sanitizers work on this machine.
class References {
  public:
    References(Builder& builder, std::filesystem::path solutions_dir);

    /// Starts building the reference's program for a version, in the background.
    void start(const Lesson& lesson, const Version& version, Flavour flavour = Flavour::timed);
    /// That program, once it is built. Throws Error (ExitCode::lesson).
    const Built& program(const Lesson& lesson, const Version& version, Flavour flavour = Flavour::timed);
    /// The answer of the version's baseline to the image of this seed; kept. Throws Error (ExitCode::lesson).
    const std::vector<double>& answer(const Lesson& lesson, const Version& version, const Shape& shape,
                                      std::uint64_t seed);
    /// Whether a trusted program runs in this flavour.
    bool works(const Lesson& lesson, Flavour flavour);
    /// The right and wrong versions of a lesson that is judged. Throws Error (ExitCode::lesson).
    const CandidateProgram& candidates(const Judging& judging);

  private:
    struct Key {
        std::string lesson;
        std::string version;
        std::size_t rows, cols;
        std::uint64_t seed;
        auto operator<=>(const Key&) const = default;  // NOLINT(modernize-use-nullptr): a false alarm
    };
    Builder& builder_;
    std::filesystem::path solutions_dir_;
    std::map<std::pair<std::string, Flavour>, std::shared_future<Built>> programs_;
    std::map<std::string, std::unique_ptr<Worker>> workers_;
    std::map<Key, std::vector<double>> answers_;
    std::map<Flavour, bool> works_;
    std::map<std::string, CandidateProgram> candidates_;
};

/// Told as soon as a version's checks in a flavour are done.
using CheckProgress = std::function<void(const Job& job, Flavour flavour, const Checked& so_far)>;

/// Builds and checks every job, first all in the timed flavour, then in the others: a stub costs one build,
/// not three. In the order of the jobs. `seed` is the grading's.
std::vector<Checked> check(std::vector<Job>& jobs, Builder& builder, References& references,
                           std::uint64_t seed, const CheckProgress& progress);

/// How a call that didn't end with an answer is to be understood.
Check outcome_of(const CallResult& result, Worker& worker, const Limits& limits, const Job& job,
                 Flavour flavour);

}  // namespace grader
