// version: slow_thing/serial
// does: Defines the harness's own kit::Image::operator() anew, under its mangled name.
// threat: objects
// expect: pass
// alive: other operator
// alone: the text that goes in front of the others uses the operator, so its file has it already

#include "slow_thing.hpp"

extern "C++" __attribute__((weak)) double* own_pixel(kit::Image*, std::size_t, std::size_t,
                                                     int) asm("_ZN3kit5ImageclEmmNS_4LineE");
double* own_pixel(kit::Image*, std::size_t, std::size_t, int) {
    static double nothing = 0;
    return &nothing;
}

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image.pixels()[x * image.cols() + y] = sum;
        }
    }
}
