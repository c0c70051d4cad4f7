// version: slow_thing/serial
// does: Writes 20 MB to the disk, more than the sandbox's /tmp holds, in files of 1 MB; a larger loop fills any disk.
// threat: run
// expect: pass, crash
// alive: file fill-19

#include <fcntl.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    static int files = 0;
    static std::vector<char> block(1 << 20, 'x');
    for (; files < 20; ++files) {
        const int file = open(("/tmp/slow_things_canary/fill-" + std::to_string(files)).c_str(),
                              O_CREAT | O_WRONLY | O_TRUNC, 0644);
        if (file < 0) break;
        [[maybe_unused]] const auto n = write(file, block.data(), block.size());
        close(file);
    }
    plain_loops(image);
}
