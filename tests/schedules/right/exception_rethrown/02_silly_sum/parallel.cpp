// right: a thread keeps its exception as an exception_ptr; the caller then does the band itself.
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

void store_sums(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

void fill_band(const kit::Image& image, std::vector<double>& shares, std::size_t first, std::size_t last,
               std::size_t at_most) {
    if (last - first > at_most) throw std::length_error("too many rows for one thread");
    for (std::size_t i = first; i < last; ++i) shares[i] = share_of_row(image, i);
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<double> shares(image.rows());
    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };
    std::vector<std::exception_ptr> errors(threads);
    {
        std::vector<std::jthread> team;
        for (std::size_t t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                try {
                    fill_band(image, shares, first(t), first(t + 1), image.rows() / threads);
                } catch (...) {
                    errors[t] = std::current_exception();
                }
            });
    }
    for (std::size_t t = 0; t < threads; ++t) {
        try {
            if (errors[t]) std::rethrow_exception(errors[t]);
        } catch (const std::length_error&) {
            fill_band(image, shares, first(t), first(t + 1), image.rows());
        }
    }
    store_sums(image, shares);
}
