#include "base/image_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <vector>

namespace grader {
namespace {

using testing::Contains;
using testing::ElementsAre;

std::vector<double> random_pixels(std::size_t count, std::uint64_t seed) {
    std::vector<double> pixels(count, -1);
    fill_random(pixels, seed);
    return pixels;
}

/// `value` moved up by `ulps` units in the last place.
double moved(double value, int ulps) {
    const double towards =
        ulps > 0 ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
    for (int i = 0; i < std::abs(ulps); ++i) value = std::nextafter(value, towards);
    return value;
}

// ---- Pixels

TEST(RandomPixels, are_the_same_for_the_same_seed_on_every_machine) {
    EXPECT_EQ(random_pixels(1000, 7), random_pixels(1000, 7));
    EXPECT_NE(random_pixels(1000, 7), random_pixels(1000, 8));
    // The first draw of std::mt19937_64 with its default seed 5489 is 14514284786278117030 =
    // 0xC96D191CF6F6AEA6.
    EXPECT_THAT(random_pixels(8, 5489), ElementsAre(0xA6, 0xAE, 0xF6, 0xF6, 0x1C, 0x19, 0x6D, 0xC9));
}

TEST(RandomPixels, do_not_depend_on_how_many_follow) {
    const auto many = random_pixels(100, 3);
    for (std::size_t count = 0; count < 100; ++count)
        EXPECT_TRUE(std::ranges::equal(random_pixels(count, 3), std::span(many).first(count))) << count;
}

TEST(RandomPixels, are_whole_numbers_from_0_to_255_and_all_of_them_occur) {
    std::set<double> seen;
    for (const double pixel : random_pixels(10000, 42)) {
        EXPECT_EQ(pixel, std::floor(pixel));
        EXPECT_GE(pixel, 0);
        EXPECT_LE(pixel, 255);
        seen.insert(pixel);
    }
    EXPECT_EQ(seen.size(), 256U);
}

// ---- Seeds

TEST(ADerivedSeed, is_the_same_for_the_same_part_and_number) {
    EXPECT_EQ(derived_seed(1, "measure", 2), derived_seed(1, "measure", 2));
}

TEST(ADerivedSeed, differs_by_seed_part_and_number_and_every_reader_of_json_keeps_it) {
    std::set<std::uint64_t> seen;
    std::size_t count = 0;
    for (std::uint64_t seed : {0ULL, 1ULL, 2ULL, (1ULL << 53) - 1})
        for (const char* part : {"", "slow_thing", "silly_sum", "measure", "measur", "emeasur"})
            for (std::uint64_t number = 0; number < 500; ++number, ++count) {
                const std::uint64_t derived = derived_seed(seed, part, number);
                EXPECT_LT(derived, 1ULL << 53) << seed << part << number;
                seen.insert(derived);
            }
    EXPECT_EQ(seen.size(), count);
}

TEST(AFreshSeed, is_below_2_to_the_53_and_not_always_the_same) {
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 20; ++i) {
        seen.insert(fresh_seed());
        EXPECT_LT(*seen.rbegin(), 1ULL << 53);
    }
    EXPECT_EQ(seen.size(), 20U);
}

// ---- Comparison

TEST(TheDifference, is_none_between_equal_images) {
    EXPECT_FALSE(difference(std::vector<double>{}, std::vector<double>{}));
    EXPECT_FALSE(difference(std::vector{1.0, 2.0}, std::vector{1.0, 2.0}));
}

TEST(TheDifference, tolerates_4_units_in_the_last_place_and_not_5) {
    for (const double value : {1.0, -1.0, 255.0, 1e-300, 123456.789, 9e15, 0.1}) {
        for (const int ulps : {-4, -1, 1, 4})
            EXPECT_FALSE(difference(std::vector{value}, std::vector{moved(value, ulps)}))
                << value << " + " << ulps;
        for (const int ulps : {-5, 5})
            EXPECT_TRUE(difference(std::vector{value}, std::vector{moved(value, ulps)}))
                << value << " + " << ulps;
    }
}

TEST(TheDifference, does_not_tell_the_zeros_apart) {
    EXPECT_FALSE(difference(std::vector{0.0}, std::vector{-0.0}));
    EXPECT_FALSE(difference(std::vector{-0.0}, std::vector{0.0}));
}

TEST(TheDifference, finds_what_is_not_a_number) {
    const double nan = std::nan("");
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double wrong : {nan, -nan, infinity, -infinity})
        EXPECT_TRUE(difference(std::vector{1.0}, std::vector{wrong})) << wrong;
    EXPECT_TRUE(difference(std::vector{std::numeric_limits<double>::max()}, std::vector{-infinity}));
}

TEST(TheDifference, names_the_first_wrong_pixel_and_counts_them_all) {
    const std::vector<double> expected = {1, 2, 3, 4, 5};
    std::vector<double> actual = expected;
    actual[1] = moved(2, 2);
    actual[2] = 7;
    actual[4] = std::nan("");
    const auto found = difference(expected, actual);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->first, 2U);
    EXPECT_EQ(found->count, 2U);
}

}  // namespace
}  // namespace grader
