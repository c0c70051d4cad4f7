// right: whoever finishes last adds up the rows and writes the pixels
#include "silly_sum.hpp"

namespace {

void finish(kit::Image& image, std::span<const double> shares) {
    if (image.cols() == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    std::vector<double> shares(image.rows());
    std::atomic<std::size_t> next{0};
    std::atomic<unsigned> at_work{threads};

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) {
        team.emplace_back([&] {
            const std::size_t rows = image.rows(), cols = image.cols();
            for (std::size_t i = next++; i < rows; i = next++) {
                double share = 0;
                for (std::size_t j = 0; j < cols; ++j) {
                    const double pixel = image(i, j);
                    for (std::size_t k = 0; k < rows; ++k)
                        for (std::size_t l = 0; l < rows; ++l)
                            share += pixel - static_cast<double>(k) + static_cast<double>(l);
                }
                shares[i] = share + static_cast<double>(i);
            }
            if (at_work.fetch_sub(1, std::memory_order_acq_rel) == 1) finish(image, shares);
        });
    }
}
