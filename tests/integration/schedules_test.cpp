// Tests the scheduler of the flavour `schedules` with real programs: how long their threads take side by
// side, and which races it sees.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "run/worker_process.hpp"
#include "toy_builder.hpp"

namespace grader {
namespace {

constexpr Limits limits{
    .cpu_s = 60, .idle_s = 60, .wall_s = 240, .memory_mb = 1024, .threads = 64, .output_kb = 8};
constexpr Shape shape{2, 3};

/// toy::parallel with this body, which may call work() for some ms of CPU time.
std::string parallel(const std::string& body) {
    return "#include \"toy.hpp\"\n#include <shared_mutex>\n"
           "namespace {\n"
           "thread_local volatile double sink = 0;\n"
           "void work() { double sum = 0; for (int i = 0; i < 3'000'000; ++i) sum += i; sink = sum; }\n"
           "}\n"
           "void toy::parallel(kit::Image&, unsigned threads) {\n"
           "std::vector<std::jthread> team;\n" +
           body + "\n}\n";
}

ScheduleRun run(const std::string& body, unsigned threads, const Plan& plan) {
    const Lesson& lesson = toy::lesson();
    const Built built =
        toy::builder().start(lesson, lesson.version("parallel"), Flavour::schedules, parallel(body)).get();
    if (!built.program) throw std::runtime_error(built.diagnostics);
    Worker worker({.program = *built.program,
                   .flavour = Flavour::schedules,
                   .limits = limits,
                   .arena_pixels = 2 * shape.pixels()});
    CallResult result = worker.scheduled_call(shape, 1, threads, plan);
    EXPECT_EQ(result.end, CallResult::End::done);
    return result.schedule;
}

// ---- Side by side. The bounds leave room for threads whose CPU time differs.

/// How many threads are at work at a time.
double at_work(const std::string& body, unsigned threads) {
    Plan plan;
    plan.is_side_by_side = plan.is_timed = true;
    const ScheduleRun timed = run(body, threads, plan);
    if (!timed.timed) {
        ADD_FAILURE() << "not timed";
        return 0;
    }
    return timed.timed->work_s / timed.timed->span_s;
}

TEST(SideBySide, threads_that_need_nobody_all_work_at_a_time) {
    const double count = at_work("for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);", 6);
    EXPECT_GT(count, 3);
    EXPECT_LE(count, 6);
}

TEST(SideBySide, yields_let_nobody_wait) {
    EXPECT_GT(at_work("for (unsigned t = 0; t < threads; ++t) team.emplace_back([] {"
                      "    for (int i = 0; i < 4; ++i) { work(); std::this_thread::yield(); } });",
                      6),
              3);
}

TEST(SideBySide, as_many_work_at_a_time_as_there_are_tokens) {
    const double count = at_work(
        "std::counting_semaphore<> tokens(2);"
        "for (unsigned t = 0; t < threads; ++t) {"
        "    tokens.acquire();"
        "    team.emplace_back([&] { work(); tokens.release(); });"
        "}"
        "team.clear();",
        8);
    EXPECT_GT(count, 1.3);
    EXPECT_LE(count, 2.1);
}

TEST(SideBySide, who_polls_waits_for_the_one_that_changes_the_value) {
    EXPECT_LT(at_work("std::atomic<unsigned> turn = 0;"
                      "for (unsigned t = 0; t < threads; ++t) team.emplace_back([&, t] {"
                      "    while (turn != t) {}"
                      "    work();"
                      "    turn = t + 1; });"
                      "team.clear();",
                      5),
              1.3);
}

TEST(SideBySide, the_end_of_a_thread_is_not_seen_before_its_time) {
    EXPECT_LT(at_work("for (unsigned t = 0; t < threads; ++t) std::jthread(work).join();", 5), 1.3);
    EXPECT_LT(at_work("for (unsigned t = 0; t < threads; ++t) {"
                      "    std::promise<void> done;"
                      "    std::jthread one([&] { work(); done.set_value(); });"
                      "    done.get_future().wait(); }",
                      5),
              1.3);
}

TEST(SideBySide, a_barrier_after_each_piece_costs_little) {
    EXPECT_GT(at_work("std::barrier together(threads);"
                      "for (unsigned t = 0; t < threads; ++t) team.emplace_back([&] {"
                      "    for (int i = 0; i < 4; ++i) { work(); together.arrive_and_wait(); } });"
                      "team.clear();",
                      6),
              3);
}

// ---- Races

std::uint32_t races(const std::string& body) {
    return run(body, 3, {}).races;
}

TEST(ARaceOfASchedule, is_an_access_that_nothing_orders) {
    EXPECT_GT(races("int sum = 0; for (unsigned t = 0; t < threads; ++t) team.emplace_back([&] { ++sum; });"
                    "team.clear();"),
              0U);
    EXPECT_EQ(
        races("std::atomic<int> sum = 0;"
              "for (unsigned t = 0; t < threads; ++t) team.emplace_back([&] { ++sum; }); team.clear();"),
        0U);
    EXPECT_EQ(races("std::vector<int> sums(threads);"
                    "for (unsigned t = 0; t < threads; ++t) team.emplace_back([&, t] { ++sums[t]; });"
                    "team.clear(); sums[0] += sums[1];"),
              0U);
}

TEST(ARaceOfASchedule, is_none_under_a_lock_of_any_kind) {
    EXPECT_EQ(races("std::mutex mutex; int sum = 0;"
                    "for (unsigned t = 0; t < threads; ++t)"
                    "    team.emplace_back([&] { const std::lock_guard lock(mutex); ++sum; });"
                    "team.clear();"),
              0U);
    EXPECT_EQ(races("std::timed_mutex mutex; int sum = 0;"
                    "for (unsigned t = 0; t < threads; ++t) team.emplace_back([&] {"
                    "    while (!mutex.try_lock_for(std::chrono::milliseconds(9))) {}"
                    "    ++sum; mutex.unlock(); });"
                    "team.clear();"),
              0U);
    EXPECT_EQ(races("std::shared_mutex mutex; int sum = 0;"
                    "for (unsigned t = 0; t < threads; ++t) team.emplace_back([&] {"
                    "    { const std::lock_guard lock(mutex); ++sum; }"
                    "    const std::shared_lock lock(mutex); sink = sum; });"
                    "team.clear();"),
              0U);
    EXPECT_GT(races("std::shared_mutex mutex; int sum = 0;"
                    "for (unsigned t = 0; t < threads; ++t)"
                    "    team.emplace_back([&] { const std::shared_lock lock(mutex); ++sum; });"
                    "team.clear();"),
              0U);
}

TEST(ARaceOfASchedule, goes_by_the_memory_orders_of_the_program) {
    const auto publishes = [](const std::string& store, const std::string& load) {
        return "int value = 0; std::atomic<bool> ready = false;"
               "team.emplace_back([&] { value = 1; " +
               store + " });" + load + " if (ready) sink = value; team.clear();";
    };
    const std::string wait_acquiring =
        "while (!ready.load(std::memory_order_acquire)) std::this_thread::yield();";
    const std::string wait_relaxed =
        "bool seen = false; while (!seen) { seen = ready.load(std::memory_order_relaxed);"
        " std::this_thread::yield(); } ";
    const auto relaxed = [](const std::string& before) {
        return before + "ready.store(true, std::memory_order_relaxed);";
    };
    const std::string use = "int value = 0; std::atomic<bool> ready = false;";
    EXPECT_EQ(races(publishes("ready.store(true, std::memory_order_release);", wait_acquiring)), 0U);
    EXPECT_GT(races(publishes(relaxed(""), wait_acquiring)), 0U);
    const std::string fenced = "std::atomic_thread_fence(std::memory_order_release);";
    EXPECT_EQ(races(use + "team.emplace_back([&] { value = 1; " + relaxed(fenced) + " });" + wait_relaxed +
                    "std::atomic_thread_fence(std::memory_order_acquire); sink = value; team.clear();"),
              0U);
    EXPECT_GT(races(use + "team.emplace_back([&] { value = 1; " + relaxed("") + " });" + wait_relaxed +
                    "std::atomic_thread_fence(std::memory_order_acquire); sink = value; team.clear();"),
              0U);
    EXPECT_GT(races(use + "team.emplace_back([&] { value = 1; " + relaxed(fenced) + " });" + wait_relaxed +
                    "sink = value; team.clear();"),
              0U);
}

TEST(ARaceOfASchedule, is_none_in_memory_that_is_used_again) {
    EXPECT_EQ(races("for (unsigned t = 0; t < threads; ++t)"
                    "    team.emplace_back([] { delete new int(1); });"
                    "team.clear();"),
              0U);
    EXPECT_EQ(races("for (unsigned t = 0; t < threads; ++t) std::thread([] { int here = 0; sink = *&here; "
                    "}).join();"),
              0U);
    EXPECT_EQ(races("const auto value = [] { static const std::vector<int> kept(3, 7); return kept[1]; };"
                    "for (unsigned t = 0; t < threads; ++t) team.emplace_back([&] { sink = value(); });"
                    "team.clear();"),
              0U);
}

}  // namespace
}  // namespace grader
