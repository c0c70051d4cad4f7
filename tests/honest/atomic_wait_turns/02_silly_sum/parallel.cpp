// right: interleaved rows; atomic wait and notify pass the running sum from row to row
#include "silly_sum.hpp"

namespace {

double share_of(const kit::Image& image, std::size_t i) {
    double share = 0;
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l)
                share += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return share;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    const auto rows = static_cast<int>(image.rows());
    const auto cols = image.cols();
    std::atomic<int> turn = 0;
    double sum = 0;  // belongs to the thread whose row has its turn

    std::vector<std::jthread> team;
    for (int t = 0; t < static_cast<int>(threads); ++t) {
        team.emplace_back([&, t] {
            for (int i = t; i < rows; i += static_cast<int>(threads)) {
                const double share = share_of(image, static_cast<std::size_t>(i));
                for (int now = turn.load(); now != i; now = turn.load()) turn.wait(now);
                sum += share;
                sum += i;
                image(static_cast<std::size_t>(i), cols - 1) = sum / static_cast<double>(cols) / rows;
                turn.store(i + 1);
                turn.notify_all();
            }
        });
    }
}
