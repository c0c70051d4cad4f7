#include "score/score.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "measure/bands.hpp"

namespace {

using grader::Band;
using grader::CheckResult;
using grader::Interval;
using grader::Measured;
using grader::Verdict;
using grader::Yardstick;

grader::Lesson toy_lesson() {
    grader::Lesson lesson;
    lesson.name = "toy";
    lesson.folder = "01_toy";
    grader::Version serial;
    serial.name = "serial";
    serial.points = 10;
    serial.right = 6;
    serial.speed = {.baseline = "serial", .shape = {4, 4}, .threads = {}};
    serial.bands = {{.min = 0.25, .points = 2}, {.min = 0.5, .points = 4}};
    serial.max_speedup = 2.0;
    grader::Version parallel = serial;
    parallel.name = "parallel";
    parallel.race = 3;
    parallel.yardstick = Yardstick::efficiency;
    parallel.speed.threads = {2, 4};
    lesson.versions = {serial, parallel};
    return lesson;
}

constexpr unsigned cores = 2;

grader::Attempt attempt_at(const grader::Lesson& lesson, std::size_t version, CheckResult checked) {
    return {.lesson = lesson,
            .version = lesson.versions[version],
            .file = {"source", ""},
            .builds = {},
            .checked = std::move(checked)};
}

CheckResult passed() {
    CheckResult checked;
    checked.verdict = Verdict::pass;
    return checked;
}

grader::Reached alike(const grader::Interval& value) {
    return {value, value};
}

TEST(Bands, AreReachedFromTheirEdgeOn) {
    const std::vector<Band> bands = {{.min = 1, .points = 2}, {.min = 2, .points = 5}};
    EXPECT_EQ(grader::bands_reached(bands, alike({0.9, 0.9, 0.9})), 0U);
    EXPECT_EQ(grader::bands_reached(bands, alike({1, 1, 1})), 1U);
    EXPECT_EQ(grader::bands_reached(bands, alike({1.5, 1.5, 1.5})), 1U);
    EXPECT_EQ(grader::bands_reached(bands, alike({2, 2, 2})), 2U);
}

TEST(Bands, CountByTheEstimate) {
    const std::vector<Band> bands = {{.min = 1, .points = 2}, {.min = 2, .points = 5}};
    EXPECT_EQ(grader::bands_reached(bands, alike({1.9, 1.7, 2.1})), 1U);  // the estimate counts
    EXPECT_EQ(grader::bands_reached(bands, alike({2.1, 1.7, 2.2})), 2U);
}

TEST(TheBands, that_count_cache_lines_are_missed_where_these_move_too_much) {
    std::vector<grader::Band> bands = {{0.25, 1}, {0.65, 3, true}};
    const grader::Reached shared{{0.9, 0.9, 0.9}, {0.2, 0.2, 0.2}};
    EXPECT_EQ(grader::bands_reached(bands, shared), 1U);
    EXPECT_EQ(grader::bands_reached(bands, alike({0.9, 0.9, 0.9})), 2U);
    bands.back().with_cache_lines = false;
    EXPECT_EQ(grader::bands_reached(bands, shared), 2U);
}

TEST(Score, WhatWasNotCheckedHasNoVerdictAndNoPoints) {
    const auto lesson = toy_lesson();
    EXPECT_ANY_THROW(grader::score(attempt_at(lesson, 0, {}), {}, {}, 1, cores));
}

TEST(Score, OfAllLessonsTogetherIsOutOf100) {
    const auto lesson = toy_lesson();
    EXPECT_DOUBLE_EQ(grader::scale_to_100({lesson}), 5);
    EXPECT_DOUBLE_EQ(grader::scale_to_100({lesson, lesson}), 2.5);
}

TEST(Score, APassEarnsRightAnswersAndTheBandItReaches) {
    const auto lesson = toy_lesson();
    Measured measured;
    measured.ratio = Interval{0.3, 0.29, 0.31};
    const auto graded = grader::score(attempt_at(lesson, 0, passed()), measured, {}, 1, cores);
    EXPECT_EQ(graded.verdict, Verdict::pass);
    EXPECT_DOUBLE_EQ(graded.score, 8);
    EXPECT_THAT(graded.next, testing::HasSubstr("0.5×"));
}

TEST(Score, HasALineForEachBand) {
    const auto lesson = toy_lesson();
    Measured measured;
    measured.ratio = Interval{0.3, 0.29, 0.31};
    const auto graded = grader::score(attempt_at(lesson, 0, passed()), measured, {}, 2, cores);
    ASSERT_EQ(graded.rubric.size(), 3U);
    EXPECT_EQ(graded.rubric[0].name, "right answers");
    EXPECT_EQ(graded.rubric[1].name, "0.25× the speed of the reference's serial");
    EXPECT_DOUBLE_EQ(graded.rubric[1].score, 4);
    EXPECT_DOUBLE_EQ(graded.rubric[1].max_score, 4);
    EXPECT_EQ(graded.rubric[2].name, "0.5× the speed of the reference's serial");
    EXPECT_DOUBLE_EQ(graded.rubric[2].score, 0);
    EXPECT_DOUBLE_EQ(graded.rubric[2].max_score, 4);
    EXPECT_EQ(grader::ungraded(lesson, lesson.versions[1], 1).rubric[2].name, "50 % of the ideal speed-up");
}

TEST(Score, ARaceEarnsItsShareOnlyIfOneThreadIsRight) {
    const auto lesson = toy_lesson();
    CheckResult checked;
    checked.verdict = Verdict::race;
    EXPECT_DOUBLE_EQ(grader::score(attempt_at(lesson, 1, checked), {}, {}, 1, cores).score, 3);
    checked.right_on_one_thread = false;
    EXPECT_DOUBLE_EQ(grader::score(attempt_at(lesson, 1, checked), {}, {}, 1, cores).score, 0);
    checked.right_on_one_thread = true;
    EXPECT_DOUBLE_EQ(grader::score(attempt_at(lesson, 0, checked), {}, {}, 1, cores).score, 0)
        << "serial has no race points";
}

TEST(Score, RemovedWorkEarnsNothingForSpeedAndIsFlagged) {
    const auto lesson = toy_lesson();
    Measured measured;
    measured.ratio = Interval{1000, 990, 1010};
    const auto graded = grader::score(attempt_at(lesson, 0, passed()), measured, {}, 1, cores);
    EXPECT_DOUBLE_EQ(graded.score, 6);
    EXPECT_THAT(graded.flags, testing::ElementsAre("work_removed"));
}

TEST(Score, AFirstCallThatTakesMuchLongerThanOthersIsFlaggedAndKeepsItsPoints) {
    const auto lesson = toy_lesson();
    Measured measured;
    measured.ratio = Interval{1, 1, 1};
    measured.first_call = {{30, 31}, 0.9e-3, 1e-6};
    const auto unflagged = grader::score(attempt_at(lesson, 0, passed()), measured, {}, 1, cores);
    EXPECT_THAT(unflagged.flags, testing::IsEmpty()) << "cold caches";
    measured.first_call->time_s = 80e-3;
    const auto graded = grader::score(attempt_at(lesson, 0, passed()), measured, {}, 1, cores);
    EXPECT_THAT(graded.flags, testing::ElementsAre("answers_kept"));
    EXPECT_DOUBLE_EQ(graded.score, unflagged.score);
    EXPECT_THAT(graded.message, testing::HasSubstr("first call on 30×31 pixels takes 80.0 ms"));
}

TEST(Score, LoopsThatTakeTooLittleTimeForAnyMachineAreFlaggedAndEarnNoSpeed) {
    auto lesson = toy_lesson();
    lesson.versions[0].least_ns_per_pixel = 100;
    Measured measured;
    measured.ratio = {1, 1, 1};  // against itself
    measured.pixel_s = 101e-9;
    EXPECT_THAT(grader::score(attempt_at(lesson, 0, passed()), measured, {}, 1, cores).flags,
                testing::IsEmpty());
    measured.pixel_s = 2.5e-9;
    const auto graded = grader::score(attempt_at(lesson, 0, passed()), measured, {}, 1, cores);
    EXPECT_THAT(graded.flags, testing::ElementsAre("work_removed"));
    EXPECT_DOUBLE_EQ(graded.score, lesson.versions[0].right);
    EXPECT_THAT(graded.message, testing::HasSubstr("a pixel takes 2.50 ns, and the plain loops take 100 ns"));
}

TEST(Score, WithNothingToMeasureBesideOnlyRightAnswersCountAndTheReasonIsTold) {
    const auto lesson = toy_lesson();
    Measured measured;
    measured.nothing_beside = true;
    const auto graded = grader::score(attempt_at(lesson, 1, passed()), measured, {}, 1, cores);
    EXPECT_EQ(graded.verdict, Verdict::pass);
    EXPECT_DOUBLE_EQ(graded.score, lesson.versions[1].right);
    EXPECT_THAT(graded.message, testing::HasSubstr("beside your own serial.cpp"));
    EXPECT_THAT(graded.next, testing::HasSubstr("First serial.cpp"));
}

TEST(Score, AKnownMistakeIsExplainedAndItsHintComesFirst) {
    const auto lesson = toy_lesson();
    const grader::Mistake mistake{.name = "swapped_axes",
                                  .file = {},
                                  .explanation = "It is mirrored.",
                                  .hint = "Which is the row?",
                                  .evidence = {},
                                  .answers = {}};
    CheckResult checked;
    checked.verdict = Verdict::wrong;
    checked.message = "pixel (0, 1) is 3, expected 4";
    checked.checks.emplace_back().outcome = Verdict::wrong;
    const auto wrong = grader::score(attempt_at(lesson, 0, checked), {}, mistake, 1, cores);
    EXPECT_EQ(wrong.diagnosis, "swapped_axes");
    EXPECT_EQ(wrong.message, "pixel (0, 1) is 3, expected 4. It is mirrored.");
    EXPECT_THAT(wrong.next, testing::StartsWith("Which is the row? See it happen: make try "));

    const auto slow = grader::score(attempt_at(lesson, 0, passed()), {}, mistake, 1, cores);
    EXPECT_EQ(slow.message, "Right. It is mirrored.");
    EXPECT_EQ(slow.next, "Which is the row?");
}

TEST(Score, ATimedRunWithAWrongAnswerCountsAsWrong) {
    const auto lesson = toy_lesson();
    Measured measured;
    measured.failure.emplace();
    measured.failure->outcome = Verdict::wrong;
    measured.failure->message = "the answer in a timed run is wrong";
    const auto graded = grader::score(attempt_at(lesson, 0, passed()), measured, {}, 1, cores);
    EXPECT_EQ(graded.verdict, Verdict::wrong);
    EXPECT_DOUBLE_EQ(graded.score, 0);
}

TEST(Score, EveryFailureSaysWhatToDoNext) {
    const auto lesson = toy_lesson();
    for (const Verdict verdict : grader::all_verdicts) {
        if (verdict == Verdict::pass) continue;
        CheckResult checked;
        checked.verdict = verdict;
        checked.details = "details";
        checked.right_on_one_thread = false;
        const auto graded = grader::score(attempt_at(lesson, 1, checked), {}, {}, 1, cores);
        EXPECT_FALSE(graded.next.empty()) << name(verdict);
        EXPECT_DOUBLE_EQ(graded.score, 0) << name(verdict);
    }
}

TEST(Score, FlagsAPredictionThatTheKernelSpeaksAgainst) {
    const auto lesson = toy_lesson();
    Measured measured;
    grader::Speedup& claim = measured.speedup.emplace_back();
    claim.threads = 8;
    claim.predicted = grader::Interval{8, 8, 8};
    claim.runnable = 1;
    claim.best.span_s = claim.best.work_s = 1;
    const auto graded = grader::score(attempt_at(lesson, 1, passed()), measured, {}, 1, cores);
    EXPECT_EQ(graded.flags, std::vector<std::string>{"speedup_above_runnable"});
    EXPECT_NE(graded.message.find("only 1.0 threads could run"), std::string::npos) << graded.message;
}

TEST(Score, SaysWhenOnlyTheWallClockWasThere) {
    const auto lesson = toy_lesson();
    Measured measured;
    measured.speedup.emplace_back().threads = 2;
    const auto graded = grader::score(attempt_at(lesson, 1, passed()), measured, {}, 1, cores);
    EXPECT_EQ(graded.flags, std::vector<std::string>{"graded_by_wall_clock"});
}

}  // namespace
