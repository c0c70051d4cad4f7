// version: slow_thing/serial
// does: Writes 200 MB (not more) to the disk, in files of 10 MB.
// threat: run
// expect: pass, crash
// canary: file /tmp/slow_things_canary/fill-19

#include <fcntl.h>
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

}  // namespace

void slow_thing::serial(kit::Image& image) {
    static int files = 0;
    static std::vector<char> block(1 << 20, 'x');
    for (; files < 20; ++files) {
        const int file = open(("/tmp/slow_things_canary/fill-" + std::to_string(files)).c_str(),
                              O_CREAT | O_WRONLY | O_TRUNC, 0644);
        if (file < 0) break;
        for (int i = 0; i < 10; ++i)
            if (write(file, block.data(), block.size()) < 0) break;
        close(file);
    }
    plain_loops(image);
}
