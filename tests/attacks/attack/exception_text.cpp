// version: slow_thing/serial
// does: Throws an exception whose text has escape sequences, HTML, a formula and bytes that are no UTF-8.
// threat: encoding
// expect: crash
// canary: none: it is live when a report shows ESC or a tag, or is not UTF-8

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
    plain_loops(image);
    throw std::runtime_error("\x1b]0;owned\a<img src=x onerror=alert(1)>\n=cmd()\xff\xc3(");
}
