#include "measure/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace grader {

double median(std::vector<double> values) {
    if (values.empty()) throw std::invalid_argument("nothing has no median");
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double student_t(double degrees) {
    constexpr std::array<double, 11> small = {12.706, 12.706, 4.303, 3.182, 2.776, 2.571,
                                              2.447,  2.365,  2.306, 2.262, 2.228};
    if (degrees <= 10) return small.at(static_cast<std::size_t>(std::max(degrees, 1.0)));
    return 1.96 + 2.5 / degrees;  // within 0.01
}

Interval geometric_mean(const std::vector<double>& values) {
    if (values.size() < 2) throw std::invalid_argument("one value has no interval");
    const auto count = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values) mean += std::log(value) / count;
    double squares = 0;
    for (const double value : values) squares += (std::log(value) - mean) * (std::log(value) - mean);
    const double half = student_t(count - 1) * std::sqrt(squares / (count - 1) / count);
    return {.value = std::exp(mean), .low = std::exp(mean - half), .high = std::exp(mean + half)};
}

}  // namespace grader
