#pragma once

/// The one seam to the operating system through which the grader runs anything: workers, compilers, Python.
/// Every process leads a process group of its own, which is killed as a whole.

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/memory_group.hpp"
#include "sandbox/system_calls.hpp"

namespace sandbox {

/// 0 means no limit. Memory is watched by the parent (usage.hpp) too, since not every machine can limit it.
struct Limits {
    std::uint64_t cpu_s = 0;       // of the whole process, then SIGXCPU, and a second later SIGKILL
    std::uint64_t file_bytes = 0;  // a larger file ends the process by SIGXFSZ
    std::uint64_t extra_processes =
        0;  // that the user may have more than now, threads included; not for root
    std::uint64_t address_space_bytes = 0;  // not for sanitizers, which reserve it freely
    std::uint64_t memory_bytes = 0;         // of all its processes together, where memory_group.hpp can
    std::uint64_t stack_bytes = 0;          // of the first thread, and by default of each other
    std::uint64_t open_files = 0;
};

/// What a program that student code has a hand in sees and may do. How much of it holds, isolation.hpp tells.
struct Confinement {
    std::vector<std::filesystem::path> visible;     // read-only at their own paths, beside the system's /usr
    std::optional<std::filesystem::path> writable;  // a folder, at its own path
    std::uint64_t scratch_bytes = 16 << 20;         // of its own /tmp
    Filter filter = Filter::threads_only;
};

struct Launch {
    std::vector<std::string> argv;  // argv[0] is a path, or a name that is looked up in PATH
    std::filesystem::path cwd;
    std::vector<std::string> environment;  // "NAME=value"; nothing else is inherited
    std::vector<std::pair<int, int>>
        descriptors;  // {ours, theirs}; nothing else is inherited but /dev/null as 0
    Limits limits;
    std::optional<unsigned> cpu;  // the only one that it may run on; none: any
    std::optional<Confinement> confinement;
    bool probe = false;            // to see whether the sandbox works: no fallback
    bool fixed_addresses = false;  // no address space randomization: TSan needs that on some kernels
};

struct Exit {
    int code = 0;    // valid if signal is 0
    int signal = 0;  // that ended it, or 0
    [[nodiscard]] bool success() const { return code == 0 && signal == 0; }
};

/// A running program. Its destructor kills what is left of the group and reaps the leader.
class Process {
  public:
    /// Throws std::system_error if the program can't be started (also if argv[0] doesn't exist).
    static Process start(const Launch& launch);

    Process(Process&& other) noexcept
        : pid_(std::exchange(other.pid_, 0)),
          outermost_(other.outermost_),
          exit_(other.exit_),
          memory_(std::move(other.memory_)) {}
    Process& operator=(Process&&) = delete;
    ~Process();

    /// The program's own process, which in a sandbox isn't the one that was started: known once it has
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
    mutable pid_t program_ = 0;       // once known
    std::optional<Exit> exit_;
    std::optional<MemoryGroup> memory_;
};

/// Whether the grader can run programs as other users: as root, but not of a namespace that has root alone.
bool can_run_as_others();

struct Captured {
    Exit exit;
    std::string output;      // stdout and stderr together, the first output_bytes of it
    bool truncated = false;  // there was more
    bool timed_out = false;
};

/// Runs a program to its end and keeps what it prints. Its descriptors 1 and 2 are set here.
Captured run(Launch launch, double wall_limit_s, std::size_t output_bytes);

/// From now on Ctrl-C (and SIGTERM, SIGHUP) kills every running group and ends the grader with code 130.
void end_all_on_interrupt();

/// PATH and the locale, for the toolchain.
std::vector<std::string> toolchain_environment();

}  // namespace sandbox
