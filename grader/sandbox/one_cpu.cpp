#include "sandbox/one_cpu.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <string>
#include <vector>

#ifdef __linux__
#include <sched.h>
#endif

namespace sandbox {

namespace {

std::vector<unsigned> usable_cpus() {
    std::vector<unsigned> result;
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return result;
    for (unsigned cpu = 0; cpu < CPU_SETSIZE; ++cpu)
        if (CPU_ISSET(cpu, &set)) result.push_back(cpu);
#endif
    return result;
}

/// The file belongs to the user who made it first; everybody may lock it. If it is a pipe, nobody waits for
/// its other end.
Descriptor open_lock_file(unsigned cpu) {
    const std::string path = "/tmp/slow-things-cpu-" + std::to_string(cpu) + ".lock";
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0) return Descriptor(fd);
    return Descriptor(open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644));
}

}  // namespace

OneCpu::OneCpu() {
    const std::vector<unsigned> cpus = usable_cpus();
    if (cpus.empty()) return;
    const auto first = static_cast<std::size_t>(getpid());
    number_ = cpus[first % cpus.size()];  // shared if all are taken; that doesn't change CPU times
    for (std::size_t i = 0; i < cpus.size(); ++i) {
        const unsigned cpu = cpus[(first + i) % cpus.size()];
        Descriptor lock = open_lock_file(cpu);
        if (lock.get() < 0 || flock(lock.get(), LOCK_EX | LOCK_NB) != 0) continue;
        number_ = cpu;
        lock_ = std::move(lock);
        return;
    }
}

}  // namespace sandbox
