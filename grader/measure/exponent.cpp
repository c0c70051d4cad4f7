#include "measure/exponent.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

#include "measure/statistics.hpp"

namespace grader {

namespace {

constexpr double lowest_exponent = 0.0;
constexpr double highest_exponent = 6.0;
constexpr int parameters = 3;  // fixed, scale, exponent

struct Point {
    double log_pixels;  // relative to the middle size, so that powers stay in range
    double time_s;
    double weight = 1;
};

struct Line {
    double fixed = 0;  // in seconds, both ≥ 0: time = fixed + scale · power
    double scale = 0;
    double squares = std::numeric_limits<double>::infinity();  // weighted sum of squared relative residuals
};

double relative_residual(const Point& point, const Line& line, double power) {
    return (line.fixed + line.scale * power) / point.time_s - 1;
}

double squares_of(const std::vector<Point>& points, const Line& line, double exponent) {
    double sum = 0;
    for (const Point& point : points) {
        const double r = relative_residual(point, line, std::exp(exponent * point.log_pixels));
        sum += point.weight * r * r;
    }
    return sum;
}

/// The best fixed and scale for this exponent: linear least squares in relative error, with fixed, scale ≥ 0.
Line best_line(const std::vector<Point>& points, double exponent) {
    double a11 = 0, a12 = 0, a22 = 0, b1 = 0, b2 = 0;
    for (const Point& point : points) {
        const double one = 1 / point.time_s;
        const double power = std::exp(exponent * point.log_pixels) / point.time_s;
        a11 += point.weight * one * one;
        a12 += point.weight * one * power;
        a22 += point.weight * power * power;
        b1 += point.weight * one;
        b2 += point.weight * power;
    }
    const double determinant = a11 * a22 - a12 * a12;
    Line line;
    if (determinant > 1e-12 * a11 * a22) {
        line.fixed = (b1 * a22 - b2 * a12) / determinant;
        line.scale = (a11 * b2 - a12 * b1) / determinant;
    }
    if (determinant <= 1e-12 * a11 * a22 || line.fixed < 0) line = {.fixed = 0, .scale = b2 / a22};
    if (line.scale < 0) line = {.fixed = b1 / a11, .scale = 0};
    line.squares = squares_of(points, line, exponent);
    return line;
}

/// The exponent with the least squares, by a grid search that passes over local minima, then golden section.
double best_exponent(const std::vector<Point>& points) {
    constexpr double step = 0.05;
    double best = lowest_exponent;
    double least = std::numeric_limits<double>::infinity();
    constexpr int steps = static_cast<int>((highest_exponent - lowest_exponent) / step);
    for (int i = 1; i <= steps; ++i) {
        const double exponent = lowest_exponent + i * step;
        const double squares = best_line(points, exponent).squares;
        if (squares < least) {
            least = squares;
            best = exponent;
        }
    }
    double low = best - step;
    double high = best + step;
    constexpr double golden = 0.6180339887498949;
    for (int i = 0; i < 40; ++i) {
        const double left = high - golden * (high - low);
        const double right = low + golden * (high - low);
        if (best_line(points, left).squares < best_line(points, right).squares) {
            high = right;
        } else {
            low = left;
        }
    }
    return (low + high) / 2;
}

/// Sets the weights by Tukey's biweight of the last fit's residuals.
void reweight(std::vector<Point>& points, const Line& line, double exponent) {
    std::vector<double> residuals;
    residuals.reserve(points.size());
    for (const Point& point : points)
        residuals.push_back(std::abs(relative_residual(point, line, std::exp(exponent * point.log_pixels))));
    constexpr double normal_mad = 0.6745;  // median of |x| for a standard normal x
    constexpr double tuning = 4.685;       // 95 % efficient for normal errors
    constexpr double least_scale = 1e-4;   // a perfect fit has no outliers
    // A fit comes nearer to its points than the truth does, the more so the more parameters it has.
    const auto count = static_cast<double>(points.size());
    const double spread = std::sqrt(count / (count - parameters));
    const double scale = std::max(spread * median(residuals) / normal_mad, least_scale);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double u = residuals[i] / (tuning * scale);
        points[i].weight = u >= 1 ? 0 : (1 - u * u) * (1 - u * u);
    }
}

/// The point where `above` turns true, between `inside` (where it is false) and `outside`.
double edge(double inside, double outside, const std::function<bool(double)>& above) {
    if (!above(outside)) return outside;
    for (int i = 0; i < 40; ++i) {
        const double middle = (inside + outside) / 2;
        (above(middle) ? outside : inside) = middle;
    }
    return inside;
}

}  // namespace

std::optional<ExponentFit> fit_exponent(const std::vector<TimedSize>& sizes) {
    std::set<double> different;
    double log_middle = 0;
    for (const TimedSize& size : sizes) {
        different.insert(size.pixels);
        log_middle += std::log(size.pixels) / static_cast<double>(sizes.size());
    }
    if (static_cast<int>(different.size()) <= parameters) return std::nullopt;

    std::vector<Point> points;
    for (const TimedSize& size : sizes)
        points.push_back({.log_pixels = std::log(size.pixels) - log_middle, .time_s = size.time_s});
    double exponent = best_exponent(points);
    for (int i = 0; i < 15; ++i) {
        reweight(points, best_line(points, exponent), exponent);
        exponent = best_exponent(points);
    }

    const Line line = best_line(points, exponent);
    double weight = 0;
    for (const Point& point : points) weight += point.weight;
    const double degrees = std::max(1.0, std::floor(weight + 0.5) - parameters);
    const double t = student_t(degrees);
    constexpr double timer_noise =
        1e-6;  // relative, squared; keeps the interval from being narrower than the clock allows
    // The weights also remove some of the honest scatter. With this factor the interval holds the truth in 96
    // of 100 simulated sweeps (tests/unit/measure/exponent_test.cpp), without it in 91.
    constexpr double scatter_lost_to_weights = 2.0;
    const double allowed = (line.squares + timer_noise) * (1 + scatter_lost_to_weights * t * t / degrees);
    const auto above = [&](double p) { return best_line(points, p).squares > allowed; };
    return ExponentFit{.value = exponent,
                       .low = edge(exponent, lowest_exponent, above),
                       .high = edge(exponent, highest_exponent, above),
                       .fixed_s = line.fixed,
                       .scale_s = line.scale * std::exp(-exponent * log_middle)};
}

}  // namespace grader
