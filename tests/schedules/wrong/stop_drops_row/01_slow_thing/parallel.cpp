// wrong: a worker has taken the last row, the team is asked to stop, and the worker drops the row.
#include "slow_thing.hpp"

#include <stop_token>

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += double(x);
            sum += double(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<std::size_t> next = 0;
    const auto work = [&](const std::stop_token& stop) {
        while (true) {
            const std::size_t x = next++;
            next.notify_one();
            if (x >= image.rows() || stop.stop_requested()) return;
            fill_row(image, x);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);

    for (std::size_t taken = next; taken < image.rows(); taken = next) next.wait(taken);
    for (auto& thread : team) thread.request_stop();
}
