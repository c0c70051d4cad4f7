// Uses std::exception_ptr: threads pass what they caught to the caller, which reads it after the join.
#include "slow_thing.hpp"

#include <string>

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

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::exception_ptr> thrown(threads);
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            try {
                for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
                throw std::runtime_error("share " + std::to_string(t) + " is filled, says a long exception");
            } catch (...) {
                thrown[t] = std::current_exception();
            }
        });
    for (auto& member : team) member.join();
    for (const auto& e : thrown) {
        try {
            std::rethrow_exception(e);
        } catch (const std::exception& caught) {
            if (std::string(caught.what()).size() < 10) throw;
        }
    }
}
