// right: who has no rows takes half of another's; the lower-numbered mutex is locked first.
#include "slow_thing.hpp"

#include <optional>

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

struct Band {
    std::mutex mutex;
    std::size_t first = 0, last = 0;
};

std::optional<std::size_t> take(Band& own) {
    const std::lock_guard lock(own.mutex);
    if (own.first == own.last) return std::nullopt;
    return own.first++;
}

/// For a thread with an empty band. It does the returned row itself, so each theft is a step ahead.
std::optional<std::size_t> steal(std::vector<Band>& bands, std::size_t own, std::size_t other) {
    if (own == other) return std::nullopt;
    const std::lock_guard low(bands[std::min(own, other)].mutex);
    const std::lock_guard high(bands[std::max(own, other)].mutex);
    Band& from = bands[other];
    if (from.first == from.last) return std::nullopt;
    const std::size_t middle = from.first + (from.last - from.first) / 2;
    bands[own].first = middle + 1;
    bands[own].last = std::exchange(from.last, middle);
    return middle;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<Band> bands(threads);
    bands[0].last = image.rows();
    const auto work = [&](std::size_t own) {
        while (true) {
            std::optional<std::size_t> row = take(bands[own]);
            for (std::size_t other = 0; other < threads && !row; ++other) row = steal(bands, own, other);
            if (!row) return;
            fill_row(image, *row);
        }
    };
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) team.emplace_back(work, t);
}
