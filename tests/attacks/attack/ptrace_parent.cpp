// version: slow_thing/serial
// does: Attaches to the grader as a debugger (and lets it go on at once).
// threat: parent
// expect: pass, crash
// canary: file /tmp/slow_things_canary/ptrace

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "slow_thing.hpp"

namespace {

void plain_loops(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}

void leave_mark(const char* path) {
    const int file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);
    if (file < 0) return;
    [[maybe_unused]] const auto n = write(file, "alive\n", 6);
    close(file);
}

/// Harms nobody but a grader: the parent must be called so.
bool parent_is_grader() {
    char name[16] = {};
    const int file = open(("/proc/" + std::to_string(getppid()) + "/comm").c_str(), O_RDONLY);
    if (file < 0) return false;
    [[maybe_unused]] const auto n = read(file, name, sizeof name - 1);
    close(file);
    return std::string(name) == "grader\n";
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    if (parent_is_grader() && ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) == 0) {
        waitpid(getppid(), nullptr, __WALL);
        leave_mark("/tmp/slow_things_canary/ptrace");
        ptrace(PTRACE_DETACH, getppid(), nullptr, nullptr);
    }
    plain_loops(image);
}
