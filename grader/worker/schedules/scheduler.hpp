#pragma once

/// Runs a program's threads one at a time, and chooses at each step which one goes on. So a schedule that
/// shows a mistake can be looked for, and found again.
///
/// The model. A thread runs alone from one choice to the next. There is a choice
///   - before each atomic operation and each fence of the instrumented code,
///   - before each lock, unlock, wait, notification, start, join, yield, sleep and look at a clock,
///   - after an unlock, and after a thread was started.
/// Between two choices nothing else happens, so all operations are seen in one order by all threads: memory
/// is sequentially consistent, weaker orders aren't explored. Data races are not choices: ThreadSanitizer
/// looks for them.
///
/// Waits are modelled, no thread really blocks in one: a mutex goes to any of those that want it; a
/// notification wakes any of those that wait; a time-out shorter than a second may come at any choice, a
/// longer one only when no thread can run. A condition variable may wake up for no reason, once in a
/// schedule. Time passes by choices and jumps when all threads sleep, so a sleep costs nothing.
///
/// A thread that yields, sleeps or polls lets others go first for a while. If no thread can run, the schedule
/// is stuck: a deadlock. After most_choices it is endless. In a long schedule any thread goes on, so threads
/// that back off from each other don't do so for ever.
///
/// Side by side, there are no choices: the thread goes on that has taken the fewest steps (cache_lines.hpp),
/// as if each had a core of its own. Or, timed, the one whose clock is behind; a clock is the thread's CPU
/// time, and what waits for another thread, polls included, goes on no earlier than that one let it.
///
/// Random choices are of four kinds, by the seed: a random thread at each choice, or at some; the same, but
/// one thread is held up for long somewhere; and threads with random priorities, of which a few change on the
/// way, after
///   Burckhardt, Kothari, Musuvathi, Nagarakatte: A Randomized Scheduler with Probabilistic Guarantees of
///   Finding Bugs, ASPLOS 2010.
/// cf. Musuvathi, Qadeer: Fair Stateless Model Checking, PLDI 2008 (yields); Shuttle and Loom (Rust).

#include <pthread.h>

#include <atomic>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <vector>

#include "schedules/area.hpp"
#include "schedules/cache_lines.hpp"

namespace worker::schedules {

using Nanoseconds = std::int64_t;

enum class Woken { by_thread, by_time, for_no_reason };

struct Thread {
    enum class State { ready, waiting, ended };
    unsigned number = 0;  // 0: the caller
    State state = State::ready;
    std::atomic<int> turn = 0;  // 1: it may go on
    pthread_t id{};
    bool is_detached = false;
    void* (*routine)(void*) = nullptr;
    void* argument = nullptr;
    // While it waits:
    const void* object = nullptr;
    WaitKind wait = WaitKind::none;
    std::optional<Nanoseconds> deadline{};
    Woken woken = Woken::by_thread;
    unsigned woken_by = 0;
    // For fairness:
    std::uint32_t behind_until = 0;  // it lets others go first until then; a number of choices
    unsigned yields = 0;             // in a row
    std::uint64_t priority = 0;
    LinesOfThread* lines = nullptr;  // side by side; its steps are ns if the run is timed
    Nanoseconds cpu_at_resumption = 0;
    // Timed, what it reads again and again:
    const void* polled = nullptr;
    std::uint64_t polled_value = 0;
    std::uint64_t polled_at = 0;  // its clock
    unsigned polls = 0;           // in a row
};

/// Whether choices are made now, for the calling thread.
bool is_active();
/// Whether the threads run side by side instead.
bool is_side_by_side();

/// Where the calling thread's operations are choices.
void choose();
/// The same for one that polls: a yield, a sleep or a look at a clock.
void choose_as_poller(Nanoseconds sleep = 0);

/// Blocks the calling thread until another one wakes it, its time is over, or, for a condition variable, for
/// no reason.
Woken wait_for(const void* object, WaitKind kind, std::optional<Nanoseconds> deadline = {});
/// Wakes the thread, which goes on at a later choice.
void wake(Thread& thread);
/// Wakes up to `most` threads that wait for the object, which ones is a choice. Returns how many.
unsigned wake_some(const void* object, WaitKind kind, unsigned most);

/// Side by side: the calling thread has taken the steps of its turn.
void end_turn();

/// Timed: the calling thread has read this value of an atomic. If it does so again and again, it waits until
/// another thread changes the value, and true is returned.
bool poll(const void* object, std::uint64_t value);
/// The calling thread has changed the value of an atomic.
void notice_change(const void* object);
/// Timed: the calling thread has just started this one.
void notice_start(Thread& thread);

Thread& self();
/// Makes the record of a thread that is about to start; nullptr if there are too many.
Thread* add_thread();
/// To be called by the new thread: waits for its first turn. Its end is noticed by itself.
void take_part(Thread& thread);
/// The thread with this id that can still be joined, or nullptr.
Thread* find_thread(pthread_t id);
void forget(Thread& thread);

Nanoseconds now();
void pass(Nanoseconds time);

/// Records what the calling thread did, if the schedule is traced.
struct Happened {
    EventKind kind;
    const void* object = nullptr;
    std::uint64_t value = 0;
    std::uint64_t before = 0;
    std::uint32_t bytes = 0;
    WaitKind wait = WaitKind::none;
    unsigned other = 0;
};
void record(const Happened& happened);

/// Ends the schedule if the access is in the arena and outside of the image.
void check_access(const void* address, std::size_t bytes, bool is_write);

/// Called when the schedule can't go on. It doesn't return.
using GiveUp = void (*)(Ending ending);

/// The calling thread becomes thread 0. The area's plan is followed. Between `arena` and the area only the
/// images may be accessed; nullptr: there is no arena.
void begin(Area& area, const char* arena, GiveUp give_up);
/// The function is called with this image now.
void set_image(const void* image, std::size_t bytes);
/// The function has returned. Lets the other threads go on until none can, or for a while.
void end();

}  // namespace worker::schedules
