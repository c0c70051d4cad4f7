// Each thread takes cols / threads columns, and nobody takes the rest. The columns that are left over are
// missing from the sum.
//
// Hint: With 7 columns and 3 threads, which columns does each of your threads take?
//
// Evidence: answers
#include "silly_sum.hpp"

namespace {

/// What row i adds to the running sum.
double row_share(const kit::Image& image, std::size_t i) {
    double share = 0;
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l)
                share = share + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return share + static_cast<double>(i);
}

/// Stores the running sum over the rows' shares.
void store(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    const std::size_t band = image.cols() / threads;
    const std::size_t pairs = image.rows() * image.rows();
    std::vector<std::vector<double>> shares(threads, std::vector<double>(image.rows()));
    {
        std::vector<std::jthread> team;
        for (std::size_t t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t i = 0; i < image.rows(); ++i)
                    for (std::size_t j = t * band; j < (t + 1) * band; ++j)
                        for (std::size_t pair = 0; pair < pairs; ++pair) shares[t][i] += image(i, j);
            });
    }
    std::vector<double> sums(image.rows());
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sums[i] = static_cast<double>(i);
        for (const std::vector<double>& of_thread : shares) sums[i] += of_thread[i];
    }
    store(image, sums);
}
