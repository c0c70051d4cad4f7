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

TEST(TheMedian, of_few_values_lies_between_the_least_and_the_most) {
    const Interval five = median_interval({5, 1, 4, 2, 3});
    EXPECT_DOUBLE_EQ(five.value, 3);
    EXPECT_DOUBLE_EQ(five.low, 1);
    EXPECT_DOUBLE_EQ(five.high, 5);
    const Interval two = median_interval({1, 4});
    EXPECT_DOUBLE_EQ(two.value, 2.5);
    EXPECT_DOUBLE_EQ(two.low, 1);
    EXPECT_DOUBLE_EQ(two.high, 4);
    EXPECT_THROW(median_interval({}), std::invalid_argument);
}

TEST(TheMedian, isnt_moved_by_some_extreme_values_among_many) {
    std::vector<double> values(15, 2.0);
    values[3] = values[7] = 1e-6;
    values[11] = 1e6;
    const Interval interval = median_interval(values);
    EXPECT_DOUBLE_EQ(interval.low, 2);
    EXPECT_DOUBLE_EQ(interval.value, 2);
    EXPECT_DOUBLE_EQ(interval.high, 2);
}

TEST(TheMedian, has_an_interval_that_holds_the_truth_in_93_of_100_samples) {
    std::mt19937_64 generator(11);
    std::exponential_distribution<double> skewed(1);
    for (const std::size_t count : {std::size_t{5}, std::size_t{10}, std::size_t{15}}) {
        int held = 0;
        constexpr int samples = 2000;
        for (int sample = 0; sample < samples; ++sample) {
            std::vector<double> values(count);
            for (double& value : values) value = skewed(generator);
            const Interval interval = median_interval(values);
            if (interval.low <= std::log(2.0) && std::log(2.0) <= interval.high) ++held;
        }
        EXPECT_GE(held, 0.92 * samples) << count;
    }
}

}  // namespace
}  // namespace grader
