#pragma once

/// What the kernel says of the machine. Where a system can't say it, the answer is empty or 0.

#include <cstdint>
#include <string>

namespace sandbox {

/// CPUs that this process may use.
unsigned cores();

std::string cpu_model();
std::uint64_t memory_mb();
std::string operating_system();

/// Processes that the kernel has killed since it started because memory ran out, anywhere on the machine.
std::uint64_t out_of_memory_kills();

}  // namespace sandbox
