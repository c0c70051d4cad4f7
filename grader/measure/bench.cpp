#include "measure/bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "base/image_data.hpp"
#include "base/text.hpp"
#include "check/outcome.hpp"
#include "measure/scaling.hpp"
#include "sandbox/machine.hpp"

namespace grader {

namespace {

constexpr double batch_s = 10e-3;  // long enough for the clock, and to outweigh a round trip

}  // namespace

Bench::Bench(const Attempt& attempt, References& references, std::uint64_t seed, MeasureProgress progress,
             std::optional<unsigned> cpu)
    : attempt_(attempt),
      launcher_(references.launcher()),
      cpu_(cpu),
      seed_(seed),
      progress_(std::move(progress)),
      beside_(references.measured_beside(attempt.lesson, attempt.version)),
      shape_(timed_shape(attempt.version, seed)),
      largest_pixels_(
          std::max(attempt.lesson.sweep_edges.back() * attempt.lesson.sweep_edges.back(), shape_.pixels())),
      submission_(start(*attempt.built(Flavour::timed).program)),
      reference_program_(*references.program(attempt.lesson, attempt.version).program),
      reference_(start(reference_program_)),
      baseline_(start_reference(references, attempt.lesson.version(attempt.version.speed.baseline))),
      quick_(start_quick(references)),
      cores_(cpu ? 1 : sandbox::cores()) {}

std::unique_ptr<RunningProgram> Bench::start(const std::filesystem::path& program) const {
    return launcher_.start(
        {.program = program, .limits = attempt_.lesson.limits, .arena_pixels = largest_pixels_, .cpu = cpu_});
}

std::unique_ptr<RunningProgram> Bench::start_reference(References& references, const Version& version) const {
    return start(*references.program(attempt_.lesson, version).program);
}

/// Only a threaded version is called so often on images of one size.
std::unique_ptr<RunningProgram> Bench::start_quick(References& references) const {
    if (!attempt_.version.threaded() || references.recorded()) return nullptr;
    for (const Version& version : attempt_.lesson.versions)
        if (version.changes_images() && !version.threaded() && !version.max_speedup)
            return start_reference(references, version);
    return nullptr;
}

RunningProgram& Bench::fresh_answers(std::size_t count) {
    if (!quick_) return *baseline_;
    ++batch_;
    call(*quick_, shape_, count, 1, Clock::cpu);
    return *quick_;
}

void Bench::fill(RunningProgram& program, const Shape& shape, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i)
        fill_random(program.image(i, shape.pixels()), derived_seed(seed_, "measure", batch_ * 1'000'000 + i));
}

double Bench::call(RunningProgram& program, const Shape& shape, std::size_t count, unsigned threads,
                   Clock clock) {
    fill(program, shape, count);
    const CallResult result = program.call(shape, count, threads);
    if (result.end != CallResult::End::done) {
        const bool is_submission = &program == submission_.get();
        if (!is_submission && was_killed(result, program)) throw ReferenceKilled{};
        if (!is_submission)
            throw Error(ExitCode::lesson,
                        fmt::format("the reference of {}::{} fails on {}×{} pixels", attempt_.lesson.name,
                                    attempt_.version.name, shape.rows, shape.cols));
        fail(outcome_of(result, program, attempt_, Flavour::timed), shape, threads);
    }
    life_cpu_s_ = result.life_cpu_s.value_or(0);
    if (&program == submission_.get()) wall_of_submission_s_ = result.wall_s / static_cast<double>(count);
    const double time_s = clock == Clock::cpu ? result.cpu_s.value_or(result.wall_s) : result.wall_s;
    return std::max(time_s, least_s) / static_cast<double>(count);
}

CallResult Bench::clocked_call(std::size_t count, unsigned threads) {
    RunningProgram& truth = fresh_answers(count);
    fill(*submission_, shape_, count);
    CallResult result = submission_->clocked_call(shape_, count, threads);
    if (result.end != CallResult::End::done)
        fail(outcome_of(result, *submission_, attempt_, Flavour::timed), shape_, threads);
    compare(truth, shape_, count, threads);
    return result;
}

