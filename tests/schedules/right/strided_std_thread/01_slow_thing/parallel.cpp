// right: thread t has rows t, t + threads, t + 2 * threads …; each std::thread is joined by hand.
#include "slow_thing.hpp"

namespace {

double slow_pixel(std::size_t x, std::size_t y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
        sum += static_cast<double>(y);
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(x, y);
}

class Stride {
  public:
    Stride(unsigned first, unsigned step) : first_(first), step_(step) {}

    void operator()(kit::Image& image) const {
        for (std::size_t x = first_; x < image.rows(); x += step_) fill_row(image, x);
    }

  private:
    unsigned first_;
    unsigned step_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::thread> team;
    for (unsigned t = 1; t < threads; ++t) team.emplace_back(Stride(t, threads), std::ref(image));
    Stride(0, threads)(image);
    for (std::thread& member : team) member.join();
}
