#pragma once

/// Random inputs, and the comparison of answers. Pixels are whole numbers from 0 to 255, as in an 8-bit
/// micrograph. Their sums are exact in double in any order, so right answers agree to the last bit except for
/// the rounding of final divisions.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace grader {

/// Fills `pixels` from the seed, with the same values on every machine.
void fill_random(std::span<double> pixels, std::uint64_t seed);

/// The seed of one part of a grading, which differs for every name and number of a part. Below 2^53, so that
/// every JSON reader keeps it exact.
std::uint64_t derived_seed(std::uint64_t seed, std::string_view part, std::uint64_t number);

/// A fresh seed from the operating system, below 2^53.
std::uint64_t fresh_seed();

struct Difference {
    std::size_t first = 0;  // index of the first wrong pixel
    std::size_t count = 0;  // number of wrong pixels
};

/// The pixels that differ by more than 4 units in the last place (GoogleTest's DoubleEq), if any. Throws
/// std::invalid_argument if the sizes differ.
std::optional<Difference> difference(std::span<const double> expected, std::span<const double> actual);

}  // namespace grader
