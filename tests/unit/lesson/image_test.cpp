#include "kit/image.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <type_traits>
#include <utility>

namespace {

using kit::Image;
using kit::MappedImage;
using testing::Each;
using testing::ElementsAre;

/// Pixels 0, 1, 2, …
Image counting(std::size_t rows, std::size_t cols) {
    Image image(rows, cols);
    std::iota(image.pixels().begin(), image.pixels().end(), 0.0);
    return image;
}

/// An image as the grader makes it, over pixels that it doesn't own: 10, 11, 12, …
struct Shared {
    std::array<double, 6> pixels{10, 11, 12, 13, 14, 15};
    Image image = MappedImage::over(pixels.data(), 2, 3);
};

TEST(Image, starts_with_zeros) {
    const Image image(3, 4);
    EXPECT_EQ(image.rows(), 3U);
    EXPECT_EQ(image.cols(), 4U);
    ASSERT_EQ(image.pixels().size(), 12U);
    EXPECT_THAT(image.pixels(), Each(0.0));
}

TEST(Image, is_empty_by_default) {
    const Image image;
    EXPECT_EQ(image.rows(), 0U);
    EXPECT_EQ(image.cols(), 0U);
    EXPECT_TRUE(image.pixels().empty());
}

TEST(Image, keeps_its_other_extent_when_one_is_zero) {
    for (const auto& [rows, cols] : {std::pair{0U, 3U}, {3U, 0U}, {0U, 0U}}) {
        const Image image(rows, cols);
        EXPECT_EQ(image.rows(), rows) << rows << "×" << cols;
        EXPECT_EQ(image.cols(), cols) << rows << "×" << cols;
        EXPECT_TRUE(image.pixels().empty()) << rows << "×" << cols;
        EXPECT_EQ(Image(image), image) << rows << "×" << cols;
    }
}

TEST(Image, is_row_major) {
    Image image = counting(2, 3);
    for (std::size_t x = 0; x < 2; ++x)
        for (std::size_t y = 0; y < 3; ++y)
            EXPECT_EQ(&image(x, y), &image.pixels()[x * 3 + y]) << x << ", " << y;
    image(1, 0) = 42;
    EXPECT_THAT(image.pixels(), ElementsAre(0, 1, 2, 42, 4, 5));
}

TEST(Image, is_read_only_when_const) {
    static_assert(std::is_same_v<decltype(std::declval<const Image&>()(0, 0)), const double&>);
    static_assert(std::is_same_v<decltype(std::declval<const Image&>().pixels()), std::span<const double>>);
    static_assert(std::is_same_v<decltype(std::declval<Image&>()(0, 0)), double&>);
    static_assert(std::is_same_v<decltype(std::declval<Image&>().pixels()), std::span<double>>);
    const Image image = counting(2, 2);
    EXPECT_EQ(image(1, 1), 3);
}

TEST(Image, is_moved_without_an_exception) {
    static_assert(std::is_nothrow_move_constructible_v<Image> && std::is_nothrow_move_assignable_v<Image> &&
                  std::is_nothrow_swappable_v<Image>);
}

TEST(Image, is_equal_only_with_equal_extents_and_pixels) {
    EXPECT_EQ(counting(2, 3), counting(2, 3));
    EXPECT_NE(counting(2, 3), counting(3, 2));
    EXPECT_NE(counting(2, 3), counting(1, 6));
    EXPECT_NE(Image(0, 3), Image(3, 0));
    Image other = counting(2, 3);
    other(1, 2) = -1;
    EXPECT_NE(counting(2, 3), other);
}

// ---- Copies own their pixels

TEST(ACopyOfAnImage, has_pixels_of_its_own) {
    const Image original = counting(2, 3);
    Image copy = original;
    EXPECT_EQ(copy, original);
    copy(0, 0) = 99;
    EXPECT_EQ(original, counting(2, 3));
}

TEST(ACopyOfAnImage, outlives_the_mapping) {
    Image copy;
    {
        const Shared shared;
        copy = shared.image;
    }
    EXPECT_THAT(copy.pixels(), ElementsAre(10, 11, 12, 13, 14, 15));
}

TEST(ACopyOfAnImage, taken_by_value_in_a_lambda_leaves_the_original_alone) {
    Shared shared;
    const auto by_value = [image = shared.image]() mutable { image(0, 0) = 99; };
    auto function = by_value;
    function();
    EXPECT_THAT(shared.pixels, ElementsAre(10, 11, 12, 13, 14, 15));
}

// ---- Images over memory that they don't own

TEST(AMappedImage, writes_through) {
    Shared shared;
    shared.image(1, 2) = 99;
    EXPECT_EQ(shared.pixels[5], 99);
    EXPECT_EQ(shared.image.pixels().data(), shared.pixels.data());
}

TEST(AMappedImage, takes_the_mapping_along_when_moved) {
    Shared shared;
    Image moved = std::move(shared.image);
    EXPECT_EQ(moved.pixels().data(), shared.pixels.data());
    EXPECT_EQ(moved.rows(), 2U);
    EXPECT_EQ(moved.cols(), 3U);
}

TEST(AMappedImage, leaves_the_mapping_alone_when_another_image_is_assigned) {
    Shared shared;
    const Image other = counting(2, 3);
    shared.image = other;
    EXPECT_EQ(shared.image, other);
    EXPECT_NE(shared.image.pixels().data(), shared.pixels.data());
    EXPECT_NE(shared.image.pixels().data(), other.pixels().data());
    EXPECT_THAT(shared.pixels, ElementsAre(10, 11, 12, 13, 14, 15));
}

TEST(AMappedImage, takes_the_other_shape_when_an_image_is_move_assigned) {
    Shared shared;
    shared.image = Image(5, 7);
    EXPECT_EQ(shared.image, Image(5, 7));
    EXPECT_THAT(shared.pixels, ElementsAre(10, 11, 12, 13, 14, 15));
}

TEST(AMappedImage, swaps_the_mapping_with_pixels_of_its_own) {
    Shared shared;
    Image own = counting(1, 4);
    const double* own_pixels = own.pixels().data();
    swap(shared.image, own);
    EXPECT_EQ(own.pixels().data(), shared.pixels.data());
    EXPECT_EQ(own.rows(), 2U);
    EXPECT_EQ(shared.image.pixels().data(), own_pixels);
    EXPECT_EQ(shared.image, counting(1, 4));
    own.swap(shared.image);
    EXPECT_EQ(shared.image.pixels().data(), shared.pixels.data());
    EXPECT_EQ(own, counting(1, 4));
}

TEST(AMappedImage, survives_assignment_to_itself) {
    Shared shared;
    Image& same = shared.image;
    shared.image = same;
    EXPECT_EQ(shared.image.pixels().data(), shared.pixels.data());
    shared.image = std::move(same);
    EXPECT_EQ(shared.image.pixels().data(), shared.pixels.data());
    EXPECT_THAT(shared.pixels, ElementsAre(10, 11, 12, 13, 14, 15));
    swap(shared.image, same);
    EXPECT_EQ(shared.image.pixels().data(), shared.pixels.data());
}

TEST(AMappedImage, may_be_empty) {
    const Image image = MappedImage::over(nullptr, 0, 3);
    EXPECT_EQ(image, Image(0, 3));
    EXPECT_EQ(Image(image), Image(0, 3));
}

TEST(AnImageThatWasMovedFrom, is_empty_and_can_be_used_again) {
    Image image = counting(2, 3);
    const Image taken = std::move(image);
    EXPECT_EQ(taken, counting(2, 3));
    EXPECT_EQ(image, Image());
    image = counting(1, 2);
    EXPECT_EQ(image, counting(1, 2));
}

}  // namespace
