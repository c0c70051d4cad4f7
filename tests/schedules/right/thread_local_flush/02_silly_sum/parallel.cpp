// right: a thread_local notebook's destructor hands its entries over at the thread's end.
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

struct Ledger {
    std::mutex mutex;
    std::vector<double> shares;
};

struct Notebook {
    Ledger* ledger = nullptr;
    std::vector<std::pair<std::size_t, double>> entries;

    ~Notebook() {
        if (ledger == nullptr) return;
        const std::lock_guard lock(ledger->mutex);
        for (const auto& [row, share] : entries) ledger->shares[row] = share;
    }
};

thread_local Notebook notebook;

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    Ledger ledger;
    ledger.shares.resize(image.rows());
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            notebook.ledger = &ledger;
            for (std::size_t i = t; i < image.rows(); i += threads)
                notebook.entries.emplace_back(i, share_of_row(image, i));
        });
    for (std::thread& member : team) member.join();  // their notebooks are closed now
    store_sums(image, ledger.shares);
}
