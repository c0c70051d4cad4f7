// The image as compiled in the checked flavour, in its own namespace, as one program can't contain both.
#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#define KIT_CHECKED
#define kit checked_kit
#include "kit/image.hpp"
#undef kit

#include <gtest/gtest.h>

namespace {

using checked_kit::Image;

/// The message of the index_error without the call's line, with which it must end; "none" if none is thrown.
template <class AnImage>
std::string error_at(AnImage& image, std::size_t x, std::size_t y) {
    const int line = __LINE__ + 2;
    try {
        static_cast<void>(image(x, y));
    } catch (const checked_kit::index_error& error) {
        const std::string text = error.what();
        const std::string place = " (line " + std::to_string(line) + ")";
        EXPECT_TRUE(text.ends_with(place)) << text;
        return text.substr(0, text.size() - place.size());
    }
    return "none";
}

TEST(ACheckedImage, names_the_pixel_that_is_outside_and_both_extents) {
    Image image(2, 3);
    EXPECT_EQ(error_at(image, 2, 1), "pixel (2, 1) is outside of the image, which has 2 rows and 3 columns");
    EXPECT_EQ(error_at(image, 1, 3), "pixel (1, 3) is outside of the image, which has 2 rows and 3 columns");
    EXPECT_EQ(error_at(std::as_const(image), 7, 8),
              "pixel (7, 8) is outside of the image, which has 2 rows and 3 columns");
    EXPECT_EQ(error_at(image, static_cast<std::size_t>(-1), 0),
              "pixel (18446744073709551615, 0) is outside of the image, which has 2 rows and 3 columns");
}

TEST(ACheckedImage, lets_every_pixel_inside_be_reached) {
    Image image(2, 3);
    for (std::size_t x = 0; x < 2; ++x)
        for (std::size_t y = 0; y < 3; ++y) EXPECT_EQ(error_at(image, x, y), "none") << x << ", " << y;
}

TEST(ACheckedImage, has_no_pixel_inside_when_it_is_empty) {
    Image no_columns(3, 0);
    EXPECT_EQ(error_at(no_columns, 0, 0),
              "pixel (0, 0) is outside of the image, which has 3 rows and 0 columns");
    Image no_rows(0, 3);
    EXPECT_EQ(error_at(no_rows, 0, 0),
              "pixel (0, 0) is outside of the image, which has 0 rows and 3 columns");
}

TEST(ACheckedImage, throws_what_standard_code_knows_as_out_of_range) {
    Image image(1, 1);
    EXPECT_THROW(static_cast<void>(image(1, 0)), std::out_of_range);
}

}  // namespace
