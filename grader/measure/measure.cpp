#include "measure/measure.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <numeric>

#include "base/error.hpp"
#include "base/image_data.hpp"
#include "check/outcome.hpp"
#include "measure/scaling.hpp"
#include "sandbox/machine.hpp"
#include "sandbox/one_cpu.hpp"

namespace grader {

namespace {

constexpr double batch_s = 10e-3;    // long enough for the clock, and to outweigh a round trip
constexpr int most_repetitions = 5;  // for each size in a sweep
constexpr int least_repetitions = 2;
constexpr double budget_share = 0.15;  // one size's share of the sweep's budget
constexpr double two_decades = 100;
constexpr double visible_s = 10e-3;  // a sweep doesn't stop below this, where times are mostly fixed costs
constexpr std::size_t enough_sizes = 6;  // for an exponent with an interval
constexpr int ratio_repetitions = 5;
constexpr std::size_t most_ratio_repetitions = 15;
constexpr std::size_t least_speedup_repetitions = 2;  // if the result is far from any threshold
constexpr std::size_t speedup_repetitions = 5;
constexpr double far = 1.2;
constexpr double alike = 0.95;
constexpr double dear_s = 8;  // CPU time after which only a result on an edge is measured again

enum class Clock { cpu, wall };

struct ReferenceKilled {};

/// A timed run whose answer was missing or wrong.
struct Failure {
    Check check;
};

struct Sample {
    double submission_s = 0;  // for one call
    double reference_s = 0;
    [[nodiscard]] double slower_s() const { return std::max(submission_s, reference_s); }
};

/// How many calls of each program one batch has.
struct Calls {
    std::size_t submission = 1;
    std::size_t reference = 1;
};

/// The lesson's shape; for a threaded version, with a number of columns that nobody can predict.
Shape fresh_shape(const Version& version, std::uint64_t seed) {
    Shape shape = version.speed.shape;
    if (!version.threaded()) return shape;
    const std::size_t spread = shape.cols / 8;  // in either direction
    shape.cols += derived_seed(seed, "columns", 0) % (2 * spread + 1) - spread;
    return shape;
}

/// Collects the repetitions that Google Benchmark ran.
class Collector : public benchmark::BenchmarkReporter {
  public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs)
            if (run.run_type == Run::RT_Iteration && run.counters.contains("reference_s"))  // did not fail
                samples.push_back({run.real_accumulated_time, run.counters.at("reference_s")});
    }
    std::vector<Sample> samples;
};

/// Runs one size or thread count in Google Benchmark, with manual time and one batch as one iteration.
template <class TakeSample>
std::vector<Sample> repeat(const std::string& name, int repetitions, TakeSample&& take_sample) {
    std::optional<Failure> failure;
    benchmark::ClearRegisteredBenchmarks();
    benchmark::RegisterBenchmark(name.c_str(),
                                 [&](benchmark::State& state) {
                                     for ([[maybe_unused]] auto _ : state) {
                                         try {
                                             if (failure) throw *failure;
                                             const Sample sample = take_sample();
                                             state.SetIterationTime(sample.submission_s);
                                             state.counters["reference_s"] = sample.reference_s;
                                         } catch (const Failure& caught) {
                                             failure = caught;
                                             state.SkipWithError("wrong answer");
                                         }
                                     }
                                 })
        ->UseManualTime()
        ->Iterations(1)
        ->Repetitions(repetitions);
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);
    benchmark::ClearRegisteredBenchmarks();
    if (failure) throw *failure;
    if (collector.samples.size() != static_cast<std::size_t>(repetitions))
        throw_fault_of_kit(fmt::format("{}: Google Benchmark ran {} of {} repetitions", name,
                                       collector.samples.size(), repetitions));
    return collector.samples;
}

std::vector<double> submission_times(const std::vector<Sample>& samples) {
    std::vector<double> times;
    for (const Sample& sample : samples) times.push_back(sample.submission_s);
    return times;
}

std::vector<double> reference_times(const std::vector<Sample>& samples) {
    std::vector<double> times;
    for (const Sample& sample : samples) times.push_back(sample.reference_s);
    return times;
}

