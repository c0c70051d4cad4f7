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

Interval median_interval(std::vector<double> values) {
    const double middle = median(values);
    std::ranges::sort(values);
    constexpr double most_beyond = 0.07;  // probability that the median isn't between the two values
    const auto count = static_cast<double>(values.size());
    std::size_t from = 0;
    double term = std::pow(0.5, count);  // binomial coefficient of `from` over 2^count
    for (double below = term; 2 * from + 2 < values.size(); ++from) {
        term *= (count - static_cast<double>(from)) / static_cast<double>(from + 1);
        below += term;
        if (2 * below > most_beyond) break;
    }
    return {.value = middle, .low = values[from], .high = values[values.size() - 1 - from]};
}

}  // namespace grader
