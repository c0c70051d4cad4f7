// wrong: a whole update takes place between the main thread's two loads, and the flag hides it.
#include "silly_sum.hpp"

namespace {

double row_share(const kit::Image& image, std::size_t i) {
    double sum = double(i);
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l) sum += image(i, j) - double(k) + double(l);
    return sum;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<double> shares(image.rows());
    std::mutex one_writer;
    std::atomic<bool> changing = false;
    std::atomic<double> sum = 0;
    std::atomic<std::size_t> count = 0;
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) {
            shares[i] = row_share(image, i);
            std::lock_guard lock(one_writer);
            changing = true;
            sum = sum + shares[i];
            ++count;
            changing = false;
        }
    };
    double total = 0;
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
        while (true) {  // the main thread needs a sum and a count that belong together
            total = sum;
            if (count == image.rows() && !changing) break;
            std::this_thread::sleep_for(std::chrono::microseconds(100));
        }
    }
    for (std::size_t i = image.rows(); i-- > 0; total -= shares[i])  // from the last row up
        image(i, image.cols() - 1) = total / double(image.cols()) / double(image.rows());
}
