#pragma once

#include <vector>

namespace grader {

struct Interval {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// The middle value; of an even number the mean of the two. At least one value.
double median(std::vector<double> values);

/// The 97.5 % quantile of Student's t for at least 1 degree of freedom.
double student_t(double degrees);

/// Geometric mean with its 95 % interval (Student's t on the logarithms). At least two values, all > 0.
Interval geometric_mean(const std::vector<double>& values);

}  // namespace grader
