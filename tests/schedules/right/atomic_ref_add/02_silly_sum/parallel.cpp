// right: the row sums are plain doubles, to which all threads add through std::atomic_ref.
#include "silly_sum.hpp"

namespace {

void store_sums(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    if (image.cols() == 0) return;
    std::vector<double> shares(rows);
    std::iota(shares.begin(), shares.end(), 0.0);

    // Thread t has the columns t, t + threads, …, so all threads add to all rows.
    const auto add_columns = [&](unsigned t) {
        for (std::size_t i = 0; i < rows; ++i) {
            double sum = 0;
            for (std::size_t j = t; j < image.cols(); j += threads)
                for (std::size_t k = 0; k < rows; ++k)
                    for (std::size_t l = 0; l < rows; ++l)
                        sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
            std::atomic_ref(shares[i]).fetch_add(sum);
        }
    };
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(add_columns, t);
    for (std::thread& member : team) member.join();
    store_sums(image, shares);
}
