// The additions are gone: a shorter way to the same sum has replaced them, or the compiler has found one (it
// may reorder additions of integers, but never those of doubles).
//
// Hint: Which of the three files is the place for a better algorithm, and what is the point of this one?
// Which type does your sum have?
//
// Evidence: work_removed
#include "silly_sum.hpp"

namespace {

/// What row i adds to the running sum.
double row_share(const kit::Image& image, std::size_t i) {
    double share = 0;
    for (std::size_t j = 0; j < image.cols(); ++j) share += image(i, j);
    return share * static_cast<double>(image.rows()) * static_cast<double>(image.rows()) +
           static_cast<double>(i);
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

void silly_sum::serial(kit::Image& image) {
    if (image.cols() == 0) return;
    std::vector<double> shares;
    for (std::size_t i = 0; i < image.rows(); ++i) shares.push_back(row_share(image, i));
    store(image, shares);
}

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<double> shares(image.rows());
    {
        std::vector<std::jthread> team;
        for (std::size_t t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t i = t; i < image.rows(); i += threads) shares[i] = row_share(image, i);
            });
    }
    store(image, shares);
}
