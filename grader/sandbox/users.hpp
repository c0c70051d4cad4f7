#pragma once

/// The users that programs run as where the grader is root.

#include <sys/types.h>

#include <optional>

#include "sandbox/launch.hpp"

namespace sandbox {

/// Whether the grader can run programs as other users: as root, but not of a namespace that has root alone.
bool can_run_as_others();

/// The user of a program that is to be confined so, where the grader can run it as another.
std::optional<uid_t> user_for(const Confinement& confinement);

}  // namespace sandbox
