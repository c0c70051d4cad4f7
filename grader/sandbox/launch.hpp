#pragma once

/// What is to be started, and how it ended.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/system_calls.hpp"

namespace sandbox {

/// How far student code is kept from the grader and from the machine.
enum class Isolation {
    limits,     // a process group of its own, without inherited descriptors; limits on time, memory, output
    container,  // and another user for each program, where the grader is root and bubblewrap doesn't work
    sandbox,  // bubblewrap: sees the system's libraries and its own files only, no network, no other process
};

/// As in result.json.
const char* name(Isolation isolation);

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
    bool fixed_addresses = false;  // no address space randomization: TSan needs that on some kernels
};

struct Exit {
    int code = 0;    // valid if signal is 0
    int signal = 0;  // that ended it, or 0
    [[nodiscard]] bool success() const { return code == 0 && signal == 0; }
};

/// PATH and the locale, for the toolchain.
std::vector<std::string> toolchain_environment();

}  // namespace sandbox
