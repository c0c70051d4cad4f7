// right: a sorted list with a mutex per node: the next one is locked before this one is let go.
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

void store_row(kit::Image& image, std::size_t i, double sum) {
    const auto rows = static_cast<double>(image.rows());
    const auto cols = static_cast<double>(image.cols());
    image(i, image.cols() - 1) = sum / cols / rows;
}

struct Node {
    std::size_t row = 0;
    double share = 0;
    std::unique_ptr<Node> next;
    std::mutex mutex;  // for `next`
};

void insert(Node& head, std::size_t row, double share) {
    std::unique_ptr<Node> node(new Node{row, share, {}, {}});
    Node* before = &head;
    std::unique_lock lock(before->mutex);
    while (before->next && before->next->row < row) {
        before = before->next.get();
        std::unique_lock next_lock(before->mutex);
        lock.swap(next_lock);
    }  // next_lock, now that of the node behind, ends here
    node->next = std::move(before->next);
    before->next = std::move(node);
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    Node head;
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) insert(head, i, share_of_row(image, i));
    };
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    for (std::thread& member : team) member.join();

    double sum = 0;
    while (const auto node = std::move(head.next)) {
        sum += node->share;
        store_row(image, node->row, sum);
        head.next = std::move(node->next);
    }
}
