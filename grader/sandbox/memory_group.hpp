#pragma once

/// A control group of the kernel (cgroups(7), version 1 or 2) that bounds the memory of all processes of a
/// launch together, also of those whose address space can't be limited. Where this user may make one: as root
/// on most systems, and in what systemd delegates to its users' own services and scopes.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include "sandbox/descriptor.hpp"

namespace sandbox {

class MemoryGroup {
  public:
    /// Whoever goes beyond `bytes` is killed by the kernel. Empty where there can't be such a group.
    static std::optional<MemoryGroup> make(std::uint64_t bytes);

    MemoryGroup(MemoryGroup&& other) noexcept
        : folder_(std::exchange(other.folder_, {})), processes_(std::move(other.processes_)) {}
    MemoryGroup& operator=(MemoryGroup&&) = delete;
    /// Its processes must have ended.
    ~MemoryGroup();

    /// Puts the calling process into it. Async-signal-safe.
    void join() const noexcept;
    /// Whether the kernel has killed a process for going beyond.
    [[nodiscard]] bool has_killed() const;

  private:
    MemoryGroup(std::filesystem::path folder, Descriptor processes)
        : folder_(std::move(folder)), processes_(std::move(processes)) {}

    std::filesystem::path folder_;
    Descriptor processes_;
};

}  // namespace sandbox
