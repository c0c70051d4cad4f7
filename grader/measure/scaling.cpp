#include "measure/scaling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "measure/statistics.hpp"

namespace grader {

namespace {

// Runnable threads are counted once a ms, and the kernel gives turns of 4 ms on a processor. If the threads
// wait for each other in phases that are shorter than that, they run through each phase one after the other,
// and then wait: of n threads, (n + 1) / 2 are runnable on average. Threads that need few turns are partly
// done before the last one is started, the more so where starting one is slow. With fewer than two turns,
// counting threads shows nothing.
constexpr double runnable_tolerance = 1.15;
constexpr double few_turns_s = 15e-3;
constexpr double few_turns_runnable_tolerance = 2;
constexpr double audited_share_s = 8e-3;

double tolerated_over_runnable(double share_s, double threads) {
    const double in_phases = runnable_tolerance * 2 * threads / (threads + 1);
    return share_s < few_turns_s ? std::max(few_turns_runnable_tolerance, in_phases) : in_phases;
}
// A call of so much work is looked at more than ten times, however busy the machine is.
constexpr double countable_s = 50e-3;
constexpr double crowded_tolerance = 0.5;  // threads that end overlap with those that begin
// CPU time differs a little from run to run.
constexpr double inflation_tolerance = 1.3;
constexpr double span_tolerance = 0.9;
// What the kernel does to start, wake and end threads is work on no clock. A pool of sixteen idle threads
// that are all woken for two threads' work costs each of the two that much.
constexpr double unclocked_share_s = 0.1e-3;

constexpr double one_at_a_time = 1.2;  // mean number of runnable threads
constexpr double nearly_all = 0.8;
constexpr double good_efficiency = 0.9;
constexpr double same_runnable = 1.5;
constexpr double uneven_tolerance = 1.2;  // CPU time of even shares differs, too

Interval divided(const Interval& speedup, double ideal) {
    return {speedup.value / ideal, speedup.low / ideal, speedup.high / ideal};
}

/// Empty if none was predicted and the wall clock can't show it on this number of cores.
std::optional<Interval> efficiency(const Speedup& speedup, unsigned cores) {
    if (speedup.predicted) return divided(*speedup.predicted, speedup.threads);
    if (!speedup.wall || speedup.threads > std::max(2U, cores)) return std::nullopt;
    return divided(*speedup.wall, std::min(speedup.threads, cores));
}

/// The first reason that fits, from the most specific to the vaguest.
Limit reason(const Speedup& speedup) {
    const ThreadedCall& call = speedup.best;
    const double share_s = call.work_s / speedup.threads;
    const double lost_s = call.span_s - share_s;
    const double busiest_s = std::max(call.longest_s, call.caller_s);
    if (call.threads_started == 0) return {"no other thread was started"};
    if (call.most_held_s > nearly_all * call.span_s)
        return {
            fmt::format("a lock: one mutex was held for {} of the call's {}, and only one thread can have it",
                        duration(call.most_held_s), duration(call.span_s)),
            Symptom::mutex_held_throughout};
    if (speedup.runnable && *speedup.runnable < one_at_a_time && busiest_s < nearly_all * call.span_s)
        return {
            "the threads run one after the other, never two at once. Is a join(), or the std::jthread "
            "itself, inside the loop that starts them?",
            Symptom::never_two_at_once};
    if (call.threads_started + 1 < speedup.threads)
        return {fmt::format("only {} of {} threads were started", call.threads_started, speedup.threads)};
    if (speedup.inflation > inflation_tolerance)
        return {
            fmt::format("extra work: all threads together need {:.1f}× the CPU time of one thread alone "
                        "(spinning, locks, or more threads than there is work for)",
                        speedup.inflation)};
    if (call.starting_s > lost_s / 2)
        return {fmt::format("starting threads: {} for {}, one after the other, in a call of {}",
                            duration(call.starting_s), count_of(call.threads_started, "thread"),
                            duration(call.span_s))};
    if (call.caller_s > call.longest_s && call.caller_s - call.starting_s > lost_s / 2)
        return {
            fmt::format("a serial part: the thread that calls the others does {:.0f} % of the work by itself",
                        100 * (call.caller_s - call.starting_s) / call.work_s)};
    if (busiest_s > nearly_all * call.span_s)
        return {fmt::format("uneven shares: the busiest thread works for {}, {:.1f}× an even share of {}",
                            duration(busiest_s), busiest_s / share_s, duration(share_s)),
                call.longest_s > nearly_all * call.work_s ? std::optional(Symptom::one_thread_has_all)
                : busiest_s > uneven_tolerance * share_s  ? std::optional(Symptom::uneven_shares)
                                                          : std::nullopt};
    return {
        fmt::format("waiting: no thread works for more than {} of the call's {}, so they wait for each other",
                    duration(busiest_s), duration(call.span_s)),
        call.span_s > nearly_all * call.work_s ? std::optional(Symptom::threads_take_turns) : std::nullopt};
}

/// Whether the same number of threads is started and works for every number of threads asked for. Some only
/// start the same number: one for each row, say, of which so many work at a time as they were told.
bool ignores_threads(const std::vector<Speedup>& speedups) {
    const std::uint64_t started = speedups.front().best.threads_started;
    if (speedups.size() < 2 || started == 0) return false;
    if (!std::ranges::all_of(speedups, [&](const Speedup& speedup) {
            return speedup.runnable && speedup.best.threads_started == started;
        }))
        return false;
    const auto [least, most] = std::ranges::minmax(speedups, {}, &Speedup::runnable);
    return *most.runnable < same_runnable * *least.runnable;
}

}  // namespace

ThreadedCall per_call(const CallResult& result, std::size_t count) {
    const auto share = static_cast<double>(count);
    const auto seconds = [&](std::uint64_t ns) { return 1e-9 * static_cast<double>(ns) / share; };
    return {.work_s = std::max(least_s, result.cpu_s.value_or(0) / share),
            .span_s = std::max(least_s, seconds(result.clock.span_ns)),
            .most_held_s = seconds(result.clock.most_held_ns),
            .starting_s = seconds(result.clock.starting_ns),
            .caller_s = seconds(result.clock.caller_ns),
            .longest_s = seconds(result.clock.longest_ns) * share,
            .threads_started = result.clock.threads};
}

Speedup predicted_speedup(unsigned threads, double baseline_s, double own_s,
                          const std::vector<ThreadedCall>& calls) {
    std::vector<double> spans;
    for (const ThreadedCall& call : calls) spans.push_back(call.span_s);
    const auto speedup = [&](double span_s) { return std::min<double>(threads, baseline_s / span_s); };
    Speedup result;
    result.threads = threads;
    result.best = *std::ranges::min_element(calls, {}, &ThreadedCall::span_s);
    // The least work counts: other programs' effect on the caches, and wake-ups, only add to it.
    result.inflation = std::ranges::min(calls, {}, &ThreadedCall::work_s).work_s / own_s;
    const double best = speedup(result.best.span_s);
    if (worker::virtual_clock::available) result.predicted = Interval{best, speedup(median(spans)), best};
    return result;
}

std::optional<Interval> mean_efficiency_with_cache_lines(const std::vector<Speedup>& speedups) {
    std::vector<Speedup> moving = speedups;
    for (Speedup& speedup : moving) {
        if (!speedup.predicted || !speedup.with_lines_moving) return std::nullopt;
        const double share = *speedup.with_lines_moving / speedup.predicted->value;
        for (double* end : {&speedup.predicted->value, &speedup.predicted->low, &speedup.predicted->high})
            *end *= share;
    }
    return mean_efficiency(moving, 1);
}

std::optional<Interval> mean_efficiency(const std::vector<Speedup>& speedups, unsigned cores) {
    Interval product{1, 1, 1};
    double count = 0;
    for (const Speedup& speedup : speedups) {
        const auto each = efficiency(speedup, cores);
        if (!each) continue;
        product = {product.value * each->value, product.low * each->low, product.high * each->high};
        ++count;
    }
    if (count == 0) return std::nullopt;
    const auto root = [&](double value) { return std::pow(value, 1 / count); };
    return Interval{root(product.value), root(product.low), root(product.high)};
}

Limit limit_of(const std::vector<Speedup>& speedups) {
    if (speedups.empty() || !speedups.back().predicted) return {};
    const Speedup& most = speedups.back();
    const double reached_share = most.predicted->value / most.threads;
    const std::string reached = fmt::format("With {} threads it reaches {:.0f} % of the ideal speed-up",
                                            most.threads, 100 * reached_share);
    Limit limit;
    if (reached_share > good_efficiency) {
        limit.sentence = reached + ": nothing much limits it.";
    } else {
        limit = reason(most);
        limit.sentence = fmt::format("{}. What limits it: {}{}", reached, limit.sentence,
                                     limit.sentence.ends_with('?') ? "" : ".");
    }
    if (ignores_threads(speedups)) limit.symptom = Symptom::same_number_of_threads;
    return limit;
}

std::vector<Doubt> audit(const std::vector<Speedup>& speedups) {
    std::vector<Doubt> doubts;
    const auto doubt = [&](const std::string& flag, const std::string& why) {
        if (std::ranges::find(doubts, flag, &Doubt::flag) == doubts.end()) doubts.push_back({flag, why});
    };
    for (const Speedup& speedup : speedups) {
        if (!speedup.predicted) continue;
        const ThreadedCall& call = speedup.best;
        const double share_s = call.work_s / speedup.threads;
        const bool is_long = share_s >= audited_share_s;
        const double tolerated = tolerated_over_runnable(share_s, speedup.threads);
        if (is_long && speedup.runnable && speedup.predicted->value > tolerated * *speedup.runnable)
            doubt(flags::speedup_above_runnable,
                  fmt::format("With {} threads its clock says {:.1f}×, but on average only {:.1f} threads "
                              "could run.",
                              speedup.threads, speedup.predicted->value, *speedup.runnable));
        if (!speedup.runnable && call.work_s > countable_s)
            doubt(flags::speedup_above_runnable,
                  fmt::format(
                      "With {} threads its clock says {:.1f}×, but the threads that could run could not "
                      "be counted.",
                      speedup.threads, speedup.predicted->value));
        if (call.span_s < span_tolerance * share_s - unclocked_share_s)
            doubt(flags::span_below_share,
                  fmt::format("With {} threads its clock says {}, but they used {} of CPU time together.",
                              speedup.threads, duration(call.span_s), duration(call.work_s)));
        if (speedup.crowded_share > crowded_tolerance)
            doubt(flags::span_below_share,
                  fmt::format("{} threads were asked for, and for {:.0f} % of the time two more than that "
                              "could run, or more.",
                              speedup.threads, 100 * speedup.crowded_share));
        if (is_long && speedup.inflation > inflation_tolerance)
            doubt(flags::work_inflated,
                  fmt::format("With {} threads it needs {:.1f}× the CPU time that one thread needs.",
                              speedup.threads, speedup.inflation));
    }
    return doubts;
}

}  // namespace grader
