#pragma once

/// The command line that runs a program in bubblewrap.

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "sandbox/launch.hpp"

namespace sandbox {

/// Descriptors that bubblewrap itself uses, and closes before the program starts.
inline constexpr int filter_fd = 60;
inline constexpr int info_fd = 61;

/// The launch's argv with bubblewrap in front. With a `user`, the grader is root and the program runs as that
/// user.
std::vector<std::string> bubblewrapped(const Launch& launch, std::optional<uid_t> user, bool filtered);

/// The process named in bubblewrap's --info-fd text: the sandbox's first, whose only child is the program.
std::optional<pid_t> first_process(const std::string& info);

/// The only child of a process, once there is one.
std::optional<pid_t> only_child(pid_t pid);

}  // namespace sandbox
