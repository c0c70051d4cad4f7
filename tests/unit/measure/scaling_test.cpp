#include "measure/scaling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace grader {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

/// 80 ms of work on this number of threads, with this span and even shares.
Speedup spread(unsigned threads, double span_s) {
    constexpr double work_s = 0.08;
    const double value = std::min<double>(threads, work_s / span_s);
    Speedup speedup;
    speedup.threads = threads;
    speedup.predicted = Interval{value, 0.98 * value, value};
    speedup.wall = Interval{1, 1, 1};
    speedup.runnable = threads;
    speedup.best.work_s = work_s;
    speedup.best.span_s = span_s;
    speedup.best.longest_s = work_s / threads;
    speedup.best.threads_started = threads;
    return speedup;
}

TEST(MeanEfficiency, is_the_geometric_mean_over_the_thread_counts) {
    const auto mean = mean_efficiency({spread(2, 0.04), spread(8, 0.04)}, 1);
    EXPECT_NEAR(mean->value, std::sqrt(1.0 * 0.25), 1e-12);
    EXPECT_NEAR(mean->low, 0.98 * 0.5, 1e-12);
}

TEST(MeanEfficiency, falls_back_to_the_wall_clock_on_as_many_cores_as_there_are) {
    Speedup two;
    two.threads = 2;
    two.wall = Interval{1.8, 1.7, 1.9};
    Speedup four;
    four.threads = 4;
    four.wall = Interval{2, 2, 2};
    EXPECT_DOUBLE_EQ(mean_efficiency({two, four}, 2)->value, 0.9);
    EXPECT_DOUBLE_EQ(mean_efficiency({two, four}, 4)->value, std::sqrt(0.9 * 0.5));
}

TEST(MeanEfficiency, is_empty_if_nothing_was_measured) {
    EXPECT_FALSE(mean_efficiency({}, 2));
}

TEST(Limit, is_nothing_for_an_even_split) {
    EXPECT_THAT(limit_of({spread(8, 0.0101)}).sentence, AllOf(HasSubstr("99 %"), HasSubstr("nothing much")));
}

TEST(Limit, is_named_with_its_number) {
    Speedup none = spread(8, 0.08);
    none.best.threads_started = 0;
    none.best.longest_s = 0;
    EXPECT_THAT(limit_of({none}).sentence, HasSubstr("no other thread was started"));

    Speedup lock = spread(8, 0.08);
    lock.best.most_held_s = 0.079;
    EXPECT_THAT(limit_of({lock}).sentence, AllOf(HasSubstr("a lock"), HasSubstr("79.0 ms")));

    Speedup few = spread(8, 0.04);
    few.best.threads_started = 2;
    EXPECT_THAT(limit_of({few}).sentence, HasSubstr("only 2 of 8 threads"));

    Speedup inflated = spread(8, 0.03);
    inflated.inflation = 3.1;
    EXPECT_THAT(limit_of({inflated}).sentence, AllOf(HasSubstr("extra work"), HasSubstr("3.1×")));

    Speedup starting = spread(8, 0.03);
    starting.best.starting_s = 0.018;
    starting.best.caller_s = 0.018;
    EXPECT_THAT(limit_of({starting}).sentence, AllOf(HasSubstr("starting threads"), HasSubstr("18.0 ms")));

    Speedup uneven = spread(8, 0.02);
    uneven.best.longest_s = 0.02;
    EXPECT_THAT(limit_of({uneven}).sentence, AllOf(HasSubstr("uneven shares"), HasSubstr("2.0×")));

    Speedup serial = spread(8, 0.045);
    serial.best.caller_s = 0.04;
    serial.best.longest_s = 0.005;
    EXPECT_THAT(limit_of({serial}).sentence, AllOf(HasSubstr("a serial part"), HasSubstr("50 %")));

    Speedup joined = spread(8, 0.08);
    joined.runnable = 1.01;
    EXPECT_THAT(limit_of({joined}).sentence,
                AllOf(HasSubstr("one after the other"), HasSubstr("inside the loop")));

    EXPECT_THAT(limit_of({spread(8, 0.08)}).sentence, AllOf(HasSubstr("waiting"), HasSubstr("10.0 ms")));
}

TEST(Limit, names_the_mistake_only_where_it_is_plain) {
    EXPECT_EQ(limit_of({spread(8, 0.02)}).symptom, std::nullopt);
    EXPECT_EQ(limit_of({spread(8, 0.08)}).symptom, grader::Symptom::threads_take_turns);

    Speedup lock = spread(8, 0.08);
    lock.best.most_held_s = 0.079;
    EXPECT_EQ(limit_of({lock}).symptom, grader::Symptom::mutex_held_throughout);

    Speedup joined = spread(8, 0.08);
    joined.runnable = 1.01;
    EXPECT_EQ(limit_of({joined}).symptom, grader::Symptom::never_two_at_once);

    Speedup uneven = spread(8, 0.02);
    uneven.best.longest_s = 0.02;
    EXPECT_EQ(limit_of({uneven}).symptom, grader::Symptom::uneven_shares);
    Speedup idle = spread(8, 0.08);
    idle.best.longest_s = 0.079;
    EXPECT_EQ(limit_of({idle}).symptom, grader::Symptom::one_thread_has_all);

    Speedup two = spread(2, 0.04);
    Speedup eight = spread(8, 0.02);
    two.best.threads_started = eight.best.threads_started = 4;
    two.runnable = 3.4;
    eight.runnable = 3.6;
    EXPECT_EQ(limit_of({two, eight}).symptom, grader::Symptom::same_number_of_threads);
    two.runnable = 1.9;  // two at a time
    EXPECT_NE(limit_of({two, eight}).symptom, grader::Symptom::same_number_of_threads);
}

