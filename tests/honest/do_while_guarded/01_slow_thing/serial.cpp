// right: do-while loops, with a guard in front because an empty image has no first pixel
#include "slow_thing.hpp"

namespace slow_thing {

void serial(kit::Image& image) {
    if (image.rows() == 0 || image.cols() == 0) return;

    std::size_t x = 0;
    do {
        std::size_t y = 0;
        do {
            const double dx = static_cast<double>(x);
            const double dy = static_cast<double>(y);
            double sum = 0;
            int i = 0;
            do {
                int j = 0;
                do {
                    sum += dx;
                } while (++j < 100);
                sum += dy;
            } while (++i < 1000);
            image(x, y) = sum;
        } while (++y < image.cols());
    } while (++x < image.rows());
}

}  // namespace slow_thing
