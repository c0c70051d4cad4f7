#include "measure/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace grader {
namespace {

TEST(TheMedian, is_the_middle_value_or_the_mean_of_the_two) {
    EXPECT_EQ(median({7}), 7);
    EXPECT_EQ(median({9, 1, 5}), 5);
    EXPECT_EQ(median({4, 1, 3, 2}), 2.5);
    EXPECT_EQ(median({1, 1, 1, 1000}), 1);
}

TEST(StudentT, has_the_values_of_the_tables) {
    for (const auto& [degrees, expected] : {std::pair{1.0, 12.706},
                                            {2.0, 4.303},
                                            {4.0, 2.776},
                                            {10.0, 2.228},
                                            {11.0, 2.201},
                                            {20.0, 2.086},
                                            {30.0, 2.042},
                                            {120.0, 1.980}})
        EXPECT_NEAR(student_t(degrees), expected, 0.015) << degrees << " degrees of freedom";
}

TEST(StudentT, falls_with_the_degrees_of_freedom) {
    for (double degrees = 1; degrees < 40; ++degrees)
        EXPECT_GT(student_t(degrees), student_t(degrees + 1)) << degrees;
    EXPECT_GT(student_t(1e9), 1.9599);
}

TEST(StudentT, takes_less_than_one_degree_as_one) {
    EXPECT_EQ(student_t(0), student_t(1));
}

TEST(TheGeometricMean, of_equal_values_is_exactly_known) {
    const Interval interval = geometric_mean({2, 2, 2});
    EXPECT_DOUBLE_EQ(interval.value, 2);
    EXPECT_DOUBLE_EQ(interval.low, 2);
    EXPECT_DOUBLE_EQ(interval.high, 2);
}

TEST(TheGeometricMean, has_an_interval_by_students_t_on_the_logarithms) {
    const Interval interval = geometric_mean({1, std::exp(1.0), std::exp(2.0)});
    EXPECT_NEAR(interval.value, std::exp(1.0), 1e-12);
    const double half = 4.303 / std::sqrt(3.0);  // standard deviation 1, three values
    EXPECT_NEAR(std::log(interval.high), 1 + half, 1e-9);
    EXPECT_NEAR(std::log(interval.low), 1 - half, 1e-9);
}

TEST(TheGeometricMean, of_ratios_is_the_reciprocal_of_that_of_the_reciprocals) {
    const Interval forward = geometric_mean({1.5, 2, 4, 2.5});
    const Interval backward = geometric_mean({1 / 1.5, 1 / 2.0, 1 / 4.0, 1 / 2.5});
    EXPECT_DOUBLE_EQ(forward.value * backward.value, 1);
    EXPECT_DOUBLE_EQ(forward.low * backward.high, 1);
}

TEST(TheGeometricMean, has_an_interval_that_holds_the_truth_in_95_of_100_samples) {
    std::mt19937_64 generator(11);
    std::normal_distribution<double> normal(std::log(3.0), 0.2);
    int held = 0;
    constexpr int samples = 1000;
    for (int sample = 0; sample < samples; ++sample) {
        std::vector<double> values(5);
        for (double& value : values) value = std::exp(normal(generator));
        const Interval interval = geometric_mean(values);
        if (interval.low <= 3 && 3 <= interval.high) ++held;
    }
    EXPECT_NEAR(held, 950, 25);
}

}  // namespace
}  // namespace grader
