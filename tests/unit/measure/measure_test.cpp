// Tests of measuring, without a process: the programs say how long they take.

#include "measure/measure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "base/error.hpp"
#include "fakes.hpp"

namespace grader {
namespace {

using fakes::path_of;
using testing::DoubleNear;
using testing::HasSubstr;

class Measuring : public testing::Test {
  protected:
    fakes::Behaviour& submission() { return launcher_.behaviours[path_of("submission", Flavour::timed)]; }
    fakes::Behaviour& reference() { return launcher_.behaviours[path_of("kit", Flavour::timed)]; }
    Measured measure_it(const char* version) {
        Attempt attempt{lesson_, lesson_.version(version), {"source", ""}};
        attempt.builds[Flavour::timed] =
            builder_.start_submitted(lesson_, attempt.version, Flavour::timed, "source");
        return measure(attempt, references_, 7, true, [](auto&&...) {});
    }

    Lesson lesson_ =
        read_lesson(std::filesystem::path(KIT_DIR "/tests/toy_lesson/lessons/01_toy/lesson.toml"));
    fakes::Builder builder_;
    fakes::Launcher launcher_;
    References references_{builder_, launcher_, KIT_DIR "/tests/toy_lesson/solutions"};
};

TEST_F(Measuring, a_version_that_takes_half_the_time_is_twice_as_fast) {
    submission().ns_per_pixel = 500;
    const Measured measured = measure_it("serial");
    ASSERT_FALSE(measured.failure);
    ASSERT_TRUE(measured.ratio);
    EXPECT_THAT(measured.ratio->value, DoubleNear(2, 1e-6));
    EXPECT_THAT(measured.pixel_s.value(), DoubleNear(500e-9, 1e-12));
    ASSERT_TRUE(measured.exponent);
    EXPECT_THAT(measured.exponent->value, DoubleNear(1, 0.01));
}

TEST_F(Measuring, a_wrong_answer_in_a_timed_run_is_a_failure_and_nothing_else_counts) {
    submission().change = [](auto&&...) {};
    const Measured measured = measure_it("serial");
    ASSERT_TRUE(measured.failure);
    EXPECT_EQ(measured.failure->outcome, Verdict::wrong);
    EXPECT_THAT(measured.failure->message, HasSubstr("although the checks passed"));
    EXPECT_FALSE(measured.ratio);
    EXPECT_TRUE(measured.sweep.empty());
}

TEST_F(Measuring, a_program_that_dies_while_it_is_timed_has_its_verdict) {
    submission().end = CallResult::End::busy;
    EXPECT_EQ(measure_it("serial").failure.value().outcome, Verdict::timeout);
}

TEST_F(Measuring, even_shares_have_the_ideal_speed_up) {
    const Measured measured = measure_it("parallel");
    ASSERT_FALSE(measured.failure) << measured.failure->message;
    ASSERT_EQ(measured.speedup.size(), lesson_.version("parallel").speed.threads.size());
    for (const Speedup& speedup : measured.speedup) {
        ASSERT_TRUE(speedup.predicted);
        EXPECT_THAT(speedup.predicted->value, DoubleNear(speedup.threads, 0.01));
        EXPECT_FALSE(speedup.wall) << "one core was asked for";
        EXPECT_THAT(speedup.inflation, DoubleNear(1, 0.01));
    }
}

TEST_F(Measuring, a_reference_that_is_killed_again_and_again_ends_the_grading) {
    reference().end = CallResult::End::died;
    reference().exit.signal = SIGKILL;
    try {
        measure_it("serial");
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::environment);
        EXPECT_THAT(error.what(), HasSubstr("killed again and again"));
    }
}

}  // namespace
}  // namespace grader
