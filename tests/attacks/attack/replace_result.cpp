// version: slow_thing/serial
// does: Puts a link where the grader will write result.json, so that the grader itself writes elsewhere.
// threat: parent
// expect: pass
// canary: file /tmp/slow_things_canary/result.json

#include <fcntl.h>
#include <unistd.h>
#include <fstream>
#include <iterator>

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

void slow_thing::serial(kit::Image& image) {
    if (parent_is_grader()) {
        std::ifstream file("/proc/" + std::to_string(getppid()) + "/cmdline");
        const std::string line{std::istreambuf_iterator<char>(file), {}};
        const std::size_t at = line.find("--out");
        if (at != std::string::npos) {
            const std::string result = std::string(line.c_str() + at + 6) + "/result.json";
            unlink(result.c_str());
            [[maybe_unused]] const int failed =
                symlink("/tmp/slow_things_canary/result.json", result.c_str());
        }
    }
    plain_loops(image);
}
