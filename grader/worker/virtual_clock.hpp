#pragma once

/// Work and span of a call that starts threads, measured on whatever cores there are.
///
/// Work is the CPU time of all threads. Span is the longest chain of work in which each piece had to wait for
/// the one before; with enough cores, a program takes as long as its span. So work and span say how far a
/// program can scale, and neither depends on how many cores there are or what else they do. After
///   He, Leiserson, Leiserson: The Cilkview Scalability Analyzer, SPAA 2010,
/// here for threads that are started and joined by hand instead of Cilk's spawn and sync; cf. Curtsinger,
/// Berger: Coz, SOSP 2015. docs/speedup.md explains it at length.
///
/// The law. Each thread has a clock: its own CPU time plus jumps. A thread starts at its creator's clock. A
/// thread that waited for another jumps to the larger of both clocks:
///   - join, to the end of the thread that was joined;
///   - a futex (std::barrier, std::latch, std::counting_semaphore, std::atomic::wait, std::future), a
///     condition variable, std::call_once: to the clock of the thread that woke it, or ran it;
///   - a token of a POSIX semaphore, to the clock at which it was put there, also if it needn't be waited
///   for;
///   - a POSIX barrier, to the largest clock with which a thread came to this meeting;
///   - a sleep, a yield, a read() or a poll(): to the largest clock that any thread had at one of these, at a
///     write() or at its end.
///     A thread that polls waits for some other, and nothing tells for which.
/// A mutex orders no threads, since which came first is the scheduler's accident; but no two hold it at once.
/// So a thread that takes it at a time at which others held it, by the clocks of all, jumps to the end of
/// theirs; and the span is at least the CPU time for which it was held. Likewise for a shared lock, whose
/// readers hold it together.
///   span = max(every thread's clock when the call returns, the time held of the mutex most held)
///
/// Not seen: a thread that polls a variable without yielding, false sharing, memory bandwidth.
///
/// Threads, locks and the objects that threads wait for are known by id or address only while they live:
/// joined threads, destroyed or freed objects and the stacks of ended threads are forgotten, since their id
/// or address may soon belong to something else.
///
/// It works by defining the C library's functions that threads wait with, which hides the C library's own.
/// What they do, return and block on is unchanged. This takes Linux with glibc, and no sanitizer, since these
/// hide the same functions; elsewhere `available` is false and a reading is all zeros.

#include <cstdint>

#include "sanitizers.hpp"

#if defined(WORKER_ASAN) || defined(WORKER_TSAN)
#define WORKER_SANITIZER
#endif
// KIT_TESTS_VIRTUAL_CLOCK: a sanitizer tests the clock itself (tests/virtual_clock_stress.cpp).
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

/// Measurements of one call, in nanoseconds of CPU time. Only a claim: hostile code runs in the same process.
struct Reading {
    std::uint64_t span_ns = 0;
    std::uint64_t work_ns = 0;       // of all threads together
    std::uint64_t most_held_ns = 0;  // under the mutex that was held longest
    std::uint64_t starting_ns = 0;   // in pthread_create
    std::uint64_t caller_ns = 0;     // own work of the thread that made the call
    std::uint64_t longest_ns = 0;    // own work of the other thread that worked most
    std::uint64_t threads = 0;       // that were started during the call

    Reading& operator+=(const Reading& other);
};

/// To be called just before the call, on the same thread: sets every clock to 0.
void begin();
/// To be called after the call has returned, on the same thread.
Reading end();

}  // namespace worker::virtual_clock
