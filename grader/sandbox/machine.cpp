#include "sandbox/machine.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
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

/// "50000 100000" in version 2, whose first number may be "max"; a file for each number in version 1.
std::optional<double> quota_of_group(const std::filesystem::path& folder) {
    std::string quota;
    std::string period;
    if (std::ifstream limit(folder / "cpu.max"); limit >> quota >> period) {
    } else {
        std::ifstream(folder / "cpu.cfs_quota_us") >> quota;
        std::ifstream(folder / "cpu.cfs_period_us") >> period;
    }
    const double time = std::strtod(quota.c_str(), nullptr);
    const double of = std::strtod(period.c_str(), nullptr);
    return time > 0 && of > 0 ? std::optional(time / of) : std::nullopt;
}

}  // namespace

std::optional<double> cpu_quota(const std::filesystem::path& mount, const std::filesystem::path& groups) {
    std::optional<double> least;
    const auto take = [&](const std::filesystem::path& folder) {
        if (const auto quota = quota_of_group(folder); quota && (!least || *quota < *least)) least = quota;
    };
    std::ifstream lines(groups);
    for (std::string line; std::getline(lines, line);) {  // "0::/user.slice", or "4:cpu,cpuacct:/docker/1"
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        if (!controllers.empty() && ("," + controllers + ",").find(",cpu,") == std::string::npos) continue;
        // A container may see only its own group, as the top one.
        std::filesystem::path group = std::filesystem::path(line.substr(second + 1)).relative_path();
        for (const std::string& top : {std::string(), controllers, std::string("cpu")}) {
            for (std::filesystem::path each = group; !each.empty(); each = each.parent_path())
                take(mount / top / each);
            take(mount / top);
        }
    }
    return least;
}

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
    unsigned usable = std::max(1U, std::thread::hardware_concurrency());
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) usable = static_cast<unsigned>(CPU_COUNT(&set));
    static const std::optional<double> quota = cpu_quota("/sys/fs/cgroup", "/proc/self/cgroup");
    if (quota) usable = std::min(usable, static_cast<unsigned>(std::max(1.0, std::ceil(*quota))));
#endif
    return usable;
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
