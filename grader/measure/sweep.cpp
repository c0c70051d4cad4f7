#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>

#include "measure/bench.hpp"
#include "measure/statistics.hpp"
#include "sandbox/machine.hpp"

namespace grader {

namespace {

constexpr int most_repetitions = 5;  // for each size
constexpr int least_repetitions = 2;
constexpr double budget_share = 0.15;  // one size's share of the budget
constexpr double two_decades = 100;
constexpr double visible_s = 10e-3;  // a sweep doesn't stop below this, where times are mostly fixed costs
constexpr std::size_t enough_sizes = 6;  // for an exponent with an interval

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

}  // namespace

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

}  // namespace grader
