// Tests the virtual clock while many threads start, join, lock and wake at once, thousands of times. If it
// confuses threads, the heap breaks, in a plain build and under the sanitizers, or the counts are wrong.
// STRESS_ROUNDS says how often (100 of these are some 10,000 threads).

#include <gtest/gtest.h>
#include <threads.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "virtual_clock.hpp"

extern "C" void give_the_next_id_away();
extern "C" bool end_the_other();

namespace {

using worker::virtual_clock::Reading;

unsigned rounds() {
    const char* const text = std::getenv("STRESS_ROUNDS");
    const unsigned long asked = text == nullptr ? 0 : std::strtoul(text, nullptr, 10);
    return asked == 0 ? 100 : static_cast<unsigned>(asked);
}

template <class Call>
Reading reading_of(Call&& call) {
    worker::virtual_clock::begin();
    call();
    return worker::virtual_clock::end();
}

/// Starts a thread for one half, down to single leaves: one thread less than there are leaves.
void fork_join(unsigned leaves, std::atomic<unsigned>& sum) {
    if (leaves == 1) {
        ++sum;
        return;
    }
    std::thread other([&] { fork_join(leaves / 2, sum); });
    fork_join(leaves - leaves / 2, sum);
    other.join();
}

unsigned async_tree(unsigned leaves) {
    if (leaves == 1) return 1;
    auto other = std::async(std::launch::async, async_tree, leaves / 2);
    const unsigned mine = async_tree(leaves - leaves / 2);
    return mine + other.get();
}

/// Runs `body` on some threads at once, again and again on each.
template <class Body>
void from_many_threads(Body&& body) {
    constexpr unsigned callers = 8;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < callers; ++t)
        team.emplace_back([&] {
            for (unsigned i = 0; i < rounds(); ++i) body();
        });
}

constexpr unsigned leaves = 12;

TEST(VirtualClockStress, an_id_that_was_given_away_before_join_returned_is_somebody_elses) {
    const Reading reading = reading_of([] {
        give_the_next_id_away();
        std::thread([] {}).join();
        EXPECT_TRUE(end_the_other()) << "this C library didn't reuse the id: nothing was tried";
    });
    EXPECT_EQ(reading.threads, 2U);
}

TEST(VirtualClockStress, many_trees_of_threads_at_once) {
    std::atomic<unsigned> sum = 0;
    const Reading reading = reading_of([&] { from_many_threads([&] { fork_join(leaves, sum); }); });
    EXPECT_EQ(sum, 8 * rounds() * leaves);
    EXPECT_EQ(reading.threads, 8 + 8 * rounds() * (leaves - 1));
}

TEST(VirtualClockStress, many_trees_of_async_at_once) {
    std::atomic<unsigned> sum = 0;
    reading_of([&] { from_many_threads([&] { sum += async_tree(leaves); }); });
    EXPECT_EQ(sum, 8 * rounds() * leaves);
}

TEST(VirtualClockStress, calls_that_follow_each_other) {
    std::atomic<unsigned> sum = 0;
    for (unsigned i = 0; i < 2 * rounds(); ++i) {
        const Reading reading = reading_of([&] { fork_join(leaves, sum); });
        ASSERT_EQ(reading.threads, leaves - 1) << "call " << i;
    }
}

TEST(VirtualClockStress, detached_threads_and_joined_ones) {
    std::atomic<unsigned> open = 0;
    reading_of([&] {
        from_many_threads([&] {
            open += 2;
            std::thread([&] { --open; }).detach();
            std::thread late([&] { --open; });
            std::thread([] {}).join();
            late.detach();
        });
        while (open > 0) std::this_thread::yield();
    });
}

TEST(VirtualClockStress, locks_and_conditions_in_memory_that_is_used_again) {
    struct Job {
        std::mutex mutex;
        std::condition_variable changed;
        bool done = false;
    };
    reading_of([] {
        from_many_threads([] {
            const auto job = std::make_unique<Job>();
            std::latch started(1);
            std::promise<int> promise;
            std::jthread other([&] {
                std::mutex own;
                const std::lock_guard held(own);
                started.count_down();
                {
                    const std::lock_guard lock(job->mutex);
                    job->done = true;
                    job->changed.notify_one();
                }
                promise.set_value(1);
            });
            started.wait();
            std::unique_lock lock(job->mutex);
            job->changed.wait(lock, [&] { return job->done; });
            lock.unlock();
            EXPECT_EQ(promise.get_future().get(), 1);
        });
    });
}

#ifndef WORKER_TSAN  // TSan doesn't know C11 threads
TEST(VirtualClockStress, threads_that_another_function_started) {
    const auto body = [](void* mutex) {
        const std::lock_guard lock(*static_cast<std::mutex*>(mutex));
        return 0;
    };
    for (unsigned i = 0; i < 2 * rounds(); ++i) {
        const Reading reading = reading_of([&] {
            std::mutex mutex;
            thrd_t ids[4];  // NOLINT(modernize-avoid-c-arrays)
            for (thrd_t& id : ids) ASSERT_EQ(thrd_create(&id, body, &mutex), thrd_success);
            for (const thrd_t& id : ids) thrd_join(id, nullptr);
        });
        ASSERT_LE(reading.work_ns, 1'000'000'000U) << "call " << i;
    }
}
#endif

}  // namespace
