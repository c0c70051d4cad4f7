#include "measure/transfer_cost.hpp"

#include <gtest/gtest.h>

namespace {

using grader::load_wait_s;
using grader::store_wait_s;
using grader::TransferCost;

constexpr TransferCost cost{.transfer_s = 100e-9, .least_s = 4e-9, .is_measured = true};

TEST(ALoadOfAMovingLine, waits_for_a_transfer_if_others_had_the_time_to_take_it) {
    EXPECT_NEAR(load_wait_s(cost, 10e-6, 1), cost.transfer_s + cost.least_s, 1e-12);
    EXPECT_NEAR(load_wait_s(cost, 10e-6, 7), cost.transfer_s + cost.least_s, 1e-12);
}

TEST(ALoadOfAMovingLine, waits_as_long_as_the_other_works_if_both_want_it_all_the_time) {
    EXPECT_NEAR(load_wait_s(cost, 10e-9, 1), cost.least_s + 10e-9, 1e-9);
}

TEST(ALoadOfAMovingLine, waits_the_longer_the_more_threads_want_it) {
    double before_s = 0;
    for (const double others : {1, 3, 7, 15}) {
        const double each_s = load_wait_s(cost, 20e-9, others);
        EXPECT_GT(each_s, before_s) << others;
        before_s = each_s;
    }
    EXPECT_GT(before_s, cost.transfer_s);
}

TEST(AStoreToAMovingLine, waits_only_if_stores_come_faster_than_the_line) {
    EXPECT_EQ(store_wait_s(cost, 2e-9, 1), 0);
    EXPECT_GT(store_wait_s(cost, 2e-9, 7), 0);
    EXPECT_EQ(store_wait_s(cost, 1e-6, 127), 0);
}

TEST(TheMeasuredCost, is_plausible_or_the_stated_one) {
    const TransferCost measured = grader::measure_transfer_cost();
    EXPECT_GT(measured.transfer_s, 10e-9);
    EXPECT_LT(measured.transfer_s, 2e-6);
    if (!measured.is_measured) {
        EXPECT_EQ(measured.transfer_s, TransferCost{}.transfer_s);
    }
}

}  // namespace
