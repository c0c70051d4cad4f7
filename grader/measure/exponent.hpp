#pragma once

/// The measured complexity: time = fixed + scale · pixels^exponent.

#include <cstddef>
#include <optional>
#include <vector>

namespace grader {

/// With fewer different sizes there is no fit: three parameters fit anything then.
inline constexpr std::size_t least_sizes = 4;

struct TimedSize {
    double pixels = 0;  // > 0
    double time_s = 0;  // > 0
};

struct ExponentFit {
    double value = 0;
    double low = 0;  // 95 % interval from the scatter between sizes; a badly fitting model widens it
    double high = 0;
    double fixed_s = 0;  // ≥ 0
    double scale_s = 0;
};

/// A robust fit by relative error (Tukey's biweight; a few outliers don't matter). The interval comes from
/// profiling the residual sum of squares (Bates, Watts: Nonlinear Regression Analysis, 1988, chapter 6).
/// Empty with fewer than `least_sizes` different sizes.
std::optional<ExponentFit> fit_exponent(const std::vector<TimedSize>& sizes);

}  // namespace grader
