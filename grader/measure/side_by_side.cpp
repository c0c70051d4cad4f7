#include "measure/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/image_data.hpp"

namespace grader {

namespace {

constexpr double near_ideal = 0.9;  // of the ideal speed-up: one call is enough

/// The shorter span and the smaller work of two runs.
std::optional<TimedRun> shorter_run(const std::optional<TimedRun>& first,
                                    const std::optional<TimedRun>& second) {
    if (!first || !second) return std::nullopt;
    return TimedRun{std::min(first->span_s, second->span_s), std::min(first->work_s, second->work_s)};
}

}  // namespace

SideBySide::SideBySide(const Attempt& attempt, References& references, std::filesystem::path program,
                       std::uint64_t seed)
    : attempt_(attempt), references_(references), executable_(std::move(program)), seed_(seed) {}

std::optional<CallResult> SideBySide::call(const Shape& shape, unsigned threads, Plan plan) {
    if (!program_)
        program_ = references_.launcher().start({.program = executable_,
                                                 .flavour = Flavour::schedules,
                                                 .limits = sanitized(attempt_.lesson.limits),
                                                 .arena_pixels = 2 * attempt_.version.speed.shape.pixels(),
                                                 .cpu = cpu_.number()});
    fill_random(program_->image(0, shape.pixels()), derived_seed(seed_, "side by side", threads));
    plan.is_side_by_side = true;
    CallResult result = program_->scheduled_call(shape, 1, threads, plan);
    if (!leaves_alive(result.end)) program_.reset();
    if (result.end != CallResult::End::done) return std::nullopt;
    return result;
}

void predict_again(const Attempt& attempt, References& references, std::uint64_t seed,
                   const MeasureProgress& progress, Measured& measured) {
    if (measured.failure || measured.speedup.empty() || !measured.one_thread) return;
    if (!attempt.checked.orders_by_atomics) return;
    progress(attempt, "side by side, 1 thread");
    const double fastest_s = measured.one_thread->fastest_s;
    const double own_s = measured.one_thread->own_s;
    SideBySide program(attempt, references, *attempt.built(Flavour::schedules).program, seed);
    const auto run = [&](unsigned threads, double cost_of_start) {
        Plan plan;
        plan.is_timed = true;
        plan.cost_of_start = cost_of_start;
        const auto result = program.call(measured.shape, threads, plan);
        return result ? result->schedule.timed : std::nullopt;
    };
    const auto alone = shorter_run(run(1, 1), run(1, 1));
    if (!alone) return;
    const double slower =
        alone->work_s / own_s;  // than the timed code, while starting a thread takes as long
    std::vector<Speedup> again = measured.speedup;
    for (Speedup& speedup : again) {
        progress(attempt, fmt::format("side by side, {} threads", speedup.threads));
        const auto value = [&](const TimedRun& timed) {
            return std::min<double>(speedup.threads, fastest_s * slower / timed.span_s);
        };
        const auto first = run(speedup.threads, slower);
        if (!first) return;
        const bool is_enough = value(*first) > near_ideal * speedup.threads;
        const auto best = is_enough ? first : shorter_run(first, run(speedup.threads, slower));
        if (!best) return;
        speedup.predicted = Interval{value(*best), value(*first), value(*best)};
        speedup.inflation = best->work_s / alone->work_s;
        speedup.best.span_s = best->span_s / slower;
        speedup.best.work_s = own_s * speedup.inflation;
        // What the clock says of single threads includes their polls.
        speedup.best.longest_s = speedup.best.work_s / speedup.threads;
        speedup.best.caller_s = speedup.best.starting_s;
    }
    measured.speedup = std::move(again);
}

}  // namespace grader
