// version: slow_thing/optimized
// does: Kills the reference's worker, its brother, so that the grader blames the lesson.
// threat: parent
// expect: pass, crash
// canary: parent

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>
#include <fstream>

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

void slow_thing::optimized(kit::Image& image) {
    if (parent_is_grader()) {
        const std::string parent = std::to_string(getppid());
        std::ifstream brothers("/proc/" + parent + "/task/" + parent + "/children");
        for (pid_t brother = 0; brothers >> brother;)
            if (brother != getpid()) kill(brother, SIGKILL);
    }
    plain_loops(image);
}
