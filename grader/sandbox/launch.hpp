#pragma once

/// What to start, and how it ended.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/system_calls.hpp"

namespace sandbox {

/// How well the grader and the machine are protected from student code.
enum class Isolation {
    limits,     // a process group of its own, without inherited descriptors; limits on time, memory, output
    container,  // limits, and a different user for each program; as root, where bubblewrap doesn't work
    sandbox,    // bubblewrap: only the system's libraries and its own files, no network, no other processes
};

/// The name in result.json.
const char* name(Isolation isolation);

/// 0 means no limit. The parent watches memory too (usage.hpp), since not every machine can limit it.
struct Limits {
    std::uint64_t cpu_s = 0;            // CPU time of the whole process; SIGXCPU, then SIGKILL a second later
    std::uint64_t file_bytes = 0;       // of the largest file that it may write; SIGXFSZ
    std::uint64_t extra_processes = 0;  // on top of the user's now, threads included; not for root
    std::uint64_t address_space_bytes = 0;  // not for sanitizers, which reserve it freely
    std::uint64_t memory_bytes = 0;         // of all its processes together, where memory_group.hpp works
    std::uint64_t stack_bytes = 0;          // of the first thread, and by default of every other
    std::uint64_t open_files = 0;
};

/// What a program that involves student code sees and may do. isolation.hpp says how much of this is
/// enforced.
struct Confinement {
    std::vector<std::filesystem::path> visible;     // read-only at their own paths, besides the system's /usr
    std::optional<std::filesystem::path> writable;  // a folder, at its own path
    std::uint64_t scratch_bytes = 16 << 20;         // size of its own /tmp
    Filter filter = Filter::threads_only;
};

struct Launch {
    std::vector<std::string> argv;  // argv[0] is a path, or a name that is looked up in PATH
    std::filesystem::path cwd;
    std::vector<std::string> environment;          // "NAME=value"; nothing else is inherited
    std::vector<std::pair<int, int>> descriptors;  // {ours, theirs}; else only /dev/null, as 0, 1 and 2
    Limits limits;
    std::optional<unsigned> cpu;  // the only CPU that it may run on; empty: any
    std::optional<Confinement> confinement;
    bool fixed_addresses = false;  // no address space randomization: TSan needs that on some kernels
};

struct Exit {
    int code = 0;    // valid if signal is 0
    int signal = 0;  // the signal that ended it, or 0
    [[nodiscard]] bool success() const { return code == 0 && signal == 0; }
};

/// The toolchain's environment: the locale, PATH, HOME and TMPDIR.
std::vector<std::string> toolchain_environment();

}  // namespace sandbox
