#pragma once

/// The programs that are timed side by side, and what is measured with them.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "check/attempt.hpp"
#include "measure/measured.hpp"
#include "measure/progress.hpp"
#include "measure/repetitions.hpp"
#include "reference/references.hpp"
#include "run/running_program.hpp"

namespace grader {

enum class Clock { cpu, wall };

/// A reference that somebody else has ended.
struct ReferenceKilled {};

/// How many calls of each program one batch has.
struct Calls {
    std::size_t submission = 1;
    std::size_t reference = 1;
};

/// The submission's worker, the reference's and the baseline's, which always get the same images.
class Bench {
  public:
    Bench(const Attempt& attempt, References& references, std::uint64_t seed, MeasureProgress progress,
          std::optional<unsigned> cpu = {});

    struct Prediction {
        std::vector<Speedup> speedups;
        Interval ratio;         // the speed on one thread over the baseline's
        std::size_t count = 1;  // calls in each batch
        OneThread one_thread;
        double cpu_s = 0;  // spent on calls with several threads
    };

    // Each throws Failure, ReferenceKilled, or Error if the reference fails.

    /// sweep.cpp: times of square images, within the lesson's budget.
    std::vector<SweepPoint> sweep();
    /// ratio.cpp: a one-thread version's speed relative to its baseline, and its first call.
    void add_ratio(Measured& measured);
    /// prediction.cpp: a threaded version's speed-ups, from work and span. Needs a Bench on one CPU.
    Prediction predict();
    /// prediction.cpp: the speed-ups by wall clock. Needs a Bench on all cores.
    void add_wall_clock(Prediction& prediction);
    [[nodiscard]] const Shape& shape() const { return shape_; }

  private:
    struct Alone {
        double baseline_s = 0;
        double kernel_s = 0;   // the submission's, as counted by the kernel
        double claimed_s = 0;  // the submission's by its own clock, if that says less
    };

    [[nodiscard]] std::unique_ptr<RunningProgram> start(const std::filesystem::path& program) const;
    [[nodiscard]] std::unique_ptr<RunningProgram> start_reference(References& references,
                                                                  const Version& version) const;

    [[nodiscard]] std::unique_ptr<RunningProgram> start_quick(References& references) const;

    [[nodiscard]] Clock clock() const { return attempt_.version.threaded() ? Clock::wall : Clock::cpu; }

    void fill(RunningProgram& program, const Shape& shape, std::size_t count) const;

    /// The time of one call, from a batch of `count` on fresh images.
    double call(RunningProgram& program, const Shape& shape, std::size_t count, unsigned threads,
                Clock clock);

    /// Calls the submission with the virtual clock, on fresh images if something other than the baseline
    /// knows their answers quickly, else on those of the baseline's last batch.
    CallResult clocked_call(std::size_t count, unsigned threads);

    /// Makes fresh images and their answers, if that is quick. Returns the worker that has the answers to the
    /// images of this batch.
    RunningProgram& fresh_answers(std::size_t count);

    /// Compares every image of the submission's last batch with the same image in another worker.
    void compare(RunningProgram& truth, const Shape& shape, std::size_t count, unsigned threads);

    [[noreturn]] void fail(Check check, const Shape& shape, unsigned threads) const;

    /// Asks what may be wrong, after trying in new programs whether the answers depend on the size.
    [[nodiscard]] std::string what_is_wrong(const Shape& shape, unsigned threads);
    /// Whether a new program gives a wrong answer.
    [[nodiscard]] bool is_wrong_at_first(const Shape& shape, unsigned threads);

    FirstCall first_call(double pixel_s);
    Alone run_alone(std::size_t count);
    [[nodiscard]] bool is_settled(const Prediction& prediction, std::size_t repetitions) const;

    /// Calls submission and reference back to back, in alternating order, and compares their answers.
    Sample pair(const Shape& shape, const Calls& calls, unsigned threads);

    /// Both get the same number of calls, so that every answer is compared. Against a different version,
    /// which may be thousands of times slower, each gets as many as the clock needs.
    /// How many calls of the submission a batch may have so that it doesn't last long.
    [[nodiscard]] std::size_t most_calls() const;
    [[nodiscard]] Calls batch_sizes(const Shape& shape, const Sample& call) const;

    /// The expected time of a call on `to`, from that of a call on `from`.
    [[nodiscard]] Sample extrapolated(const Sample& call, const Shape& from, const Shape& to) const;

    /// The time of a call, from batches that grow until they are long enough for the clock.
    Sample first_guess(const Shape& shape, unsigned threads);

    const Attempt& attempt_;
    Launcher& launcher_;
    std::optional<unsigned> cpu_;  // on which all programs run, if set
    std::uint64_t seed_;
    MeasureProgress progress_;
    const Version& beside_;  // the version in the reference's worker
    Shape shape_;            // for ratio and speed-up
    std::size_t largest_pixels_;
    std::unique_ptr<RunningProgram> submission_;
    std::filesystem::path reference_program_;
    std::unique_ptr<RunningProgram> reference_;
    std::unique_ptr<RunningProgram> baseline_;
    std::unique_ptr<RunningProgram> quick_;  // the reference's fastest algorithm, where there is one
    unsigned cores_;                         // how many the workers can run on
    std::uint64_t batch_ = 0;
    // Of the last call():
    double life_cpu_s_ = 0;            // the program's CPU time since its start
    double wall_of_submission_s_ = 0;  // of one call
};

/// How many calls make a batch that is long enough for the clock, if one takes `call_s`.
std::size_t calls_in_batch(const RunningProgram& program, const Shape& shape, double call_s);

/// Whether the interval leaves open which side of an edge the value is on.
bool straddles(const Interval& interval, const Version& version);
/// Whether it leaves open if the version is faster than max_speedup.
bool straddles_max_speedup(const Interval& ratio, const Version& version);

inline constexpr int ratio_repetitions = 5;
inline constexpr std::size_t most_ratio_repetitions = 15;

}  // namespace grader
