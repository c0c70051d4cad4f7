#pragma once

/// The users that programs run as where the grader is root.

#include <sys/types.h>

#include <optional>

#include "sandbox/launch.hpp"

namespace sandbox {

/// Whether the grader can run programs as other users: it is root, in a namespace that has more users than
/// root.
bool can_run_as_others();

/// The user to run a program with this confinement as; empty where the grader can't run it as another.
std::optional<uid_t> user_for(const Confinement& confinement);

}  // namespace sandbox
