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
/// a thread goes on until it waits, yields or polls; then the next one does. Side by side, the threads go on
/// as if each had a core, and what they do to cache lines is counted (cache_lines.hpp) or, if the run is
/// timed, how long that would take.
struct Plan {
    std::uint64_t seed;
    std::uint32_t is_random;
    std::uint32_t is_side_by_side;
    std::uint32_t is_timed;
    std::uint32_t cost_of_start;  // in thousandths: the time to start a thread counts that much
    std::uint32_t is_traced;      // whether events are recorded
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

/// What one thread did with a line that other threads used at the same time, without sharing bytes with them.
struct LineUse {
    std::uint64_t line;          // its address / bytes_of_line
    std::uint64_t loads;         // of bytes that no other thread stores to, while another one stores
    std::uint64_t stores;        // to bytes that no other thread uses, while another one uses the line
    std::uint64_t loaded_bytes;  // a bit for each byte of the line
    std::uint64_t stored_bytes;
    std::uint64_t where;  // return address of the store that uses it the most, or of a load if there is none
    std::uint32_t thread;
    std::uint32_t reserved;
};

/// Accesses to lines that other threads use meanwhile, of all lines where the thread comes back as soon.
struct Rhythm {
    double accesses;
    double steps;   // of the thread, from one access to a line to its next one: all of them together
    double others;  // of the threads that use the line meanwhile, for each access: all of them together
};

inline constexpr std::size_t most_rhythms = 40;  // by the logarithm of the steps between two accesses

struct Rhythms {
    std::array<Rhythm, most_rhythms> loads;   // while others store
    std::array<Rhythm, most_rhythms> stores;  // while others load or store
};

inline constexpr std::size_t bytes_of_line = 64;
inline constexpr std::size_t most_line_uses = 512;

struct CacheLines {
    std::uint64_t steps;  // of the thread that took the most; 0: the call didn't end
    std::uint32_t uses;   // at most most_line_uses, those with the most loads and stores
    std::uint32_t reserved;
    std::array<LineUse, most_line_uses> use;
    Rhythms of_all;
    std::array<Rhythms, most_threads> of_thread;  // of the first threads
};

/// Two accesses to the same bytes that nothing orders.
struct Race {
    std::uint32_t thread_before;
    std::uint32_t thread;
    std::uint64_t where_before;  // return addresses; 0: an atomic operation
    std::uint64_t where;
};

struct Area {
    Plan plan;
    // Results:
    Ending ending;
    std::uint32_t choices;
    std::uint32_t events;           // may be more than most_events: then the last of them aren't recorded
    std::uint32_t threads;          // that took part, with the caller
    std::uint32_t races;            // that were seen until the function returned (races.hpp)
    Race race;                      // the first of them
    std::uint32_t told;             // times that a thread yielded, slept, or read what another one had stored
    std::uint64_t program_address;  // where the program's file is mapped
    std::array<Decision, most_choices> decisions;
    std::array<Event, most_events> event;
    CacheLines lines;       // of a plan whose threads run side by side and aren't timed
    std::uint64_t span_ns;  // of the call, with a core for each thread; 0: not timed, or it didn't end
    std::uint64_t work_ns;  // of all threads, without their waits
};

}  // namespace worker::schedules
