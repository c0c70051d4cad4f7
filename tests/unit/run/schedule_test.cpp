#include "run/schedule.hpp"

#include <gmock/gmock.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>

namespace {

using grader::Deviations;
using grader::deviations_of;
using grader::name_of;
using grader::read_run;
using grader::ScheduleRun;
using grader::write_plan;
using testing::SizeIs;
using worker::schedules::Area;
using worker::schedules::Deviation;
using worker::schedules::Ending;

/// Zeroed, and on the heap, since it is large.
std::unique_ptr<Area> new_area() {
    return std::make_unique<Area>();
}

TEST(AScheduleName, is_what_differs_from_the_default_schedule) {
    EXPECT_EQ(name_of({}), "0");
    EXPECT_EQ(name_of({{12, 2}, {15, 1}}), "12.2-15.1");
}

TEST(AScheduleName, names_the_same_schedule_again) {
    for (const char* name : {"0", "5.1", "12.2-15.1", "1.0-2.3-19999.127"}) {
        const auto deviations = deviations_of(name);
        ASSERT_TRUE(deviations) << name;
        EXPECT_EQ(name_of(*deviations), name);
    }
}

TEST(AScheduleName, that_is_none_is_refused) {
    for (const char* name : {"", "5", "5.", ".1", "5.1-", "-5.1", "5.1-5.2", "7.1-5.2", "5.128", "5.1 ",
                             "5.1-x", "99999999999.1", "5.-1"})
        EXPECT_FALSE(deviations_of(name)) << name;
}

TEST(APlan, reaches_the_program_and_forgets_the_last_run) {
    const auto area = new_area();
    area->ending = Ending::stuck;
    area->choices = area->events = area->threads = 9;
    write_plan({.seed = {}, .deviations = {{3, 1}, {8, 0}}, .is_traced = true}, *area);
    EXPECT_EQ(area->plan.is_random, 0U);
    EXPECT_EQ(area->plan.is_traced, 1U);
    ASSERT_EQ(area->plan.deviation_count, 2U);
    EXPECT_EQ(area->plan.deviations.at(1).choice, 8U);
    EXPECT_EQ(area->ending, Ending::none);
    EXPECT_EQ(area->choices + area->events + area->threads, 0U);

    write_plan({.seed = 7}, *area);
    EXPECT_EQ(area->plan.is_random, 1U);
    EXPECT_EQ(area->plan.seed, 7U);
    EXPECT_EQ(area->plan.deviation_count, 0U);
}

TEST(ARun, is_told_by_what_differs_from_the_default_schedule) {
    const auto area = new_area();
    area->ending = Ending::complete;
    area->choices = 4;
    area->threads = 3;
    area->decisions.at(0) = {1, 1};
    area->decisions.at(1) = {2, 1};
    area->decisions.at(2) = {2, 2};
    area->decisions.at(3) = {0, 2};
    const ScheduleRun run = read_run(*area);
    EXPECT_EQ(run.ending, Ending::complete);
    EXPECT_EQ(name_of(run.deviations), "1.2-3.0");
}

TEST(ARun, is_a_possible_one_whatever_a_program_has_written) {
    const auto area = new_area();
    std::memset(static_cast<void*>(area.get()), 0xff, sizeof *area);
    const ScheduleRun run = read_run(*area);
    EXPECT_EQ(run.ending, Ending::none);
    EXPECT_EQ(run.choices, worker::schedules::most_choices);
    EXPECT_EQ(run.threads, worker::schedules::most_threads);
    EXPECT_THAT(run.events, SizeIs(worker::schedules::most_events));
    for (const auto& event : run.events) EXPECT_LE(event.frame_count, worker::schedules::most_frames);
}

TEST(ARunSideBySide, has_what_was_counted) {
    const auto area = new_area();
    write_plan({.seed = {}, .is_side_by_side = true}, *area);
    EXPECT_FALSE(read_run(*area).lines) << "it hasn't ended";
    area->lines.steps = 1000;
    area->lines.uses = 1;
    area->lines.use[0].stores = 7;
    area->lines.of_all.loads[3] = {.accesses = 10, .steps = 90, .others = 20};
    const auto lines = read_run(*area).lines;
    ASSERT_TRUE(lines);
    ASSERT_THAT(lines->uses, SizeIs(1));
    EXPECT_EQ(lines->uses[0].stores, 7U);
    ASSERT_THAT(lines->of_all.loads, SizeIs(1));
    EXPECT_EQ(lines->of_all.loads[0].steps, 90);
    EXPECT_THAT(lines->of_all.stores, SizeIs(0));
}

TEST(ARunSideBySide, is_believed_only_where_it_is_possible) {
    const auto area = new_area();
    write_plan({.seed = {}, .is_side_by_side = true}, *area);
    area->lines.steps = 1000;
    area->lines.uses = UINT32_MAX;
    constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
    constexpr double infinite = std::numeric_limits<double>::infinity();
    area->lines.of_all.loads[0] = {.accesses = not_a_number, .steps = 1, .others = 1};
    area->lines.of_all.loads[1] = {.accesses = 5, .steps = infinite, .others = 1};
    area->lines.of_all.loads[2] = {.accesses = 5, .steps = 1, .others = 1};
    area->lines.of_all.loads[3] = {.accesses = 5, .steps = 9, .others = -1};
    area->lines.of_all.stores[0] = {.accesses = -5, .steps = 9, .others = 1};
    const auto lines = read_run(*area).lines;
    ASSERT_TRUE(lines);
    EXPECT_THAT(lines->uses, SizeIs(worker::schedules::most_line_uses));
    EXPECT_THAT(lines->of_all.loads, SizeIs(0));
    EXPECT_THAT(lines->of_all.stores, SizeIs(0));
}

}  // namespace
