// Uses std::promise::set_exception with what a thread caught, and still holds after the caller has read it.
#include "slow_thing.hpp"

namespace {

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::promise<void>> filled(threads);
    std::vector<std::future<void>> shares;
    for (auto& share : filled) shares.push_back(share.get_future());
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads, share = std::move(filled[t])]() mutable {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
            try {
                throw std::runtime_error("no row left, says a message that is read by the caller");
            } catch (...) {
                share.set_exception(std::current_exception());
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
        });
    for (auto& share : shares) {
        try {
            share.get();
        } catch (const std::runtime_error& e) {
            if (std::string(e.what()).size() < 10) throw;
        }
    }
}
