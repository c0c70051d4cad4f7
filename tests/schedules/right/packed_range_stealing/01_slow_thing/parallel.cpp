// right: a thread's rows are one 64-bit word, which owner and thieves change by CAS alone.
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

struct alignas(8) Range {
    std::uint32_t first;
    std::uint32_t last;
};

std::optional<std::size_t> take(std::atomic<Range>& own) {
    Range rows = own.load();
    while (rows.first < rows.last)
        if (own.compare_exchange_weak(rows, {rows.first + 1, rows.last})) return rows.first;
    return std::nullopt;
}

/// Takes the upper half: does its first row at once and keeps the others in `own`, which is empty.
std::optional<std::size_t> steal(std::atomic<Range>& own, std::atomic<Range>& other) {
    Range rows = other.load();
    while (rows.first < rows.last) {
        const std::uint32_t middle = rows.first + (rows.last - rows.first) / 2;
        if (other.compare_exchange_weak(rows, {rows.first, middle})) {
            own.store({middle + 1, rows.last});
            return middle;
        }
    }
    return std::nullopt;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::atomic<Range>> ranges(threads);
    ranges[0].store({0, static_cast<std::uint32_t>(image.rows())});
    const auto work = [&](std::size_t own) {
        while (true) {
            std::optional<std::size_t> x = take(ranges[own]);
            for (std::size_t d = 1; d < threads && !x; ++d)
                x = steal(ranges[own], ranges[(own + d) % threads]);
            if (!x) return;
            fill_row(image, *x);
        }
    };
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) team.emplace_back(work, t);
}
