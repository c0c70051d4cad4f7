#pragma once

/// Reads the reports of AddressSanitizer, UndefinedBehaviorSanitizer, ThreadSanitizer and the harness's
/// terminate handler about a student's code.
///
/// The text is untrusted: it may be cut anywhere and hold anything. Nothing here throws because of it, takes
/// longer than linear time, or trusts a number in it. Every string that is returned is printable ASCII (other
/// bytes become '?') of at most 500 bytes; it still has to be escaped for HTML and the like.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

struct SourceLocation {
    std::string file;      // as in the debug info; the student's file as given to read_sanitizer_report
    int line = 0;          // 0: unknown, as for instructions that clang moved or merged
    std::string function;  // demangled, or empty

    friend bool operator==(const SourceLocation&, const SourceLocation&) = default;
};

struct Access {
    bool is_write = false;
    bool is_atomic = false;
    bool releases_in_library = false;  // libstdc++ destroys an object, perhaps an exception
    std::size_t bytes = 0;
    std::uint64_t address = 0;            // in the worker; the parent knows where the image is mapped
    std::optional<SourceLocation> where;  // the innermost frame in the student's file
    std::string calls;   // the library function, called at `where`, that made the access; empty: `where` did
    std::string thread;  // "main thread", "thread 2"
};

struct SanitizerFinding {
    enum class Kind {
        race,          // a data race, nothing else
        memory_error,  // from ASan, UBSan or a failed assertion of the standard library
        crash,         // a signal: SEGV, FPE, ILL, BUS, ABRT; the stack is exhausted
        out_of_memory,
        thread_misuse,  // a mutex unlocked twice, lock order, a thread never joined: a remark, not a verdict
        terminated,     // std::terminate; `what` is "no exception" or "type: message"
        unavailable,    // the sanitizer itself couldn't run; nothing is known about the program
    };

    Kind kind = Kind::race;
    std::string what;              // "data race", "heap-buffer-overflow", "signed integer overflow: …"
    std::vector<Access> accesses;  // race: the later one first; ASan: at most one
    std::optional<SourceLocation> where;  // the innermost frame in the student's file
    std::string object;  // "global 'counter'", "stack of main thread", "heap block of size 8",
                         // "0 bytes to the right of 32-byte region", "variable 'sums' (line 4)"
};

/// The frames (inlined ones, innermost first) at an offset in a module; empty if unknown. `module` is as in
/// the report, where TSan prints the executable's name without its folder. Both are untrusted.
using Symbolizer = std::function<std::vector<SourceLocation>(std::string_view module, std::uint64_t offset)>;

/// Reads the output of `addr2line -Cfi -e module offset`.
std::vector<SourceLocation> read_addr2line_output(std::string_view text);

/// The findings in the order in which they were reported. `student_file` is relative ("01_slow_thing/
/// parallel.cpp"); a frame is in it if its path equals that, or ends with "/" and that. `symbolize`, which
/// may be empty, is asked at most 200 times, and only for frames without a location.
///
/// Memory leaks are left out, and so are races inside std::atomic<std::shared_ptr>, which libstdc++ 12
/// unlocks in a way that TSan doesn't understand.
std::vector<SanitizerFinding> read_sanitizer_report(std::string_view text, std::string_view student_file,
                                                    const Symbolizer& symbolize);

/// How many reports of ThreadSanitizer begin in the text, whatever they say.
std::size_t thread_sanitizer_reports(std::string_view text);

struct Unsupported {
    std::string_view symbol;
    std::string_view reason;
    bool only_of_released = false;  // only races with an access that releases_in_library
    bool in_library = false;        // what nobody sees happens there: the schedules don't know it either
};

/// A race found in a program whose object file has one of these undefined symbols is no evidence: TSan
/// doesn't understand it, and the verdict is "not checked". docs/install.md lists the compilers.
inline constexpr std::array symbols_unsupported_by_tsan{
    Unsupported{.symbol = "_ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv",
                .reason = "set_value_at_thread_exit: the C++ library makes the value ready, unseen by TSan",
                .in_library = true},
    Unsupported{"__tsan_atomic_thread_fence",
                "std::atomic_thread_fence: TSan doesn't see the order that a fence gives"},
    Unsupported{
        "pthread_mutex_clocklock",
        "std::timed_mutex::try_lock_for and try_lock_until: TSan doesn't see that the mutex is locked"},
    Unsupported{"pthread_rwlock_clockrdlock",
                "std::shared_timed_mutex::try_lock_shared_for: TSan doesn't see that the mutex is locked"},
    Unsupported{"pthread_rwlock_clockwrlock",
                "std::shared_timed_mutex::try_lock_for: TSan doesn't see that the mutex is locked"},
    // These belong to std::exception_ptr, also in promises and futures. The last thread that holds an
    // exception destroys it. A counter in libstdc++.so, whose code TSan doesn't see, orders this after the
    // others.
    Unsupported{"_ZSt17current_exceptionv",
                "an exception handed to another thread: TSan doesn't see who holds it last", true},
    Unsupported{"__cxa_init_primary_exception",
                "an exception handed to another thread: TSan doesn't see who holds it last", true},
};

/// Why this race is no evidence in a program whose object imports these symbols; null if it is evidence.
const Unsupported* why_no_evidence(const SanitizerFinding& race, const std::vector<std::string>& imports);

}  // namespace grader
