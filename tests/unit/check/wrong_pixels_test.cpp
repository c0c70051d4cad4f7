#include "check/wrong_pixels.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

namespace grader {
namespace {

constexpr Shape five_by_four{5, 4};

/// Values that tell each pixel from all others.
double expected_at(std::size_t row, std::size_t col) {
    return 100.0 + 17.0 * static_cast<double>(row) + 3.0 * static_cast<double>(col * col);
}

struct Image {
    explicit Image(const std::function<double(std::size_t row, std::size_t col)>& actual_at,
                   Shape size = five_by_four)
        : shape(size) {
        for (std::size_t row = 0; row < size.rows; ++row)
            for (std::size_t col = 0; col < size.cols; ++col) {
                before.push_back(static_cast<double>(7 * row + col));
                expected.push_back(expected_at(row, col));
                actual.push_back(actual_at(row, col));
            }
    }
    [[nodiscard]] WrongImage wrong() const { return {shape, before, expected, actual}; }

    Shape shape;
    std::vector<double> before;
    std::vector<double> expected;
    std::vector<double> actual;
};

/// Where exactly these pixels are wrong.
std::string which(const std::function<bool(std::size_t row, std::size_t col)>& is_wrong,
                  Shape size = five_by_four) {
    const Image image(
        [&](std::size_t row, std::size_t col) { return expected_at(row, col) + is_wrong(row, col); }, size);
    return which_pixels(image.wrong());
}

TEST(WrongPixels, are_told_by_rows_and_columns) {
    EXPECT_EQ(which([](auto, auto) { return true; }), "all pixels");
    EXPECT_EQ(which([](auto, auto) { return true; }, {1, 1}), "the only pixel");
    EXPECT_EQ(which([](auto r, auto) { return r == 0; }), "the first row");
    EXPECT_EQ(which([](auto r, auto) { return r == 4; }), "the last row");
    EXPECT_EQ(which([](auto r, auto) { return r == 2; }), "row 2");
    EXPECT_EQ(which([](auto r, auto) { return r >= 3; }), "row 3 and all below it");
    EXPECT_EQ(which([](auto r, auto) { return r > 0; }), "all rows but the first");
    EXPECT_EQ(which([](auto r, auto) { return r < 4; }), "all rows but the last");
    EXPECT_EQ(which([](auto r, auto) { return r != 2; }), "all rows but row 2");
    EXPECT_EQ(which([](auto r, auto) { return r == 1 || r == 2; }), "rows 1 to 2");
    EXPECT_EQ(which([](auto r, auto) { return r % 2 == 0; }), "every 2nd row from row 0 on");
    EXPECT_EQ(which([](auto r, auto) { return r == 0 || r == 1 || r == 3; }), "rows 0, 1, 3");
    EXPECT_EQ(which([](auto, auto c) { return c == 3; }), "the last column");
    EXPECT_EQ(which([](auto, auto c) { return c >= 2; }), "column 2 and all to its right");
    EXPECT_EQ(which([](auto r, auto c) { return c == 3 && r >= 2; }),
              "the last column of row 2 and all below it");
    EXPECT_EQ(which([](auto r, auto c) { return c == 1 && r == 2; }), "pixel (2, 1) only");
    EXPECT_EQ(which([](auto r, auto) { return r > 0; }, {2, 1}), "pixel (1, 0) only");
}

TEST(WrongPixels, are_told_by_corner_and_diagonal) {
    EXPECT_EQ(which([](auto r, auto c) { return r == c; }), "the pixels of the diagonal");
    EXPECT_EQ(which([](auto r, auto c) { return c > r; }), "the pixels above the diagonal");
    EXPECT_EQ(which([](auto r, auto c) { return c < r; }), "the pixels below the diagonal");
    EXPECT_EQ(which([](auto r, auto c) { return r >= 3 || c >= 3; }),
              "all pixels but the 3×3 in the upper left corner");
    EXPECT_EQ(which([](auto r, auto c) { return (r * 5 + c * 3) % 7 == 1; }), "3 pixels, here and there");
}

std::string how(const std::function<double(std::size_t row, std::size_t col)>& actual_at,
                Shape size = five_by_four) {
    return how_wrong(Image(actual_at, size).wrong());
}

TEST(WrongPixels, have_something_in_common) {
    EXPECT_EQ(how([](auto r, auto c) { return static_cast<double>(7 * r + c); }),
              "they came back as they were");
    EXPECT_EQ(how([](auto, auto) { return 0.0; }), "they are 0");
    EXPECT_EQ(how([](auto, auto) { return NAN; }), "they aren't numbers (infinite, or NaN)");
    EXPECT_EQ(how([](auto, auto) { return 12.5; }), "all of them are 12.5");
    EXPECT_EQ(how([](auto r, auto c) { return expected_at(c, r); }, {4, 4}),
              "each has the value of the pixel whose row is its column, and whose column is its row");
    EXPECT_EQ(how([](auto r, auto c) { return expected_at(r - 1, c); }),
              "each has the value that belongs to the row above");
    EXPECT_EQ(how([](auto r, auto c) { return expected_at(r, c + 1); }),
              "each has the value that belongs to the column on the right");
    EXPECT_EQ(how([](auto r, auto c) { return expected_at(r, c) + 2; }), "each is too large by 2");
    EXPECT_EQ(how([](auto r, auto c) { return expected_at(r, c) - 0.5; }), "each is too small by 0.5");
    EXPECT_EQ(how([](auto r, auto c) { return 10 * expected_at(r, c); }),
              "each is 10 times what it should be");
    EXPECT_EQ(how([](auto r, auto c) { return expected_at(r, c) + 4.0 * static_cast<double>(r); }),
              "the more wrong, the larger the row's number");
    EXPECT_EQ(how([](auto r, auto c) { return expected_at(r, c) * (1 + 1e-8); }),
              "they differ in the last digits only: are the numbers added in another order, or in float?");
    EXPECT_EQ(
        how([](auto r, auto c) { return expected_at(r, c) + static_cast<double>((3 * r + c) % 4 + 1); }), "");
}

TEST(WrongPixels, are_told_in_a_sentence) {
    const Image image(
        [](auto r, auto c) { return r == 4 ? static_cast<double>(7 * r + c) : expected_at(r, c); });
    EXPECT_EQ(wrong_pixels_in_words(image.wrong()), "Wrong: the last row; they came back as they were.");
}

}  // namespace
}  // namespace grader
