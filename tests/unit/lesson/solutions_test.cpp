// Compares the reference solutions with the lessons' definitions, which are repeated here.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "01_slow_thing/slow_thing.hpp"
#include "02_silly_sum/silly_sum.hpp"
#include "base/image_data.hpp"
#include "kit/image.hpp"
#include "lesson/lesson.hpp"

namespace grader {
namespace {

using kit::Image;

constexpr unsigned thread_counts[] = {1, 2, 3, 7, 64, 300};

// Empty, one pixel, one row, one column, rectangular, prime, square.
constexpr Shape shapes[] = {{0, 0}, {0, 3},  {3, 0},  {1, 1},  {1, 13}, {13, 1},  {2, 9},
                            {9, 2}, {5, 11}, {11, 5}, {17, 7}, {7, 17}, {13, 13}, {16, 16}};

Image random_image(const Shape& shape, std::uint64_t seed) {
    Image image(shape.rows, shape.cols);
    fill_random(image.pixels(), seed);
    return image;
}

Image filled(const Shape& shape, double value) {
    Image image(shape.rows, shape.cols);
    std::ranges::fill(image.pixels(), value);
    return image;
}

// ---- The definitions

void slow_thing_by_definition(Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            std::int64_t sum = 0;
            for (int outer = 0; outer < 1000; ++outer) {
                for (int inner = 0; inner < 100; ++inner) sum += static_cast<std::int64_t>(x);
                sum += static_cast<std::int64_t>(y);
            }
            image(x, y) = static_cast<double>(sum);
        }
}

/// The definition in whole numbers. `add_pixel(value, rows)` is what one pixel adds to the running sum.
template <class AddPixel>
void silly_sum_with(Image& image, AddPixel&& add_pixel) {
    const auto rows = static_cast<std::int64_t>(image.rows());
    const auto cols = static_cast<double>(image.cols());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j)
            sum += add_pixel(static_cast<std::int64_t>(image(i, j)), rows);
        sum += static_cast<std::int64_t>(i);
        if (image.cols() > 0)
            image(i, image.cols() - 1) = static_cast<double>(sum) / cols / static_cast<double>(rows);
    }
}

void silly_sum_by_definition(Image& image) {
    silly_sum_with(image, [](std::int64_t pixel, std::int64_t rows) {
        std::int64_t sum = 0;
        for (std::int64_t k = 0; k < rows; ++k)
            for (std::int64_t l = 0; l < rows; ++l) sum += pixel - k + l;
        return sum;
    });
}

/// The same, shortened since -k and +l cancel, for images that are too large for the definition.
void silly_sum_in_short(Image& image) {
    silly_sum_with(image, [](std::int64_t pixel, std::int64_t rows) { return rows * rows * pixel; });
}

/// Empty if the function turns `input` into the definition's result, within GoogleTest's 4 ULP.
template <class Function>
std::string wrong(Function&& function, void (*definition)(Image&), const Image& input) {
    Image expected = input;
    definition(expected);
    Image actual = input;
    function(actual);
    if (actual.rows() != expected.rows() || actual.cols() != expected.cols()) return "another shape";
    const auto found = difference(expected.pixels(), actual.pixels());
    if (!found) return "";
    return "pixel " + std::to_string(found->first) + " is " +
           testing::PrintToString(actual.pixels()[found->first]) + ", expected " +
           testing::PrintToString(expected.pixels()[found->first]);
}

std::string at(const Shape& shape, unsigned threads = 1) {
    return std::to_string(shape.rows) + "×" + std::to_string(shape.cols) + ", " + std::to_string(threads) +
           " threads";
}

// ---- slow_thing

TEST(SlowThing, serial_and_optimized_follow_the_definition) {
    for (const Shape& shape : shapes) {
        const Image input = random_image(shape, 1);
        EXPECT_EQ(wrong(slow_thing::serial, slow_thing_by_definition, input), "") << "serial, " << at(shape);
        EXPECT_EQ(wrong(slow_thing::optimized, slow_thing_by_definition, input), "")
            << "optimized, " << at(shape);
    }
}

TEST(SlowThing, parallel_follows_the_definition_with_every_number_of_threads) {
    for (const Shape& shape : shapes)
        for (const unsigned threads : thread_counts)
            EXPECT_EQ(wrong([=](Image& image) { slow_thing::parallel(image, threads); },
                            slow_thing_by_definition, random_image(shape, 2)),
                      "")
                << at(shape, threads);
}

TEST(SlowThing, optimized_is_exact_at_the_largest_size) {
    constexpr std::size_t edge = 2048;
    Image image(edge, edge);
    slow_thing::optimized(image);
    for (std::size_t x = 0; x < edge; ++x)
        for (std::size_t y = 0; y < edge; ++y)
            ASSERT_EQ(image(x, y), static_cast<double>(100'000 * x + 1000 * y)) << x << ", " << y;
}

// ---- silly_sum

TEST(SillySum, serial_and_optimized_follow_the_definition) {
    for (const Shape& shape : shapes)
        for (const Image& input : {random_image(shape, 3), filled(shape, 0), filled(shape, 255)}) {
            EXPECT_EQ(wrong(silly_sum::serial, silly_sum_by_definition, input), "")
                << "serial, " << at(shape);
            EXPECT_EQ(wrong(silly_sum::optimized, silly_sum_by_definition, input), "")
                << "optimized, " << at(shape);
        }
}

TEST(SillySum, parallel_follows_the_definition_with_every_number_of_threads) {
    for (const Shape& shape : shapes)
        for (const unsigned threads : thread_counts)
            EXPECT_EQ(wrong([=](Image& image) { silly_sum::parallel(image, threads); },
                            silly_sum_by_definition, random_image(shape, 4)),
                      "")
                << at(shape, threads);
}

TEST(SillySum, leaves_all_but_the_last_column_alone) {
    const Image input = random_image({6, 5}, 5);
    Image image = input;
    silly_sum::optimized(image);
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = 0; j < 4; ++j) EXPECT_EQ(image(i, j), input(i, j)) << i << ", " << j;
}

TEST(SillySum, its_short_form_is_its_definition) {
    for (const Shape& shape : shapes)
        EXPECT_EQ(wrong(silly_sum_in_short, silly_sum_by_definition, random_image(shape, 6)), "")
            << at(shape);
}

TEST(SillySum, optimized_is_exact_up_to_the_largest_size) {
    for (const Shape& shape : {Shape{256, 256}, Shape{1536, 1536}, Shape{1009, 1300}})
        for (const Image& input : {random_image(shape, 7), filled(shape, 255)})
            EXPECT_EQ(wrong(silly_sum::optimized, silly_sum_in_short, input), "") << at(shape);
}

TEST(EveryReference, keeps_nothing_from_one_call_to_the_next) {
    const std::pair<const char*, std::function<void(Image&)>> references[] = {
        {"slow_thing::serial", slow_thing::serial},
        {"slow_thing::parallel", [](Image& image) { slow_thing::parallel(image, 3); }},
        {"slow_thing::optimized", slow_thing::optimized},
        {"silly_sum::serial", silly_sum::serial},
        {"silly_sum::parallel", [](Image& image) { silly_sum::parallel(image, 3); }},
        {"silly_sum::optimized", silly_sum::optimized},
    };
    for (const auto& [name, function] : references) {
        Image first = random_image({5, 7}, 8);
        function(first);
        Image other = random_image({9, 4}, 9);
        function(other);
        Image second = random_image({5, 7}, 8);
        function(second);
        EXPECT_EQ(first, second) << name;
    }
}

}  // namespace
}  // namespace grader