void Bench::compare(RunningProgram& truth, const Shape& shape, std::size_t count, unsigned threads) {
    for (std::size_t i = 0; i < count; ++i) {
        const std::span<const double> actual = submission_->image(i, shape.pixels());
        const auto wrong = difference(truth.image(i, shape.pixels()), actual);
        if (!wrong) continue;
        Check check;
        check.outcome = Verdict::wrong;
        check.message = fmt::format(
            "the answer in a timed run is wrong, from pixel ({}, {}) on, although the checks passed. {}",
            wrong->first / shape.cols, wrong->first % shape.cols, what_is_wrong(shape, threads));
        fail(check, shape, threads);
    }
}

bool Bench::is_wrong_at_first(const Shape& shape, unsigned threads) {
    ++batch_;
    call(*reference_, shape, 1, threads, clock());
    const auto program = start(*attempt_.built(Flavour::timed).program);
    fill(*program, shape, 1);
    if (program->call(shape, 1, threads).end != CallResult::End::done) return true;
    return difference(reference_->image(0, shape.pixels()), program->image(0, shape.pixels())).has_value();
}

std::string Bench::what_is_wrong(const Shape& shape, unsigned threads) {
    if (!is_wrong_at_first(shape, threads))
        return "In a new program the same call is right: does the function keep something from one call to "
               "the next?";
    std::size_t right = 0;
    std::size_t wrong = shape.rows;
    while (wrong - right > 1) {
        const std::size_t middle = right + (wrong - right) / 2;
        (is_wrong_at_first({middle, shape.cols}, threads) ? wrong : right) = middle;
    }
    if (wrong == 1)
        return fmt::format("It is wrong in every image of {}: what overflows, rounds or ends there?",
                           count_of(shape.cols, "column"));
    return fmt::format("With {}, it is wrong from {} on: what overflows, rounds or ends there?",
                       count_of(shape.cols, "column"), count_of(wrong, "row"));
}

void Bench::fail(Check check, const Shape& shape, unsigned threads) const {
    check.at = {.shape = shape, .threads = threads, .seed = seed_};
    const std::string with_threads = attempt_.version.threaded() ? fmt::format("{} threads, ", threads) : "";
    check.message = fmt::format("timed, {}{}×{}: {}", with_threads, shape.rows, shape.cols, check.message);
    throw Failure{check};
}

Sample Bench::pair(const Shape& shape, const Calls& calls, unsigned threads) {
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

std::size_t calls_in_batch(const RunningProgram& program, const Shape& shape, double call_s) {
    const double wanted = std::clamp(batch_s / call_s, 1.0, 1e6);
    return std::min(static_cast<std::size_t>(wanted), program.capacity(shape.pixels()));
}

std::size_t Bench::most_calls() const {
    constexpr double most_wall_s = 0.25;  // a call may sleep
    return static_cast<std::size_t>(std::max(1.0, most_wall_s / std::max(least_s, wall_of_submission_s_)));
}

Calls Bench::batch_sizes(const Shape& shape, const Sample& call) const {
    const auto of_submission = [&](double call_s) {
        return std::min(calls_in_batch(*submission_, shape, call_s), most_calls());
    };
    if (beside_.name != attempt_.version.name)
        return {of_submission(call.submission_s), calls_in_batch(*submission_, shape, call.reference_s)};
    const std::size_t count = of_submission(call.slower_s());
    return {count, count};
}

Sample Bench::extrapolated(const Sample& call, const Shape& from, const Shape& to) const {
    const double growth = static_cast<double>(to.pixels()) / static_cast<double>(from.pixels());
    return {call.submission_s * std::pow(growth, std::max(1.0, attempt_.version.exponent)),
            call.reference_s * std::pow(growth, std::max(1.0, beside_.exponent))};
}

Sample Bench::first_guess(const Shape& shape, unsigned threads) {
    Calls calls;
    for (;;) {
        const Sample call = pair(shape, calls, threads);
        const Calls better = batch_sizes(shape, call);
        if (better.submission <= 2 * calls.submission && better.reference <= 2 * calls.reference) return call;
        calls = better;
    }
}

bool straddles(const Interval& interval, const Version& version) {
    const auto between = [&](double edge) { return interval.low < edge && edge < interval.high; };
    return std::ranges::any_of(version.bands, between, &Band::min);
}

bool straddles_max_speedup(const Interval& ratio, const Version& version) {
    return version.max_speedup && ratio.low < *version.max_speedup && *version.max_speedup < ratio.high;
}

}  // namespace grader
