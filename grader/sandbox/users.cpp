#include "sandbox/users.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <fstream>

namespace sandbox {

namespace {

/// Users that a system assigns to nobody for long (systemd's range for services without a user of their own).
/// A compiler's files and a worker's process never belong to the same one.
constexpr uid_t compiler_user = 61184;
constexpr uid_t first_worker_user = 61185;
constexpr uid_t worker_users = 4000;

#ifdef __linux__
/// Whether this process's namespace has all of these users (or groups, which have the same numbers).
bool has_users(const char* map) {
    std::ifstream ranges(map);
    for (std::uint64_t first = 0, outside = 0, count = 0; ranges >> first >> outside >> count;)
        if (first <= compiler_user && first_worker_user + worker_users <= first + count) return true;
    return false;
}
#endif

}  // namespace

bool can_run_as_others() {
#ifdef __linux__
    return geteuid() == 0 && has_users("/proc/self/uid_map") && has_users("/proc/self/gid_map");
#else
    return geteuid() == 0;
#endif
}

std::optional<uid_t> user_for(const Confinement& confinement) {
    static const bool others = can_run_as_others();
    if (!others) return std::nullopt;
    if (confinement.writable) return compiler_user;
    static std::atomic<uid_t> count = static_cast<uid_t>(getpid());
    return first_worker_user + count++ % worker_users;
}

}  // namespace sandbox
