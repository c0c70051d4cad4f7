#pragma once

/// What the kernel says about a process. Where a system doesn't say it, the answer is empty.

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace sandbox {

/// CPU time of all threads of the process so far, user and system, in seconds.
std::optional<double> cpu_time_s(pid_t pid);

struct Usage {
    std::uint64_t resident_bytes = 0;
    unsigned threads = 0;
    unsigned runnable_threads = 0;
};
std::optional<Usage> usage(pid_t pid);

/// How many tasks (threads included) run as this user, which is what RLIMIT_NPROC limits.
std::uint64_t tasks_of_user();

}  // namespace sandbox
