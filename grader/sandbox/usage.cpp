#include "sandbox/usage.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "sandbox/descriptor.hpp"

namespace sandbox {

namespace fs = std::filesystem;

namespace {

/// Reads /proc/<pid>/task/<tid>/stat. Called every millisecond for every thread, so it uses no stream.
bool is_runnable(const fs::path& stat) {
    const Descriptor file(open(stat.c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, 64> start{};  // enough for "pid (name) state": a name has at most 15 bytes
    const ssize_t length = read(file.get(), start.data(), start.size());
    if (length <= 0) return false;
    const std::string_view text(start.data(), static_cast<std::size_t>(length));
    // The name may contain anything: the state follows the last parenthesis.
    const std::size_t close = text.rfind(')');
    return close != std::string_view::npos && text.substr(close).starts_with(") R");
}

}  // namespace

std::optional<double> cpu_time_s(pid_t pid) {
#ifdef __linux__
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) return std::nullopt;
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
#else
    (void)pid;
    return std::nullopt;
#endif
}

std::optional<Usage> usage(pid_t pid) {
    const fs::path folder = "/proc/" + std::to_string(pid);
    Usage result;
    std::uint64_t size_pages = 0;
    std::uint64_t resident_pages = 0;
    if (!(std::ifstream(folder / "statm") >> size_pages >> resident_pages)) return std::nullopt;
    result.resident_bytes = resident_pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));

    std::error_code error;
    for (const auto& task : fs::directory_iterator(folder / "task", error)) {
        ++result.threads;
        if (is_runnable(task.path() / "stat")) ++result.runnable_threads;
    }
    return result;
}

std::uint64_t tasks_of_user() {
    std::uint64_t tasks = 0;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator("/proc", error)) {
        if (entry.path().filename().string().find_first_not_of("0123456789") != std::string::npos) continue;
        struct stat status {};
        if (stat(entry.path().c_str(), &status) != 0 || status.st_uid != getuid()) continue;
        std::error_code gone;
        for ([[maybe_unused]] const auto& task : fs::directory_iterator(entry.path() / "task", gone)) ++tasks;
    }
    return tasks;
}

}  // namespace sandbox