/// The submission's worker, the reference's and the baseline's, which always get the same images.
class Bench {
  public:
    Bench(const Attempt& attempt, References& references, std::uint64_t seed, MeasureProgress progress,
          std::optional<unsigned> cpu = {})
        : attempt_(attempt),
          seed_(seed),
          progress_(std::move(progress)),
          beside_(references.measured_beside(attempt.lesson, attempt.version)),
          shape_(fresh_shape(attempt.version, seed)),
          largest_pixels_(std::max(attempt.lesson.sweep_edges.back() * attempt.lesson.sweep_edges.back(),
                                   shape_.pixels())),
          submission_(start(references, *attempt.built(Flavour::timed).program, cpu)),
          reference_(start_reference(references, attempt.version, cpu)),
          baseline_(start_reference(references, attempt.lesson.version(attempt.version.speed.baseline), cpu)),
          cores_(cpu ? 1 : sandbox::cores()) {}

    struct Prediction {
        std::vector<Speedup> speedups;
        Interval ratio;         // the speed on one thread over the baseline's
        std::size_t count = 1;  // calls in each batch
        double one_thread_s = 0;
        double cpu_s = 0;  // spent on calls with several threads
    };

    std::vector<SweepPoint> sweep();
    void add_ratio(Measured& measured);
    FirstCall first_call(double pixel_s);
    Prediction predict();
    void add_wall_clock(Prediction& prediction);
    [[nodiscard]] const Shape& shape() const { return shape_; }

  private:
    struct Alone {
        double baseline_s = 0;
        double kernel_s = 0;   // the submission's, as counted by the kernel
        double claimed_s = 0;  // the submission's by its own clock, if that says less
    };

    [[nodiscard]] std::unique_ptr<RunningProgram> start(References& references,
                                                        const std::filesystem::path& program,
                                                        const std::optional<unsigned>& cpu) const {
        return references.launcher().start({.program = program,
                                            .limits = attempt_.lesson.limits,
                                            .arena_pixels = largest_pixels_,
                                            .cpu = cpu});
    }
    [[nodiscard]] std::unique_ptr<RunningProgram> start_reference(References& references,
                                                                  const Version& version,
                                                                  const std::optional<unsigned>& cpu) const {
        return start(references, *references.program(attempt_.lesson, version).program, cpu);
    }

    [[nodiscard]] Clock clock() const { return attempt_.version.threaded() ? Clock::wall : Clock::cpu; }

    void fill(RunningProgram& program, const Shape& shape, std::size_t count) const {
        for (std::size_t i = 0; i < count; ++i)
            fill_random(program.image(i, shape.pixels()),
                        derived_seed(seed_, "measure", batch_ * 1'000'000 + i));
    }

    /// The time of one call, from a batch of `count` on fresh images.
    double call(RunningProgram& program, const Shape& shape, std::size_t count, unsigned threads,
                Clock clock) {
        fill(program, shape, count);
        const CallResult result = program.call(shape, count, threads);
        if (result.end != CallResult::End::done) {
            if (&program != submission_.get() && was_killed(result, program)) throw ReferenceKilled{};
            if (&program != submission_.get())
                throw Error(ExitCode::lesson,
                            fmt::format("the reference of {}::{} fails on {}×{} pixels", attempt_.lesson.name,
                                        attempt_.version.name, shape.rows, shape.cols));
            fail(outcome_of(result, program, attempt_, Flavour::timed), shape, threads);
        }
        const double time_s = clock == Clock::cpu ? result.cpu_s.value_or(result.wall_s) : result.wall_s;
        return std::max(time_s, least_s) / static_cast<double>(count);
    }

    /// Calls the submission with the virtual clock, on the images of the baseline's last batch.
    CallResult clocked_call(std::size_t count, unsigned threads) {
        fill(*submission_, shape_, count);
        CallResult result = submission_->clocked_call(shape_, count, threads);
        if (result.end != CallResult::End::done)
            fail(outcome_of(result, *submission_, attempt_, Flavour::timed), shape_, threads);
        compare(*baseline_, shape_, count, threads);
        return result;
    }

