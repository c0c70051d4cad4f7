#pragma once

/// The calling thread's CPU time, mostly read without entering the kernel, which takes ten times as long.
///
/// While a thread stays on its CPU, its CPU time passes as fast as the monotonic clock, which is read in user
/// space. Restartable sequences tell whether it stayed (rseq(2), Linux 4.18): a thread may name a sequence of
/// instructions, and a kernel that has let another thread run meanwhile clears that name if it finds the
/// thread outside the sequence. The sequence named here is empty.
///
/// Every read asks the kernel where the C library registers no struct rseq (glibc before 2.35, or told not
/// to) and where the kernel was seen not to clear the name (from Linux 6.19 on, none does after a system
/// call).

#include <time.h>

#include <atomic>
#include <cstdint>

#if __has_include(<sys/rseq.h>) && defined(__has_builtin)
#if __has_builtin(__builtin_thread_pointer)
#define WORKER_RSEQ
#include <sys/rseq.h>

#include <cstddef>
#endif
#endif

namespace worker::own_cpu_clock {

/// After asking the kernel, a thread doesn't ask again for this long. This also bounds how long time is
/// counted that the kernel wouldn't count (interrupts, time that a hypervisor gives to others).
inline constexpr std::int64_t asks_again_after_ns = 1'000'000;

inline std::int64_t read_ns(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    constexpr std::int64_t ns_in_s = 1'000'000'000;
    return time.tv_sec * ns_in_s + time.tv_nsec;
}

/// The calling thread's CPU time as the kernel says it.
inline std::int64_t exactly_now_ns() {
    return read_ns(CLOCK_THREAD_CPUTIME_ID);
}

#ifdef WORKER_RSEQ

namespace detail {

/// The kernel expects the signature in front of the sequence's abort handler. It never runs the handler.
struct Landing {
    std::uint32_t signature = RSEQ_SIG;
    std::uint32_t handler = 0;
};
inline constinit Landing landing;
inline constinit rseq_cs empty_sequence{};
inline constinit bool is_prepared = false;
inline constinit std::atomic<bool> kernel_tells = false;

/// The kernel's last answer, and when it was given.
struct Known {
    std::int64_t cpu_ns;
    std::int64_t monotonic_ns;
};
inline constinit thread_local Known known{};

inline volatile std::uint64_t& named_sequence() {
    auto* const area = static_cast<char*>(__builtin_thread_pointer()) + __rseq_offset;
    return *reinterpret_cast<volatile std::uint64_t*>(area + offsetof(rseq, rseq_cs));
}

inline void name_sequence() {
    named_sequence() = reinterpret_cast<std::uintptr_t>(&empty_sequence);
}

/// Whether the thread has stayed on its CPU since it named the sequence.
inline bool has_stayed() {
    return named_sequence() == reinterpret_cast<std::uintptr_t>(&empty_sequence);
}

}  // namespace detail

/// Finds out whether the kernel clears the name, which counts only if it does so in every try. The first call
/// sleeps for some milliseconds. Before it, every read asks the kernel.
inline void prepare() {
    using namespace detail;
    if (is_prepared || __rseq_size == 0) return;
    is_prepared = true;
    empty_sequence.abort_ip = reinterpret_cast<std::uintptr_t>(&landing.handler);
    constexpr int tries = 10;
    int told = 0;
    for (int i = 0; i < tries; ++i) {
        name_sequence();
        // If this is shorter, a slow machine's timer may fire before the thread is off its CPU.
        constexpr timespec moment{.tv_sec = 0, .tv_nsec = 500'000};
        nanosleep(&moment, nullptr);
        if (!has_stayed()) ++told;
    }
    kernel_tells = told == tries;
}

inline std::int64_t now_ns() {
    using namespace detail;
    if (!kernel_tells.load(std::memory_order_acquire)) return exactly_now_ns();
    const std::int64_t since_ns = read_ns(CLOCK_MONOTONIC) - known.monotonic_ns;
    if (since_ns < asks_again_after_ns && has_stayed()) return known.cpu_ns + since_ns;
    name_sequence();  // before both reads: they belong together if the name is still there later
    known.cpu_ns = exactly_now_ns();
    known.monotonic_ns = read_ns(CLOCK_MONOTONIC);
    return known.cpu_ns;
}

#else

inline void prepare() {}
inline std::int64_t now_ns() {
    return exactly_now_ns();
}

#endif

}  // namespace worker::own_cpu_clock
