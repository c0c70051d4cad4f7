#pragma once

/// What the parent and a worker of the flavour `schedules` share about a schedule: a part of the arena,
/// behind the images. The parent writes the plan; the worker, or what is left of it, writes the rest. As
/// everywhere, the parent believes nothing that it reads here.

#include <array>
#include <cstddef>
#include <cstdint>

namespace worker::schedules {

/// At that choice (counted from 0) this thread goes on, instead of the one that would by default.
struct Deviation {
    std::uint32_t choice;
    std::uint32_t thread;
};

inline constexpr std::size_t most_threads = 128;
inline constexpr std::size_t most_choices = 20'000;  // more than that: the schedule doesn't end
inline constexpr std::size_t most_deviations = 4096;
inline constexpr std::size_t most_events = 4096;
inline constexpr std::size_t most_frames = 8;

/// With a seed, the choices are random. Without one, the schedule is the default one but for the deviations:
/// a thread goes on until it waits, yields or polls; then the next one does.
struct Plan {
    std::uint64_t seed;
    std::uint32_t is_random;
    std::uint32_t is_traced;  // whether events are recorded
    std::uint32_t deviation_count;
    std::array<Deviation, most_deviations> deviations;  // by rising choice
};

enum class Ending : std::uint32_t {
    none = 0,       // the process ended before the schedule did
    complete = 1,   // the function returned or threw
    stuck = 2,      // every thread waits
    endless = 3,    // most_choices were made
    abandoned = 4,  // more threads than most_threads: nothing is known
    outside = 5,    // an access beside the image, which the last event describes
};

/// A choice as it was made.
struct Decision {
    std::uint8_t thread;
    std::uint8_t by_default;
};

enum class EventKind : std::uint8_t {
    starts_thread = 1,  // `other`: the new thread
    ends = 2,
    joins = 3,  // `other`: the thread that had ended
    locks = 4,
    locks_shared = 5,
    unlocks = 6,
    fails_to_lock = 7,  // a try_lock, or a timed lock after its time
    waits = 8,          // and lets others go on; `wait` says for what
    goes_on = 9,        // after a wait, since `other` woke it
    times_out = 10,
    wakes_up = 11,           // for no reason, as a condition variable may
    notifies = 12,           // `value`: how many threads it woke
    loads = 13,              // `value`
    stores = 14,             // `value`
    exchanges = 15,          // `before` → `value`
    fails_to_exchange = 16,  // compare_exchange: it found `before`
    yields = 17,
    sleeps = 18,  // `value` nanoseconds
    reads_outside = 19,
    writes_outside = 20,
};

/// What a thread waits for.
enum class WaitKind : std::uint8_t {
    none = 0,
    mutex = 1,
    shared_mutex = 2,
    condition = 3,
    futex = 4,  // an atomic's wait, and what is made of that: latch, barrier, semaphore, future
    thread = 5,
    once = 6,
    semaphore = 7,
    barrier = 8,
    time = 9,
};

struct Event {
    EventKind kind;
    WaitKind wait;
    std::uint8_t thread;
    std::uint8_t other;
    std::uint32_t choice;  // number of choices made before
    std::uint64_t object;  // its address
    std::uint64_t value;
    std::uint64_t before;
    std::uint32_t bytes;  // of the object, for atomics
    std::uint32_t frame_count;
    std::array<std::uint64_t, most_frames> frames;  // return addresses, the innermost first
};

struct Area {
    Plan plan;
    // Results:
    Ending ending;
    std::uint32_t choices;
    std::uint32_t events;           // may be more than most_events: then the last of them aren't recorded
    std::uint32_t threads;          // that took part, with the caller
    std::uint64_t program_address;  // where the program's file is mapped
    std::array<Decision, most_choices> decisions;
    std::array<Event, most_events> event;
};

}  // namespace worker::schedules
