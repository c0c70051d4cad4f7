#pragma once

/// A control group of the kernel (cgroups(7), version 1 or 2) that limits the memory of all processes of a
/// launch together, including those whose address space can't be limited. Root can make one on most systems;
/// other users only in the services and scopes that systemd delegates to them.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include "sandbox/descriptor.hpp"

namespace sandbox {

class MemoryGroup {
  public:
    /// The kernel kills processes in the group when it uses more than `bytes`. Empty where no group can be
    /// made.
    static std::optional<MemoryGroup> make(std::uint64_t bytes);

    MemoryGroup(MemoryGroup&& other) noexcept
        : folder_(std::exchange(other.folder_, {})), processes_(std::move(other.processes_)) {}
    MemoryGroup& operator=(MemoryGroup&&) = delete;
    /// All its processes must have ended.
    ~MemoryGroup();

    /// Puts the calling process into the group. Async-signal-safe.
    void join() const noexcept;
    /// Whether the kernel has killed a process for exceeding the limit.
    [[nodiscard]] bool has_killed() const;

  private:
    MemoryGroup(std::filesystem::path folder, Descriptor processes)
        : folder_(std::move(folder)), processes_(std::move(processes)) {}

    std::filesystem::path folder_;
    Descriptor processes_;
};

}  // namespace sandbox
