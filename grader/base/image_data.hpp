#pragma once

/// Inputs and comparison. Pixels are whole numbers from 0 to 255, like an 8-bit micrograph: sums of them are
/// exact in double in every order, so a right answer is right to the last bit but for the last divisions.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace grader {

/// Fills `pixels` from the seed: the same ones on every machine.
void fill_random(std::span<double> pixels, std::uint64_t seed);

/// A seed for a part of a grading, told apart from all other parts' by its name and number. Below 2^53, so
/// that every reader of JSON keeps it.
std::uint64_t derived_seed(std::uint64_t seed, std::string_view part, std::uint64_t number);

/// A fresh seed from the operating system, below 2^53.
std::uint64_t fresh_seed();

struct Difference {
    std::size_t first = 0;  // index of the first wrong pixel
    std::size_t count = 0;  // of wrong pixels
};

/// The pixels that differ by more than 4 units in the last place (GoogleTest's DoubleEq), if any. Throws
/// std::invalid_argument if there are more of one than of the other.
std::optional<Difference> difference(std::span<const double> expected, std::span<const double> actual);

}  // namespace grader
