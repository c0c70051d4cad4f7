// right: a pointer walks through the pixels, and a second one counts the additions
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    static const char rounds[1000] = {};
    double* p = image.pixels().data();
    const double* const end = p + image.pixels().size();
    double x = 0, y = 0;
    const double width = static_cast<double>(image.cols());
    while (p != end) {
        double s = 0;
        for (const char* r = rounds; r != rounds + 1000; ++r) {
            for (const char* q = rounds; q != rounds + 100; ++q) s += x;
            s += y;
        }
        *p++ = s;
        if (++y == width) {  // on to the next row
            y = 0;
            ++x;
        }
    }
}
