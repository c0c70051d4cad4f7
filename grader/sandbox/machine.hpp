#pragma once

/// What the kernel says about the machine. Where a system doesn't say it, the answer is empty or 0.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace sandbox {

/// CPUs that this process may use at a time: by its affinity, and by the time that control groups leave it.
/// At least 1.
unsigned cores();

/// How many CPUs' time a process may use by cgroups(7), version 1 or 2: the least of its own group and those
/// above it. `mount` is /sys/fs/cgroup, `groups` the process's /proc/self/cgroup. Empty if nothing limits it.
std::optional<double> cpu_quota(const std::filesystem::path& mount, const std::filesystem::path& groups);

/// Keeps the calling thread on one of these CPUs, counted from 0; does nothing where that isn't possible.
void stay_on_cpu(unsigned number);

std::string cpu_model();
std::uint64_t memory_mb();
std::string operating_system();

/// How many processes the kernel has killed since it started because memory ran out, on the whole machine.
std::uint64_t out_of_memory_kills();

}  // namespace sandbox
