#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/image_data.hpp"
#include "measure/bench.hpp"
#include "measure/statistics.hpp"

namespace grader {

void Bench::add_ratio(Measured& measured) {
    const Shape& shape = shape_;
    const bool beside_baseline = beside_.name == attempt_.version.speed.baseline;
    progress_(attempt_, fmt::format("against the reference, {}×{}", shape.rows, shape.cols));
    const Calls calls = batch_sizes(shape, first_guess(shape, 1));
    const std::size_t baseline_count =
        beside_baseline ? calls.reference
                        : calls_in_batch(*submission_, shape, call(*baseline_, shape, 1, 1, Clock::cpu));
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
        result = median_interval(ratios);
    } while ((straddles(result, attempt_.version) || straddles_max_speedup(result, attempt_.version)) &&
             ratios.size() < most_ratio_repetitions);
    measured.shape = shape;
    measured.ratio = result;
    measured.pixel_s = shortest_s / static_cast<double>(shape.pixels());
    if (!attempt_.version.max_speedup) measured.first_call = first_call(*measured.pixel_s);
}

/// Times first calls, each of a new program on a new size, where a version that keeps answers needs more
/// time. One that makes them before its first call has used more time by then than the reference has. The
/// sizes aren't square, unlike those that anybody can read in the lesson.
FirstCall Bench::first_call(double pixel_s) {
    constexpr std::uint64_t tries = 3;
    std::optional<FirstCall> result;
    std::set<std::pair<std::size_t, std::size_t>> seen;
    for (std::uint64_t i = 0; i < tries; ++i) {
        const auto less = [&](std::size_t extent, std::string_view part) {
            return extent - std::min(extent, 1 + derived_seed(seed_, part, i) % (1 + extent / 4));
        };
        Shape shape{less(shape_.rows, "first rows"), less(shape_.cols, "first columns")};
        if (shape.rows == shape.cols && shape.cols > 0) --shape.cols;
        while (!seen.insert({shape.rows, shape.cols}).second && shape.cols > 0) --shape.cols;
        ++batch_;
        submission_ = start(*attempt_.built(Flavour::timed).program);
        FirstCall found{shape, call(*submission_, shape, 1, 1, Clock::cpu),
                        pixel_s * static_cast<double>(shape.pixels())};
        const double life_s = life_cpu_s_;
        const auto truth = start(reference_program_);
        const double call_of_truth_s = call(*truth, shape, 1, 1, Clock::cpu);
        compare(*truth, shape, 1, 1);
        constexpr double start_noise_s = 5e-3;
        const double before_s = life_s - found.time_s - (life_cpu_s_ - call_of_truth_s) - start_noise_s;
        found.time_s += std::max(0.0, before_s);
        if (!result || found.time_s - found.batch_s < result->time_s - result->batch_s) result = found;
    }
    return *result;
}

}  // namespace grader
