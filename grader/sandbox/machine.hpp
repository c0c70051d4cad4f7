#pragma once

/// What the kernel says about the machine. Where a system doesn't say it, the answer is empty or 0.

#include <cstdint>
#include <string>

namespace sandbox {

/// CPUs that this process may use.
unsigned cores();

/// Keeps the calling thread on one of these CPUs, counted from 0; does nothing where that isn't possible.
void stay_on_cpu(unsigned number);

std::string cpu_model();
std::uint64_t memory_mb();
std::string operating_system();

/// How many processes the kernel has killed since it started because memory ran out, on the whole machine.
std::uint64_t out_of_memory_kills();

}  // namespace sandbox
