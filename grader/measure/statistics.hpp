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

/// The median with an interval between two of the values, which holds the median of all that could have been
/// drawn in at least 93 of 100 cases, from five values on (binomial). A few extreme values don't widen it
/// once there are more. Throws std::invalid_argument if there is no value.
Interval median_interval(std::vector<double> values);

}  // namespace grader
