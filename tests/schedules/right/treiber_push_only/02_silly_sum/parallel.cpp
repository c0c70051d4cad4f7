// right: threads push nodes onto a lock-free stack; the first one takes all of it at once.
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

struct Node {
    double share = 0;
    Node* next = nullptr;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<Node> nodes(image.rows());  // one for each row: none is ever pushed twice
    std::atomic<Node*> top = nullptr;

    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < nodes.size(); i += threads) {
            nodes[i].share = share_of_row(image, i);
            nodes[i].next = top.load(std::memory_order_relaxed);
            while (!top.compare_exchange_weak(nodes[i].next, &nodes[i], std::memory_order_release,
                                              std::memory_order_relaxed)) {
            }
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 1; t < threads; ++t) team.emplace_back(work, t);
    work(0);

    std::vector<double> shares(nodes.size());
    for (std::size_t missing = nodes.size(); missing > 0;) {
        const Node* node = top.exchange(nullptr, std::memory_order_acquire);
        if (node == nullptr) std::this_thread::yield();
        for (; node != nullptr; node = node->next, --missing)
            shares[static_cast<std::size_t>(node - nodes.data())] = node->share;
    }
    store_sums(image, shares);
}
