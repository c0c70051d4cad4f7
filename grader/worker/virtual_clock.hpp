#pragma once

/// Work and span of a call that starts threads, measured on whatever core there is.
///
/// Work is the CPU time of all threads, span the longest chain of work in which each piece had to wait for
/// the one before: with enough cores a program takes its span. So work and span say how far a program can
/// scale, and neither depends on how many cores there are or what else they do. After
///   He, Leiserson, Leiserson: The Cilkview Scalability Analyzer, SPAA 2010,
/// here for threads that are started and joined by hand instead of Cilk's spawn and sync; cf. Curtsinger,
/// Berger: Coz, SOSP 2015. docs/speedup.md says it at length.
///
/// The law. Each thread has a clock: its own CPU time plus jumps. A thread starts at its creator's clock. Who
/// waited for another thread jumps to the larger of both clocks:
///   - join, to the end of the thread that was joined;
///   - a futex (std::barrier, std::latch, std::counting_semaphore, std::atomic::wait, std::future), a
///     condition variable, std::call_once: to the clock of who woke it, or ran it;
///   - a sleep or a yield: to the largest clock that any thread had at a sleep, at a yield or at its end.
///     Whoever polls waits for somebody, and nothing tells for whom.
/// A mutex orders nobody, since who came first is the scheduler's accident; but no two threads hold it at
/// once, so the span is at least the CPU time for which it was held.
///   span = max(every thread's clock when the call returns, the time held of the mutex most held)
///
/// Not seen: a thread that polls a variable without yielding, false sharing, memory bandwidth.
///
/// Threads, locks and what threads wait for are known by id or address only as long as they live: joined
/// threads, destroyed or freed objects and the stacks of ended threads are forgotten, since what has their id
/// or address next is somebody else.
///
/// It works by defining the functions of the C library that threads wait with, in front of the C library's
/// own. What they do, return and block on is unchanged. Only Linux with glibc has all that this takes, and
/// sanitizers do the same for themselves: elsewhere `available` is false and a reading is all zeros.

#include <cstdint>

#include "sanitizers.hpp"

#if defined(WORKER_ASAN) || defined(WORKER_TSAN)
#define WORKER_SANITIZER
#endif
// KIT_TESTS_VIRTUAL_CLOCK: the clock itself is looked at by a sanitizer (tests/virtual_clock_stress.cpp).
#if defined(__linux__) && defined(__GLIBC__) && !defined(KIT_NO_VIRTUAL_CLOCK) && \
    (!defined(WORKER_SANITIZER) || defined(KIT_TESTS_VIRTUAL_CLOCK))
#define WORKER_VIRTUAL_CLOCK
#endif

namespace worker::virtual_clock {

#ifdef WORKER_VIRTUAL_CLOCK
inline constexpr bool available = true;
#else
inline constexpr bool available = false;
#endif

/// Of one call, in nanoseconds of CPU time. A claim: it was made beside hostile code.
struct Reading {
    std::uint64_t span_ns = 0;
    std::uint64_t work_ns = 0;       // of all threads together
    std::uint64_t most_held_ns = 0;  // under the mutex that was held for longest
    std::uint64_t starting_ns = 0;   // in pthread_create
    std::uint64_t caller_ns = 0;     // own work of the thread that made the call
    std::uint64_t longest_ns = 0;    // own work of that other thread that worked most
    std::uint64_t threads = 0;       // that were started, or that worked though started before

    Reading& operator+=(const Reading& other);
};

/// The calling thread is about to make the call: every clock is 0.
void begin();
/// The call has returned, on the same thread.
Reading end();

}  // namespace worker::virtual_clock
