// version: slow_thing/serial
// does: Uses inline functions, templates and an operator() of a functor in an anonymous namespace.
// threat: objects
// expect: pass
// canary: none: honest

#include "slow_thing.hpp"

template <class Number, int times>
Number add_often(Number sum, Number value) {
    for (int i = 0; i < times; ++i) sum += value;
    return sum;
}

inline double row_part(double sum, double x) {
    return add_often<double, 100>(sum, x);
}

namespace {

struct Pixel {
    int repeats = 1000;
    double operator()(double x, double y) const {
        double sum = 0;
        for (int i = 0; i < repeats; ++i) sum = row_part(sum, x) + y;
        return sum;
    }
};

}  // namespace

void slow_thing::serial(kit::Image& image) {
    const Pixel pixel;
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            image(x, y) = pixel(static_cast<double>(x), static_cast<double>(y));
}
