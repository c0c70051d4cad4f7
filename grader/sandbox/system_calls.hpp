#pragma once

/// A seccomp filter: which system calls a confined program may not use.

#include <span>
#include <vector>

struct sock_filter;

namespace sandbox {

enum class Filter {
    threads_only,    // no new processes, since their CPU time would not be the worker's
    with_processes,  // for a compiler, and for a sanitizer that starts a symbolizer
};

/// The filter in the kernel's format; empty where there is none (not Linux, no libseccomp). It refuses these
/// with EPERM: new processes, other CPUs and priorities, sockets, namespaces and mounts, access to other
/// processes' memory, signals to them, shared memory that no limit counts, and io_uring, which bypasses all
/// this. clone3 gets ENOSYS, so that the C library falls back to clone, whose flags a filter can read. Throws
/// std::system_error.
std::span<const sock_filter> system_call_filter(Filter filter);

}  // namespace sandbox
