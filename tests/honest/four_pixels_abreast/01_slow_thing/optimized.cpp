// right: all the additions, for four pixels of a row side by side; 8 of 20 points at most
#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        const double dx = static_cast<double>(x);
        std::size_t y = 0;
        for (; y + 4 <= image.cols(); y += 4) {
            const double y0 = static_cast<double>(y), y1 = y0 + 1, y2 = y0 + 2, y3 = y0 + 3;
            double a = 0, b = 0, c = 0, d = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) {
                    a += dx;
                    b += dx;
                    c += dx;
                    d += dx;
                }
                a += y0;
                b += y1;
                c += y2;
                d += y3;
            }
            image(x, y) = a;
            image(x, y + 1) = b;
            image(x, y + 2) = c;
            image(x, y + 3) = d;
        }
        for (; y < image.cols(); ++y) {  // at most three are left over
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += dx;
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}
