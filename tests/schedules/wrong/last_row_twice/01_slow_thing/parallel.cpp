// wrong: two threads both see one row left, both take one, and the second is out of range.
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

void fill_line(std::span<double> line, std::size_t x) {
    for (std::size_t y = 0; y < line.size(); ++y) line[y] = slow_pixel(double(x), double(y));
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::span<double>> lines;
    for (std::size_t x = 0; x < image.rows(); ++x)
        lines.push_back(image.pixels().subspan(x * image.cols(), image.cols()));

    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        while (next < lines.size()) {
            const std::size_t x = next++;
            fill_line(lines.at(x), x);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
