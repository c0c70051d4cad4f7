// right: threads push shares onto a list whose head is an atomic shared_ptr, by CAS.
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

struct Share {
    std::size_t row = 0;
    double value = 0;
    std::shared_ptr<Share> next;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::atomic<std::shared_ptr<Share>> head;
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) {
            const auto share = std::make_shared<Share>();
            share->row = i;
            share->value = share_of_row(image, i);
            // On failure, next becomes the head that another thread has pushed.
            while (!head.compare_exchange_weak(share->next, share)) {
            }
        }
    };
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    for (std::thread& member : team) member.join();

    std::vector<double> shares(image.rows());
    for (auto share = head.exchange(nullptr); share != nullptr; share = share->next)
        shares[share->row] = share->value;
    store_sums(image, shares);
}
