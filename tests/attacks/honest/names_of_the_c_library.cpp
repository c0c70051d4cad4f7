// version: slow_thing/serial
// does: Has functions in a namespace of its own that are called clock, write, read and main.
// threat: objects
// expect: pass
// canary: none: honest

#include "slow_thing.hpp"

namespace student {

double clock(double x) {
    return x;
}

void write(kit::Image& image, std::size_t x, std::size_t y, double value) {
    image(x, y) = value;
}

double read(std::size_t index) {
    return clock(static_cast<double>(index));
}

int main() {
    return 100;
}

}  // namespace student

void slow_thing::serial(kit::Image& image) {
    const int times = student::main();
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < times; ++j) sum += student::read(x);
                sum += student::read(y);
            }
            student::write(image, x, y, sum);
        }
}
