#pragma once

#include <vector>

namespace grader {

struct Interval {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// The middle value, or the mean of the two middle ones. Throws std::invalid_argument if there is no value.
double median(std::vector<double> values);

/// The 97.5 % quantile of Student's t. `degrees` ≥ 1.
double student_t(double degrees);

/// Geometric mean with its 95 % interval (Student's t on the logarithms). All values must be > 0. Throws
/// std::invalid_argument for fewer than two.
Interval geometric_mean(const std::vector<double>& values);

}  // namespace grader