    /// Compares every image of the submission's last batch with the same image in another worker.
    void compare(RunningProgram& truth, const Shape& shape, std::size_t count, unsigned threads) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::span<const double> actual = submission_->image(i, shape.pixels());
            const auto wrong = difference(truth.image(i, shape.pixels()), actual);
            if (!wrong) continue;
            Check check;
            check.outcome = Verdict::wrong;
            check.message = fmt::format(
                "the answer in a timed run is wrong, from pixel ({}, {}) on, although the checks passed: "
                "does the function keep something from one call to the next?",
                wrong->first / shape.cols, wrong->first % shape.cols);
            fail(check, shape, threads);
        }
    }

    [[noreturn]] void fail(Check check, const Shape& shape, unsigned threads) const {
        check.at = {.shape = shape, .threads = threads, .seed = seed_};
        const std::string with_threads =
            attempt_.version.threaded() ? fmt::format("{} threads, ", threads) : "";
        check.message =
            fmt::format("timed, {}{}×{}: {}", with_threads, shape.rows, shape.cols, check.message);
        throw Failure{check};
    }

    Alone run_alone(std::size_t count);
    [[nodiscard]] bool is_settled(const Prediction& prediction, std::size_t repetitions) const;

    /// Calls submission and reference back to back, in alternating order, and compares their answers.
    Sample pair(const Shape& shape, const Calls& calls, unsigned threads) {
        ++batch_;
        Sample sample;
        const bool reference_first = batch_ % 2 == 0;
        const auto call_reference = [&] {
            sample.reference_s = call(*reference_, shape, calls.reference, threads, clock());
        };
        if (reference_first) call_reference();
        sample.submission_s = call(*submission_, shape, calls.submission, threads, clock());
        if (!reference_first) call_reference();
        compare(*reference_, shape, std::min(calls.submission, calls.reference), threads);
        return sample;
    }

    /// How many calls make a batch, if one takes `call_s`.
    [[nodiscard]] std::size_t batch_size(const Shape& shape, double call_s) const {
        const double wanted = std::clamp(batch_s / call_s, 1.0, 1e6);
        return std::min(static_cast<std::size_t>(wanted), submission_->capacity(shape.pixels()));
    }

    /// Both get the same number of calls, so that every answer is compared. Against a different version,
    /// which may be thousands of times slower, each gets as many as the clock needs.
    [[nodiscard]] Calls batch_sizes(const Shape& shape, const Sample& call) const {
        if (beside_.name != attempt_.version.name)
            return {batch_size(shape, call.submission_s), batch_size(shape, call.reference_s)};
        const std::size_t count = batch_size(shape, call.slower_s());
        return {count, count};
    }

    /// The expected time of a call on `to`, from that of a call on `from`.
    [[nodiscard]] Sample extrapolated(const Sample& call, const Shape& from, const Shape& to) const {
        const double growth = static_cast<double>(to.pixels()) / static_cast<double>(from.pixels());
        return {call.submission_s * std::pow(growth, std::max(1.0, attempt_.version.exponent)),
                call.reference_s * std::pow(growth, std::max(1.0, beside_.exponent))};
    }

    /// The time of a call, from batches that grow until they are long enough for the clock.
    Sample first_guess(const Shape& shape, unsigned threads) {
        Calls calls;
        for (;;) {
            const Sample call = pair(shape, calls, threads);
            const Calls better = batch_sizes(shape, call);
            if (better.submission <= 2 * calls.submission && better.reference <= 2 * calls.reference)
                return call;
            calls = better;
        }
    }

    const Attempt& attempt_;
    std::uint64_t seed_;
    MeasureProgress progress_;
    const Version& beside_;  // the version in the reference's worker
    Shape shape_;            // for ratio and speed-up
    std::size_t largest_pixels_;
    std::unique_ptr<RunningProgram> submission_;
    std::unique_ptr<RunningProgram> reference_;
    std::unique_ptr<RunningProgram> baseline_;
    unsigned cores_;  // how many the workers can run on
    std::uint64_t batch_ = 0;
};

