#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <vector>

#include "measure/bench.hpp"
#include "measure/scaling.hpp"
#include "measure/statistics.hpp"

namespace grader {

namespace {

constexpr std::size_t least_speedup_repetitions = 2;  // if the result is far from any threshold
constexpr std::size_t speedup_repetitions = 5;
constexpr double far = 1.2;
constexpr double alike = 0.95;
constexpr double dear_s = 8;  // CPU time after which only a result on an edge is measured again

/// Whether the repetitions give similar results. With a queue they may not, since the scheduler chooses which
/// thread gets which job.
bool agree(const std::vector<Speedup>& speedups) {
    return std::ranges::all_of(speedups, [](const Speedup& speedup) {
        return !speedup.predicted || speedup.predicted->low > alike * speedup.predicted->value;
    });
}

}  // namespace

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
    const Sample guess = extrapolated(first_guess(small, 1), small, shape_);
    const std::size_t count = std::min(calls_in_batch(*submission_, shape_, guess.slower_s()), most_calls());
    const std::string name = fmt::format("{}/{}", attempt_.lesson.name, attempt_.version.name);
    double best_s = std::numeric_limits<double>::infinity();  // the fastest call on one thread
    double own_s = std::numeric_limits<double>::infinity();   // the submission's fastest one
    std::vector<double> ratios;
    std::map<unsigned, std::vector<ThreadedCall>> calls;
    std::map<unsigned, double> runnable;
    std::map<unsigned, double> crowded_share;
    Prediction result;
    result.count = count;
    do {
        progress_(attempt_, fmt::format("work and span, repetition {}", ratios.size() + 1));
        repeat(name + "/alone", 1, [&] {
            const Alone alone = run_alone(count);
            ratios.push_back(alone.baseline_s / alone.kernel_s);
            best_s = std::min({best_s, alone.baseline_s, alone.claimed_s});
            own_s = std::min(own_s, alone.kernel_s);
            return Sample{alone.kernel_s, alone.baseline_s};
        });
        for (const unsigned threads : attempt_.version.speed.threads) {
            repeat(fmt::format("{}/threads:{}", name, threads), 1, [&] {
                const CallResult done = clocked_call(count, threads);
                result.cpu_s += done.cpu_s.value_or(done.wall_s);
                calls[threads].push_back(per_call(done, count));
                best_s = std::min(best_s, calls[threads].back().work_s);  // it may be slow on one thread only
                if (done.runnable_threads)
                    runnable[threads] = std::max(runnable[threads], *done.runnable_threads);
                const auto crowded = crowded_share.try_emplace(threads, done.crowded_share).first;
                crowded->second = std::min(crowded->second, done.crowded_share);
                return Sample{calls[threads].back().work_s, best_s};
            });
        }
        if (ratios.size() < least_speedup_repetitions) continue;
        result.speedups.clear();
        for (const auto& [threads, measured] : calls) {
            Speedup& speedup =
                result.speedups.emplace_back(predicted_speedup(threads, best_s, own_s, measured));
            if (runnable.contains(threads)) speedup.runnable = runnable.at(threads);
            speedup.crowded_share = crowded_share.at(threads);
        }
        result.ratio = median_interval(ratios);
        result.one_thread = {best_s, own_s};
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
            RunningProgram& truth = fresh_answers(prediction.count);
            times_s.push_back(call(*submission_, shape_, prediction.count, speedup.threads, Clock::wall));
            compare(truth, shape_, prediction.count, speedup.threads);
        }
        const auto [fastest_s, slowest_s] = std::ranges::minmax(times_s);
        const double one_s = prediction.one_thread.fastest_s;
        speedup.wall = {one_s / fastest_s, one_s / slowest_s, one_s / fastest_s};
    }
}

}  // namespace grader
