#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace kit {

/// Thrown by Image::operator() in the checked flavour for a pixel outside the image.
class index_error : public std::out_of_range {
  public:
    using std::out_of_range::out_of_range;
};

/// A line number in the source. As a default argument, here() is the line of the call.
struct Line {
    int number = 0;
    static constexpr Line here(int number = __builtin_LINE()) { return {number}; }
};

struct MappedImage;

/// rows × cols pixels of type double, row-major: pixel (x, y) is row x, column y, and pixels()[x * cols + y].
///
/// An Image is a value: a copy has pixels of its own, and writing to it changes nothing in the original.
/// Different threads may write to different pixels at the same time.
class Image {
  public:
    Image() = default;

    /// All pixels are 0. Either extent may be 0; the image is then empty.
    Image(std::size_t rows, std::size_t cols)
        : rows_(rows), cols_(cols), own_pixels_(rows * cols), pixels_(own_pixels_) {}

    Image(const Image& other)
        : rows_(other.rows_),
          cols_(other.cols_),
          own_pixels_(other.pixels_.begin(), other.pixels_.end()),
          pixels_(own_pixels_) {}

    Image(Image&& other) noexcept { swap(other); }

    Image& operator=(const Image& other) {
        if (this != &other) Image(other).swap(*this);
        return *this;
    }

    Image& operator=(Image&& other) noexcept {
        Image(std::move(other)).swap(*this);
        return *this;
    }

    ~Image() = default;

    void swap(Image& other) noexcept {
        std::swap(rows_, other.rows_);
        std::swap(cols_, other.cols_);
        own_pixels_.swap(other.own_pixels_);  // keeps pixels_ valid: a swapped vector keeps its buffer
        std::swap(pixels_, other.pixels_);
    }

    friend void swap(Image& a, Image& b) noexcept { a.swap(b); }

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::size_t cols() const noexcept { return cols_; }

    /// The pixel in row x < rows() and column y < cols(). In the checked flavour an index out of range throws
    /// index_error, which names the line of the call; in the timed flavour it is undefined behaviour, as with
    /// an array.
    [[nodiscard]] double& operator()(std::size_t x, std::size_t y, Line line = Line::here()) {
        return pixels_[offset(x, y, line)];
    }
    [[nodiscard]] const double& operator()(std::size_t x, std::size_t y, Line line = Line::here()) const {
        return pixels_[offset(x, y, line)];
    }

    /// All rows() * cols() pixels, row after row.
    [[nodiscard]] std::span<double> pixels() noexcept { return pixels_; }
    [[nodiscard]] std::span<const double> pixels() const noexcept { return pixels_; }

    /// Same extents and equal pixels.
    friend bool operator==(const Image& a, const Image& b) {
        return a.rows_ == b.rows_ && a.cols_ == b.cols_ &&
               std::equal(a.pixels_.begin(), a.pixels_.end(), b.pixels_.begin());
    }

  private:
    friend MappedImage;

    [[nodiscard]] std::size_t offset(std::size_t x, std::size_t y, [[maybe_unused]] Line line) const {
#ifdef KIT_CHECKED
        if (x >= rows_ || y >= cols_) {
            throw index_error("pixel (" + std::to_string(x) + ", " + std::to_string(y) +
                              ") is outside of the image, which has " + std::to_string(rows_) + " rows and " +
                              std::to_string(cols_) + " columns (line " + std::to_string(line.number) + ")");
        }
#endif
        return x * cols_ + y;
    }

    std::size_t rows_ = 0;
    std::size_t cols_ = 0;
    std::vector<double> own_pixels_;  // empty when the pixels belong to a MappedImage
    std::span<double> pixels_;
};

/// For the grader, whose images live in memory that it shares with the worker.
struct MappedImage {
    /// An Image over rows * cols `pixels`, which must outlive it. Copies of it own their pixels.
    [[nodiscard]] static Image over(double* pixels, std::size_t rows, std::size_t cols) {
        Image image;
        image.rows_ = rows;
        image.cols_ = cols;
        image.pixels_ = {pixels, rows * cols};
        return image;
    }
};

}  // namespace kit
