#include "check/schedule_in_words.hpp"

#include <gmock/gmock.h>

#include <initializer_list>

namespace {

using grader::ScheduleRun;
using grader::Story;
using grader::story_of;
using grader::Symptom;
using testing::ElementsAre;
using testing::HasSubstr;
using worker::schedules::Ending;
using worker::schedules::Event;
using worker::schedules::EventKind;
using worker::schedules::WaitKind;

constexpr const char* source = "first\nsecond\nthird\nfourth\n";

/// What a thread did to an object; its line is the first frame.
struct Did {
    unsigned thread;
    EventKind kind;
    std::uint64_t object = 0;
    std::uint64_t value = 0;
    WaitKind wait = WaitKind::none;
    int line = 1;
};

/// One event for each choice. The switches are to the threads of these events.
ScheduleRun run_of(std::initializer_list<Did> events, std::initializer_list<std::uint32_t> switches,
                   Ending ending = Ending::complete) {
    ScheduleRun run;
    run.ending = ending;
    std::uint32_t choice = 0;
    for (const Did& did : events) {
        Event event{};
        event.kind = did.kind;
        event.wait = did.wait;
        event.thread = static_cast<std::uint8_t>(did.thread);
        event.choice = ++choice;
        event.object = did.object;
        event.value = did.value;
        event.bytes = sizeof(int);
        event.frame_count = 1;
        event.frames.at(0) = static_cast<std::uint64_t>(did.line) + 1;
        run.events.push_back(event);
    }
    for (const std::uint32_t number : switches)
        run.deviations.push_back({number, run.events.at(number).thread});
    return run;
}

Story told(const ScheduleRun& run) {
    return story_of(
        run,
        [](const std::vector<std::uint64_t>& offsets) {
            std::map<std::uint64_t, int> lines;
            for (const std::uint64_t offset : offsets) lines[offset] = static_cast<int>(offset);
            return lines;
        },
        source);
}

TEST(AStory, of_a_lost_update_has_the_steps_around_the_switch) {
    const Story story = told(run_of({{1, EventKind::loads, 8, 5, WaitKind::none, 2},
                                     {2, EventKind::loads, 8, 5, WaitKind::none, 2},
                                     {2, EventKind::stores, 8, 6, WaitKind::none, 3},
                                     {1, EventKind::stores, 8, 6, WaitKind::none, 3}},
                                    {1}));
    EXPECT_EQ(story.symptom, Symptom::stale_store);
    EXPECT_EQ(
        story.text,
        "Thread 1 reads 5 (line 2). Thread 2 reads 5 (line 2), then writes 6 (line 3). Thread 1 writes 6 "
        "(line 3). Line 2: `second` Line 3: `third`");
    ASSERT_EQ(story.steps.size(), 4U);
    EXPECT_FALSE(story.steps[0].is_switch);
    EXPECT_TRUE(story.steps[1].is_switch);
}

TEST(AStory, leaves_out_what_only_one_thread_has_to_do_with) {
    const Story story = told(run_of({{1, EventKind::stores, 100, 1},
                                     {1, EventKind::loads, 8, 5},
                                     {2, EventKind::stores, 8, 6},
                                     {1, EventKind::loads, 8, 6}},
                                    {2}));
    std::vector<std::string> steps;
    for (const auto& step : story.steps) steps.push_back(step.what);
    EXPECT_THAT(steps, ElementsAre("reads 5", "writes 6", "reads 6"));
    EXPECT_EQ(story.symptom, std::nullopt);
}

TEST(AStory, of_a_test_that_is_no_longer_true) {
    EXPECT_EQ(told(run_of({{1, EventKind::loads, 8, 3},
                           {2, EventKind::exchanges, 8, 4},
                           {1, EventKind::exchanges, 8, 5}},
                          {1}))
                  .symptom,
              Symptom::stale_test);
    EXPECT_EQ(told(run_of({{1, EventKind::locks, 8},
                           {1, EventKind::unlocks, 8},
                           {2, EventKind::locks, 8},
                           {2, EventKind::unlocks, 8},
                           {1, EventKind::locks, 8}},
                          {2}))
                  .symptom,
              Symptom::stale_test);
}

TEST(AStory, of_a_deadlock_says_who_holds_what_and_waits_for_what) {
    const Story story = told(run_of({{1, EventKind::locks, 8},
                                     {2, EventKind::locks, 16},
                                     {2, EventKind::waits, 8, 0, WaitKind::mutex},
                                     {1, EventKind::waits, 16, 0, WaitKind::mutex}},
                                    {1}, Ending::stuck));
    EXPECT_EQ(story.symptom, Symptom::lock_ring);
    EXPECT_THAT(story.text, HasSubstr("waits for the mutex that thread 1 holds"));
    EXPECT_THAT(story.text, HasSubstr("waits for the mutex that thread 2 holds"));
}

TEST(AStory, of_a_mutex_that_its_own_thread_waits_for_is_no_ring) {
    EXPECT_EQ(told(run_of({{1, EventKind::locks, 8}, {1, EventKind::waits, 8, 0, WaitKind::mutex}}, {},
                          Ending::stuck))
                  .symptom,
              std::nullopt);
}

TEST(AStory, of_a_notification_that_comes_before_the_wait) {
    EXPECT_EQ(told(run_of({{1, EventKind::notifies, 8, 0}, {0, EventKind::waits, 8, 0, WaitKind::condition}},
                          {0}, Ending::stuck))
                  .symptom,
              Symptom::notified_too_early);
}

TEST(AStory, of_a_notification_that_wakes_another_thread) {
    EXPECT_EQ(told(run_of({{1, EventKind::waits, 8, 0, WaitKind::condition},
                           {2, EventKind::waits, 8, 0, WaitKind::condition},
                           {0, EventKind::notifies, 8, 1},
                           {1, EventKind::goes_on, 8, 0, WaitKind::condition}},
                          {}, Ending::stuck))
                  .symptom,
              Symptom::notified_too_few);
}

}  // namespace