std::vector<SweepPoint> Bench::sweep() {
    const unsigned threads = attempt_.version.threaded() ? std::max(2U, sandbox::cores()) : 1;
    const double budget_s = attempt_.lesson.sweep_budget_s;
    double spent_s = 0;
    std::vector<SweepPoint> points;
    for (const std::size_t edge : attempt_.lesson.sweep_edges) {
        const Shape shape{edge, edge};
        // The expected time, from the size before, or measured for the first size.
        Sample call;
        if (points.empty()) {
            call = first_guess(shape, threads);
        } else {
            const SweepPoint& last = points.back();
            call = extrapolated({last.time_s, last.reference_s}, last.shape, shape);
        }
        const Calls calls = batch_sizes(shape, call);
        const auto total_s = [&](double submission_s, double reference_s) {
            return submission_s * static_cast<double>(calls.submission) +
                   reference_s * static_cast<double>(calls.reference);
        };
        const double pair_s = total_s(call.submission_s, call.reference_s);
        if (points.size() >= 4 && spent_s + least_repetitions * pair_s > budget_s) break;

        progress_(attempt_, fmt::format("{}×{}", shape.rows, shape.cols));
        const int repetitions = static_cast<int>(std::clamp(
            budget_share * budget_s / pair_s, double{least_repetitions}, double{most_repetitions}));
        const auto samples =
            repeat(fmt::format("{}/{}/{}x{}", attempt_.lesson.name, attempt_.version.name, edge, edge),
                   repetitions, [&] { return pair(shape, calls, threads); });
        const auto times = submission_times(samples);
        const auto reference = reference_times(samples);
        spent_s += total_s(std::accumulate(times.begin(), times.end(), 0.0),
                           std::accumulate(reference.begin(), reference.end(), 0.0));
        points.push_back({.shape = shape,
                          .threads = threads,
                          .cores = cores_,
                          .time_s = median(times),
                          .low_s = *std::ranges::min_element(times),
                          .high_s = *std::ranges::max_element(times),
                          .reference_s = median(reference)});
        const double time_s = points.back().time_s;
        if (points.size() >= enough_sizes && time_s > visible_s &&
            time_s > two_decades * points.front().time_s)
            break;
    }
    return points;
}

/// The submission's exponent. The reference, whose exponent the lesson states, was timed at the same sizes.
/// The error of its fit shows how much caches and the cost of a row bend the curve on this machine, so it
/// widens the interval on either side.
std::optional<ExponentFit> fit_sweep(const std::vector<SweepPoint>& sweep, double reference_exponent) {
    std::vector<TimedSize> submission;
    std::vector<TimedSize> reference;
    for (const SweepPoint& point : sweep) {
        const auto pixels = static_cast<double>(point.shape.pixels());
        submission.push_back({pixels, point.time_s});
        reference.push_back({pixels, point.reference_s});
    }
    std::optional<ExponentFit> fit = fit_exponent(submission);
    if (const auto standard = fit_exponent(reference); fit && standard) {
        const double bend = std::abs(standard->value - reference_exponent);
        fit->low -= bend;
        fit->high += bend;
    }
    return fit;
}

/// Whether the interval leaves open which side of an edge the value is on.
bool straddles(const Interval& interval, const Version& version) {
    const auto between = [&](double edge) { return interval.low < edge && edge < interval.high; };
    return std::ranges::any_of(version.bands, between, &Band::min);
}

bool straddles_max_speedup(const Interval& ratio, const Version& version) {
    return version.max_speedup && ratio.low < *version.max_speedup && *version.max_speedup < ratio.high;
}

void Bench::add_ratio(Measured& measured) {
    const Shape& shape = shape_;
    const bool beside_baseline = beside_.name == attempt_.version.speed.baseline;
    progress_(attempt_, fmt::format("against the reference, {}×{}", shape.rows, shape.cols));
    const Calls calls = batch_sizes(shape, first_guess(shape, 1));
    const std::size_t baseline_count =
        beside_baseline ? calls.reference : batch_size(shape, call(*baseline_, shape, 1, 1, Clock::cpu));
    const auto take_sample = [&]() -> Sample {
        Sample sample = pair(shape, calls, 1);
        if (!beside_baseline) sample.reference_s = call(*baseline_, shape, baseline_count, 1, Clock::cpu);
        return sample;
    };
    std::vector<double> ratios;
    double shortest_s = std::numeric_limits<double>::infinity();
    Interval result;
    do {
        for (const Sample& sample :
             repeat(fmt::format("{}/{}/ratio", attempt_.lesson.name, attempt_.version.name),
                    ratio_repetitions, take_sample)) {
            ratios.push_back(sample.reference_s / sample.submission_s);
            shortest_s = std::min(shortest_s, sample.submission_s);
        }
        result = geometric_mean(ratios);
    } while ((straddles(result, attempt_.version) || straddles_max_speedup(result, attempt_.version)) &&
             ratios.size() < most_ratio_repetitions);
    measured.shape = shape;
    measured.ratio = result;
    measured.pixel_s = shortest_s / static_cast<double>(shape.pixels());
    if (!attempt_.version.max_speedup) measured.first_call = first_call(*measured.pixel_s);
}

