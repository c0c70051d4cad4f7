// right: a parallel scan in doubling steps between two buffers, each begun at a std::barrier.
#include "silly_sum.hpp"

namespace {

double share_of_row(const kit::Image& image, std::size_t i) {
    auto sum = static_cast<double>(i);
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l)
                sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return sum;
}

void store_row(kit::Image& image, std::size_t i, double sum) {
    const auto rows = static_cast<double>(image.rows());
    const auto cols = static_cast<double>(image.cols());
    image(i, image.cols() - 1) = sum / cols / rows;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    const std::size_t rows = image.rows();
    std::array<std::vector<double>, 2> sums{std::vector<double>(rows), std::vector<double>(rows)};
    std::barrier step_done(threads);

    const auto work = [&](unsigned t) {
        std::size_t now = 0;  // the buffer that this step reads
        for (std::size_t i = t; i < rows; i += threads) sums[now][i] = share_of_row(image, i);
        for (std::size_t step = 1; step < rows; step *= 2) {
            step_done.arrive_and_wait();
            for (std::size_t i = t; i < rows; i += threads)
                sums[1 - now][i] = sums[now][i] + (i < step ? 0 : sums[now][i - step]);
            now = 1 - now;
        }
        for (std::size_t i = t; i < rows; i += threads) store_row(image, i, sums[now][i]);
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
