// Honest: helpers without `static`, a global object with a constructor, a main for trying things out.
#include "slow_thing.hpp"

struct Table {
    Table() : hundred_times(1000) {
        for (std::size_t i = 0; i < hundred_times.size(); ++i) hundred_times[i] = 100;
    }
    std::vector<int> hundred_times;
};

Table table;

double slow_pixel(double x, double y) {
    double sum = 0;
    for (const int times : table.hundred_times) {
        for (int j = 0; j < times; ++j) sum += x;
        sum += y;
    }
    return sum;
}

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}

int main() {
    kit::Image image(3, 4);
    slow_thing::serial(image);
    return image(0, 0) == 0 ? 0 : 1;
}
