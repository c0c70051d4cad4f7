#pragma once

/// The seam through which the grader runs programs, confined as far as this machine can.

#include "sandbox/launch.hpp"
#include "sandbox/process.hpp"

namespace sandbox {

/// Throws std::system_error if the program can't be started.
Process start(const Launch& launch);

/// Runs a program to its end and keeps what it prints. Throws std::system_error if it can't be started.
Captured run(const Launch& launch, double wall_limit_s, std::size_t output_bytes);

}  // namespace sandbox
