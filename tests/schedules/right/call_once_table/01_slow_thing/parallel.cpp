// right: the first thread makes a table under call_once; the others wait for it and read it.
#include "slow_thing.hpp"

namespace {

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::once_flag once;
    std::vector<double> columns;
    const auto work = [&](unsigned t) {
        std::call_once(once, [&] {
            columns.resize(image.cols());
            std::iota(columns.begin(), columns.end(), 0.0);
        });
        for (std::size_t x = t; x < image.rows(); x += threads)
            for (std::size_t y = 0; y < columns.size(); ++y)
                image(x, y) = slow_pixel(static_cast<double>(x), columns[y]);
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
