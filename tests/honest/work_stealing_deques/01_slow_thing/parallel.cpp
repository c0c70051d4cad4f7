// right: each thread has a deque of rows; when its own is empty, it steals from the front of another
#include "slow_thing.hpp"

#include <deque>
#include <optional>

namespace {

struct alignas(64) Deque {
    std::mutex mutex;
    std::deque<std::size_t> rows;

    std::optional<std::size_t> pop_back() {
        std::scoped_lock lock{mutex};
        if (rows.empty()) return {};
        auto row = rows.back();
        rows.pop_back();
        return row;
    }

    std::optional<std::size_t> steal_front() {
        std::scoped_lock lock{mutex};
        if (rows.empty()) return {};
        auto row = rows.front();
        rows.pop_front();
        return row;
    }
};

void compute_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<Deque> deques(threads);
    for (std::size_t x = 0; x < image.rows(); ++x) deques[x * threads / image.rows()].rows.push_back(x);

    const auto work = [&](unsigned me) {
        for (;;) {
            auto row = deques[me].pop_back();
            // Nobody adds rows, so one look at every other deque is enough.
            for (unsigned step = 1; !row && step < threads; ++step)
                row = deques[(me + step) % threads].steal_front();
            if (!row) return;
            compute_row(image, *row);
        }
    };

    std::vector<std::jthread> team;
    for (unsigned t = 1; t < threads; ++t) team.emplace_back(work, t);
    work(0);
}
