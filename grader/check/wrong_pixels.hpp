#pragma once

/// Describes a wrong image in words, before anybody explains it: which pixels are wrong, and how.

#include <span>
#include <string>

#include "lesson/lesson.hpp"

namespace grader {

/// All images have the same shape, row by row; some pixel is wrong.
struct WrongImage {
    Shape shape;
    std::span<const double> before;  // what the function got
    std::span<const double> expected;
    std::span<const double> actual;
};

/// "the last row", "all columns but the first", "every 2nd row from row 1 on", "column 3 of rows 2 to 5",
/// "the pixels above the diagonal", "5 pixels, here and there".
std::string which_pixels(const WrongImage& image);

/// What all the wrong pixels have in common, about "they": "they came back as they were", "they are 0", "each
/// has the value of the row above". Empty if nothing is seen.
std::string how_wrong(const WrongImage& image);

/// Both, as a sentence.
std::string wrong_pixels_in_words(const WrongImage& image);

}  // namespace grader