TEST(Limit, is_empty_without_a_prediction) {
    EXPECT_EQ(limit_of({}).sentence, "");
    EXPECT_EQ(limit_of({Speedup{}}).sentence, "");
}

TEST(Audit, believes_what_the_kernel_saw_too) {
    EXPECT_THAT(audit({spread(2, 0.04), spread(8, 0.0101)}), IsEmpty());
}

TEST(Audit, doubts_a_speedup_that_too_few_threads_could_reach) {
    Speedup claim = spread(4, 0.02);
    claim.runnable = 1.2;
    EXPECT_THAT(audit({claim}), ElementsAre(AllOf(Field(&Doubt::flag, "speedup_above_runnable"),
                                                  Field(&Doubt::why, HasSubstr("only 1.2 threads")))));
}

TEST(Audit, allows_for_threads_that_are_through_before_the_last_is_started) {
    Speedup brief = spread(8, 0.0101);
    brief.runnable = 4.2;
    EXPECT_THAT(audit({brief}), IsEmpty());
    brief.runnable = 3.5;
    EXPECT_THAT(audit({brief}), ElementsAre(Field(&Doubt::flag, "speedup_above_runnable")));
}

TEST(Audit, counts_no_threads_that_end_before_the_next_has_its_turn) {
    Speedup brief = spread(16, 0.005);
    brief.runnable = 8.5;
    EXPECT_THAT(audit({brief}), IsEmpty());
}

TEST(Audit, doubts_a_span_below_an_even_share_of_the_work) {
    EXPECT_THAT(audit({spread(8, 0.001)}), ElementsAre(AllOf(Field(&Doubt::flag, "span_below_share"),
                                                             Field(&Doubt::why, HasSubstr("80.0 ms")))));
}

TEST(Audit, allows_for_work_of_the_kernel_that_is_on_no_clock) {
    Speedup brief = spread(2, 63e-6);
    brief.best.work_s = 225e-6;  // sixteen idle threads of a pool are woken, too
    EXPECT_THAT(audit({brief}), IsEmpty());
    brief.best.work_s = 500e-6;
    EXPECT_THAT(audit({brief}), ElementsAre(Field(&Doubt::flag, "span_below_share")));
}

TEST(Audit, doubts_a_call_whose_threads_cannot_be_counted) {
    Speedup unseen = spread(4, 0.021);
    unseen.runnable = std::nullopt;
    EXPECT_THAT(audit({unseen}), ElementsAre(AllOf(Field(&Doubt::flag, "speedup_above_runnable"),
                                                   Field(&Doubt::why, HasSubstr("could not be counted")))));
    unseen.best.work_s = 0.04;
    EXPECT_THAT(audit({unseen}), IsEmpty()) << "too short";
}

TEST(Audit, doubts_a_call_with_more_threads_than_were_asked_for) {
    Speedup crowd = spread(4, 0.021);
    crowd.crowded_share = 0.3;
    EXPECT_THAT(audit({crowd}), IsEmpty());
    crowd.crowded_share = 0.6;
    EXPECT_THAT(audit({crowd}), ElementsAre(AllOf(Field(&Doubt::flag, "span_below_share"),
                                                  Field(&Doubt::why, HasSubstr("for 60 % of the time")))));
}

TEST(Audit, names_extra_work_once) {
    Speedup more = spread(8, 0.0101);
    more.inflation = 1.5;
    EXPECT_THAT(audit({more, more}), ElementsAre(Field(&Doubt::flag, "work_inflated")));
}

TEST(PredictedSpeedup, takes_the_shortest_span_and_the_least_work_of_all_repetitions) {
    ThreadedCall woken_often;
    woken_often.work_s = 0.13;
    woken_often.span_s = 0.02;
    ThreadedCall calm;
    calm.work_s = 0.12;
    calm.span_s = 0.04;
    const Speedup speedup = predicted_speedup(8, 0.1, 0.1, {calm, woken_often});
    EXPECT_DOUBLE_EQ(speedup.predicted->value, 5);
    EXPECT_DOUBLE_EQ(speedup.inflation, 1.2);
}

TEST(Audit, says_nothing_of_what_was_not_predicted) {
    EXPECT_THAT(audit({Speedup{}}), IsEmpty());
}

}  // namespace
}  // namespace grader
