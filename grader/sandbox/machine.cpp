#include "sandbox/machine.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <thread>

#ifdef __linux__
#include <sched.h>
#endif

namespace sandbox {

namespace {

/// The value of `key` in a file of "key: value" or "key=value" lines, such as those in /proc.
std::string proc_value(const char* file, const std::string& key) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(key)) continue;
        const std::size_t start = line.find_first_not_of(" \t:=\"", key.size());
        if (start == std::string::npos) return {};
        return line.substr(start, line.find_last_not_of(" \"") + 1 - start);
    }
    return {};
}

}  // namespace

void stay_on_cpu([[maybe_unused]] unsigned number) {
#ifdef __linux__
    cpu_set_t usable;
    if (sched_getaffinity(0, sizeof usable, &usable) != 0) return;
    for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &usable) || number-- > 0) continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        sched_setaffinity(0, sizeof one, &one);
        return;
    }
#endif
}

unsigned cores() {
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<unsigned>(CPU_COUNT(&set));
#endif
    return std::max(1U, std::thread::hardware_concurrency());
}

std::uint64_t out_of_memory_kills() {
    return std::strtoull(proc_value("/proc/vmstat", "oom_kill").c_str(), nullptr, 10);
}

std::string cpu_model() {
    constexpr const char* file = "/proc/cpuinfo";
    if (std::string name = proc_value(file, "model name"); !name.empty()) return name;
    // Arm has numbers instead, and a part's number means nothing without its implementer's. "Hardware", which
    // some kernels also list, is the same for all Raspberry Pis.
    if (const std::string part = proc_value(file, "CPU part"); !part.empty())
        return "Arm, implementer " + proc_value(file, "CPU implementer") + ", part " + part;
    utsname names{};
    uname(&names);
    return names.machine;
}

std::uint64_t memory_mb() {
    const long pages = sysconf(_SC_PHYS_PAGES);
    constexpr std::uint64_t bytes_in_mb = 1 << 20;
    return static_cast<std::uint64_t>(std::max(0L, pages)) *
           static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) / bytes_in_mb;
}

std::string operating_system() {
    utsname names{};
    uname(&names);
    std::string name = proc_value("/etc/os-release", "PRETTY_NAME");
    if (name.empty()) name = names.sysname;
    return name + ", " + names.sysname + " " + names.release + ", " + names.machine;
}

}  // namespace sandbox
