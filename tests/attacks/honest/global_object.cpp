// version: slow_thing/serial
// does: Has global objects with constructors and destructors.
// threat: objects
// expect: pass
// canary: none: honest

#include <string>

#include "slow_thing.hpp"

struct Settings {
    Settings() : names{"outer", "inner"}, outer(1000), inner(100) {}
    ~Settings() { names.clear(); }
    std::vector<std::string> names;
    int outer;
    int inner;
};

Settings settings;
std::vector<double> history(16, 1.0);

void slow_thing::serial(kit::Image& image) {
    const int outer = settings.outer;
    const int inner = settings.inner;
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < outer; ++i) {
                for (int j = 0; j < inner; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
}