/// Times first calls on new sizes, where a version that keeps answers, or makes them before the first call,
/// needs more time. They aren't square, unlike the sizes that anybody can read in the lesson.
FirstCall Bench::first_call(double pixel_s) {
    constexpr std::uint64_t tries = 3;
    std::optional<FirstCall> result;
    for (std::uint64_t i = 0; i < tries; ++i) {
        const auto less = [&](std::size_t extent, std::string_view part) {
            return extent - std::min(extent, 1 + derived_seed(seed_, part, i) % (1 + extent / 4));
        };
        Shape shape{less(shape_.rows, "first rows"), less(shape_.cols, "first columns")};
        if (shape.rows == shape.cols && shape.cols > 0) --shape.cols;
        ++batch_;
        const FirstCall found{shape, call(*submission_, shape, 1, 1, Clock::cpu),
                              pixel_s * static_cast<double>(shape.pixels())};
        if (!result || found.time_s - found.batch_s < result->time_s - result->batch_s) result = found;
    }
    return *result;
}

/// One thread's CPU time per call, and the baseline's. The kernel counts the harness too, which matters for a
/// short call. Claiming more than the kernel counted gains nothing, claiming less costs points.
Bench::Alone Bench::run_alone(std::size_t count) {
    ++batch_;
    Alone alone;
    alone.baseline_s = call(*baseline_, shape_, count, 1, Clock::cpu);
    const CallResult done = clocked_call(count, 1);
    const auto calls = static_cast<double>(count);
    alone.kernel_s = std::max(least_s, done.cpu_s.value_or(done.wall_s) / calls);
    alone.claimed_s = alone.kernel_s;
    if (worker::virtual_clock::available)
        alone.claimed_s =
            std::clamp(1e-9 * static_cast<double>(done.clock.work_ns) / calls, least_s, alone.kernel_s);
    return alone;
}

/// Whether the repetitions give similar results. With a queue they may not, since the scheduler chooses which
/// thread gets which job.
bool agree(const std::vector<Speedup>& speedups) {
    return std::ranges::all_of(speedups, [](const Speedup& speedup) {
        return !speedup.predicted || speedup.predicted->low > alike * speedup.predicted->value;
    });
}

/// Whether no more repetitions are needed. A few will do if they agree, no band's edge is near and nothing is
/// doubtful.
bool Bench::is_settled(const Prediction& prediction, std::size_t repetitions) const {
    if (repetitions < least_speedup_repetitions) return false;
    if (repetitions >= most_ratio_repetitions) return true;
    const bool early = repetitions < speedup_repetitions && prediction.cpu_s < dear_s;
    const auto open = [&](const Interval& interval) {
        return early ? Interval{interval.value, interval.low / far, interval.high * far} : interval;
    };
    return !straddles_max_speedup(open(prediction.ratio), attempt_.version) &&
           !straddles(open(*mean_efficiency(prediction.speedups, 1)), attempt_.version) &&
           !(early && (!agree(prediction.speedups) || !audit(prediction.speedups).empty()));
}

/// Predicts a threaded version's speed-ups, from work and span on one CPU and one thread's CPU time.
Bench::Prediction Bench::predict() {
    const std::size_t edge = attempt_.lesson.sweep_edges.front();
    const Shape small{edge, edge};
    const std::size_t count =
        batch_size(shape_, extrapolated(first_guess(small, 1), small, shape_).slower_s());
    const std::string name = fmt::format("{}/{}", attempt_.lesson.name, attempt_.version.name);
    double best_s = std::numeric_limits<double>::infinity();  // the fastest call on one thread
    std::vector<double> ratios;
    std::map<unsigned, std::vector<ThreadedCall>> calls;
    std::map<unsigned, double> runnable;
    Prediction result;
    result.count = count;
    do {
        progress_(attempt_, fmt::format("work and span, repetition {}", ratios.size() + 1));
        repeat(name + "/alone", 1, [&] {
            const Alone alone = run_alone(count);
            ratios.push_back(alone.baseline_s / alone.kernel_s);
            best_s = std::min({best_s, alone.baseline_s, alone.claimed_s});
            return Sample{alone.kernel_s, alone.baseline_s};
        });
        for (const unsigned threads : attempt_.version.speed.threads) {
            repeat(fmt::format("{}/threads:{}", name, threads), 1, [&] {
                const CallResult done = clocked_call(count, threads);
                result.cpu_s += done.cpu_s.value_or(done.wall_s);
                calls[threads].push_back(per_call(done, count));
                if (done.runnable_threads)
                    runnable[threads] = std::max(runnable[threads], *done.runnable_threads);
                return Sample{calls[threads].back().work_s, best_s};
            });
        }
        if (ratios.size() < least_speedup_repetitions) continue;
        result.speedups.clear();
        for (const auto& [threads, measured] : calls) {
            Speedup& speedup = result.speedups.emplace_back(predicted_speedup(threads, best_s, measured));
            if (runnable.contains(threads)) speedup.runnable = runnable.at(threads);
        }
        result.ratio = geometric_mean(ratios);
        result.one_thread_s = best_s;
    } while (!is_settled(result, ratios.size()));
    return result;
}

