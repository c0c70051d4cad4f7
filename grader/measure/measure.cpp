#include "measure/measure.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "measure/bench.hpp"
#include "measure/exponent.hpp"
#include "sandbox/machine.hpp"
#include "sandbox/one_cpu.hpp"

namespace grader {

namespace {

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
    measured.one_thread = prediction.one_thread;
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
