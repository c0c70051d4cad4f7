#include "sandbox/memory_group.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace sandbox {

namespace fs = std::filesystem;

namespace {

constexpr const char* name_start = "slow-things-";

bool write_value(const fs::path& file, const std::string& value) {
    const Descriptor descriptor(open(file.c_str(), O_WRONLY | O_CLOEXEC));
    return descriptor.get() >= 0 &&
           write(descriptor.get(), value.data(), value.size()) == static_cast<ssize_t>(value.size());
}

/// Makes a group with this limit in the folder; empty if that isn't possible there.
std::optional<fs::path> make_in(const fs::path& folder, std::uint64_t bytes) {
    static std::atomic<unsigned> count = 0;
    const fs::path group = folder / (name_start + std::to_string(getpid()) + "-" + std::to_string(count++));
    std::error_code error;
    if (!fs::create_directory(group, error)) return std::nullopt;
    const std::string limit = std::to_string(bytes);
    if (!write_value(group / "memory.max", limit) && !write_value(group / "memory.limit_in_bytes", limit)) {
        rmdir(group.c_str());
        return std::nullopt;
    }
    // Where the kernel can do it, swap doesn't extend the limit and all processes in the group end together.
    write_value(group / "memory.swap.max", "0");
    write_value(group / "memory.memsw.limit_in_bytes", limit);
    write_value(group / "memory.oom.group", "1");
    return group;
}

/// The folders of this process's own group and of those around it, up to the root.
std::vector<fs::path> own_groups() {
    fs::path mount;
    fs::path own;
    std::ifstream lines("/proc/self/cgroup");  // "number:controllers:path", without controllers in version 2
    for (std::string line; std::getline(lines, line);) {
        const std::size_t controllers = line.find(':') + 1;
        const std::size_t path = line.find(':', controllers) + 1;
        const std::string names = "," + line.substr(controllers, path - controllers - 1) + ",";
        const bool is_version_1 = names.find(",memory,") != std::string::npos;
        if (!is_version_1 && (names != ",," || !own.empty())) continue;
        mount = is_version_1 ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup";
        own = fs::path(line.substr(path)).relative_path();
        if (is_version_1) break;
    }
    std::vector<fs::path> groups;
    if (mount.empty() || own.string().starts_with("..")) return groups;
    for (; !own.empty(); own = own.parent_path()) groups.push_back(mount / own);
    groups.push_back(mount);
    return groups;
}

/// Removes the groups of graders that were killed.
void remove_leftovers(const fs::path& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(name_start)) continue;
        const pid_t grader = std::atoi(name.c_str() + std::strlen(name_start));
        if (kill(grader, 0) != 0 && errno == ESRCH) rmdir(entry.path().c_str());
    }
}

/// The nearest folder in which groups can be made and joined. Removes leftovers there.
std::optional<fs::path> find_folder() {
    constexpr std::uint64_t plenty_bytes = 1ULL << 40;
    for (const fs::path& folder : own_groups()) {
        // To join a group, a process needs this right on the group around both.
        if (access((folder / "cgroup.procs").c_str(), W_OK) != 0) continue;
        const auto group = make_in(folder, plenty_bytes);
        if (!group) continue;
        rmdir(group->c_str());
        remove_leftovers(folder);
        return folder;
    }
    return std::nullopt;
}

}  // namespace

std::optional<MemoryGroup> MemoryGroup::make(std::uint64_t bytes) {
    static const std::optional<fs::path> folder = find_folder();
    if (!folder) return std::nullopt;
    const auto group = make_in(*folder, bytes);
    if (!group) return std::nullopt;
    return MemoryGroup(*group, Descriptor(open((*group / "cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC)));
}

MemoryGroup::~MemoryGroup() {
    if (!folder_.empty()) rmdir(folder_.c_str());
}

bool MemoryGroup::has_killed() const {
    for (const char* name : {"memory.events", "memory.oom_control"}) {  // version 2, version 1
        std::ifstream lines(folder_ / name);
        std::string key;
        for (std::uint64_t count = 0; lines >> key >> count;)
            if (key == "oom_kill") return count > 0;
    }
    return false;
}

void MemoryGroup::join() const noexcept {
    [[maybe_unused]] const ssize_t written = write(processes_.get(), "0", 1);
}

}  // namespace sandbox
