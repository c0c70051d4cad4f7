// version: slow_thing/serial
// does: Puts a link where the grader will write result.json, so that the grader itself writes elsewhere.
// threat: parent
// expect: pass
// alive: file result.json

#include <fcntl.h>
#include <unistd.h>
#include <fstream>
#include <iterator>

#include "slow_thing.hpp"

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
