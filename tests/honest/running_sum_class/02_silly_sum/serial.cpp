// right: a small class keeps the running sum and knows the number of rows
#include "silly_sum.hpp"

namespace {

class RunningSum {
  public:
    explicit RunningSum(std::size_t rows) noexcept : rows_(rows) {}

    RunningSum& operator+=(double what) noexcept {
        value_ += what;
        return *this;
    }

    void add_pixel(double pixel) noexcept {
        for (std::size_t k = 0; k < rows_; ++k) {
            for (std::size_t l = 0; l < rows_; ++l) {
                *this += pixel - static_cast<double>(k) + static_cast<double>(l);
            }
        }
    }

    [[nodiscard]] double divided_by(std::size_t cols) const noexcept {
        return value_ / static_cast<double>(cols) / static_cast<double>(rows_);
    }

  private:
    std::size_t rows_;
    double value_ = 0.0;
};

}  // namespace

void silly_sum::serial(kit::Image& image) {
    RunningSum sum{image.rows()};
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j) sum.add_pixel(image(i, j));
        sum += static_cast<double>(i);
        if (image.cols() != 0) image(i, image.cols() - 1) = sum.divided_by(image.cols());
    }
}
