// right: one packaged_task for each row; the caller takes the futures in order and writes each pixel at once
#include "silly_sum.hpp"

namespace {

double share_of_row(const kit::Image& image, std::size_t i) {
    double sum = 0;
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l)
                sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return sum;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    using Task = std::packaged_task<double(const kit::Image&, std::size_t)>;
    std::vector<Task> tasks;
    std::vector<std::future<double>> shares;
    for (std::size_t i = 0; i < image.rows(); ++i)
        shares.push_back(tasks.emplace_back(share_of_row).get_future());

    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) {
        team.emplace_back([&] {
            for (auto i = next++; i < tasks.size(); i = next++) tasks[i](image, i);
        });
    }

    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += shares[i].get();  // nobody else reads row i any more
        sum += static_cast<double>(i);
        if (image.cols() > 0)
            image(i, image.cols() - 1) =
                sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