/// Adds the speed-ups by wall clock on this machine's cores, relative to one thread's CPU time, which no
/// other program delays.
void Bench::add_wall_clock(Prediction& prediction) {
    ++batch_;
    call(*baseline_, shape_, prediction.count, 1, Clock::wall);  // makes the answers to compare with
    // Once if it is only shown, more often if the grade depends on it.
    const std::size_t repetitions = worker::virtual_clock::available ? 1 : speedup_repetitions;
    for (Speedup& speedup : prediction.speedups) {
        progress_(attempt_, fmt::format("the wall clock, {} threads", speedup.threads));
        std::vector<double> times_s;
        while (times_s.size() < repetitions) {
            times_s.push_back(call(*submission_, shape_, prediction.count, speedup.threads, Clock::wall));
            compare(*baseline_, shape_, prediction.count, speedup.threads);
        }
        const auto [fastest_s, slowest_s] = std::ranges::minmax(times_s);
        const double one_s = prediction.one_thread_s;
        speedup.wall = {one_s / fastest_s, one_s / slowest_s, one_s / fastest_s};
    }
}

/// Runs `body`, which fills in a Measured. After a failure, only that is set. Killing a reference once does
/// not end the grading.
template <class Body>
Measured unless_it_fails(Body&& body) {
    for (const bool again : {false, true}) {
        Measured measured;
        try {
            body(measured);
        } catch (const Failure& failure) {
            measured = {};
            measured.failure = failure.check;
        } catch (const ReferenceKilled&) {
            if (!again) continue;
            throw Error(ExitCode::environment, "the reference is killed again and again",
                        "is the memory short? End other programs, then grade again");
        }
        return measured;
    }
    return {};
}

/// Ratio and speed-up of a threaded version: predicted on one CPU, and by wall clock if `on_all` isn't null.
void measure_threads(Bench& on_one_cpu, Bench* on_all, Measured& measured) {
    Bench::Prediction prediction = on_one_cpu.predict();
    if (on_all != nullptr) on_all->add_wall_clock(prediction);
    measured.shape = on_one_cpu.shape();
    measured.ratio = prediction.ratio;
    measured.speedup = std::move(prediction.speedups);
}

}  // namespace

Measured measure_speedup(const Attempt& attempt, References& references, std::uint64_t seed,
                         const MeasureProgress& progress) {
    return unless_it_fails([&](Measured& measured) {
        const sandbox::OneCpu cpu;
        Bench on_one_cpu(attempt, references, seed, progress, cpu.number());
        Bench on_all(attempt, references, seed, progress);
        measure_threads(on_one_cpu, &on_all, measured);
    });
}

Measured measure(const Attempt& attempt, References& references, std::uint64_t seed, bool one_core,
                 const MeasureProgress& progress) {
    const bool on_one_core = worker::virtual_clock::available && (one_core || sandbox::cores() == 1);
    return unless_it_fails([&](Measured& measured) {
        std::optional<sandbox::OneCpu> cpu;
        if (on_one_core) cpu.emplace();
        Bench bench(attempt, references, seed, progress, cpu ? cpu->number() : std::nullopt);
        if (!attempt.version.threaded()) {
            bench.add_ratio(measured);
        } else if (on_one_core) {
            measure_threads(bench, nullptr, measured);
        } else {
            const sandbox::OneCpu for_prediction;
            Bench on_one_cpu(attempt, references, seed, progress, for_prediction.number());
            measure_threads(on_one_cpu, &bench, measured);
        }
        measured.sweep = bench.sweep();
        measured.exponent =
            fit_sweep(measured.sweep, references.measured_beside(attempt.lesson, attempt.version).exponent);
    });
}

}  // namespace grader
