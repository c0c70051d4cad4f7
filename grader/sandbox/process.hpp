#pragma once

/// Programs that the grader runs: workers, compilers, Python. Each leads a process group of its own, which is
/// killed as a whole.

#include <sys/types.h>

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "sandbox/launch.hpp"
#include "sandbox/memory_group.hpp"

namespace sandbox {

/// A running program. Its destructor kills what is left of the group and reaps the leader.
class Process {
  public:
    /// `isolation` applies to a launch with a confinement; others have none. Throws std::system_error if the
    /// program can't be started (also if argv[0] doesn't exist).
    static Process start(const Launch& launch, Isolation isolation);

    Process(Process&& other) noexcept
        : pid_(std::exchange(other.pid_, 0)),
          outermost_(other.outermost_),
          exit_(other.exit_),
          memory_(std::move(other.memory_)) {}
    Process& operator=(Process&&) = delete;
    ~Process();

    /// The program's own process. In a sandbox it isn't the one that was started, and is known once it has
    /// answered.
    [[nodiscard]] pid_t pid() const;
    void kill_group() noexcept;
    /// The exit, if the process has ended.
    std::optional<Exit> poll_exit();
    Exit wait();
    /// Whether the kernel killed one of its processes for using more than limits.memory_bytes.
    [[nodiscard]] bool broke_memory_limit() const { return memory_ && memory_->has_killed(); }

  private:
    Process(pid_t pid, std::optional<MemoryGroup> memory) : pid_(pid), memory_(std::move(memory)) {}
    static Process start_as(const Launch& launch, std::optional<uid_t> user,
                            std::span<const sock_filter> filter);
    Exit exit_of(int status) const;
    void note_end(int status);
    pid_t pid_;
    std::optional<pid_t> outermost_;  // the sandbox's first process
    mutable pid_t program_ = 0;       // the program's process in a sandbox, once known
    std::optional<Exit> exit_;
    std::optional<MemoryGroup> memory_;
};

struct Captured {
    Exit exit;
    std::string output;  // the first output_bytes of stdout and stderr together
    bool timed_out = false;
};

/// Runs a program to its end and keeps what it prints. Its descriptors 1 and 2 are set here.
Captured capture(Launch launch, Isolation isolation, double wall_limit_s, std::size_t output_bytes);

/// From now on Ctrl-C (and SIGTERM, SIGHUP) kills every running group and ends the grader with code 130.
void end_all_on_interrupt();

}  // namespace sandbox
