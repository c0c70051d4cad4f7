// right: std::async builds a tree of totals; a second walk down the tree writes the pixels
#include "silly_sum.hpp"

namespace {

struct Node {
    double total = 0;
    std::vector<double> shares;  // of a leaf's rows
    std::unique_ptr<Node> left, right;
};

std::unique_ptr<Node> grow(const kit::Image& image, std::size_t first, std::size_t last, unsigned threads) {
    auto node = std::make_unique<Node>();
    if (threads <= 1 || last - first <= 1) {
        for (auto i = first; i < last; ++i) {
            double share = 0;
            for (std::size_t j = 0; j < image.cols(); ++j) {
                for (std::size_t k = 0; k < image.rows(); ++k) {
                    for (std::size_t l = 0; l < image.rows(); ++l) {
                        share += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                    }
                }
            }
            share += static_cast<double>(i);
            node->shares.push_back(share);
            node->total += share;
        }
        return node;
    }
    const auto half = threads / 2;
    const auto middle = first + (last - first) * half / threads;
    auto left = std::async(std::launch::async, grow, std::cref(image), first, middle, half);
    node->right = grow(image, middle, last, threads - half);
    node->left = left.get();
    node->total = node->left->total + node->right->total;
    return node;
}

std::size_t write(kit::Image& image, const Node& node, std::size_t row, double before) {
    if (node.left) {
        row = write(image, *node.left, row, before);
        return write(image, *node.right, row, before + node.left->total);
    }
    for (const double share : node.shares) {
        before += share;
        image(row++, image.cols() - 1) = before / double(image.cols()) / double(image.rows());
    }
    return row;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.pixels().empty()) return;
    const auto root = grow(image, 0, image.rows(), threads);
    write(image, *root, 0, 0.0);
}
