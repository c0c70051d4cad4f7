#include "base/image_data.hpp"

#include <gmock/gmock.h>

#include <charconv>
#include <cstring>
#include <random>
#include <stdexcept>
#include <string>

#include "base/files.hpp"

namespace grader {

namespace {

constexpr std::uint64_t seed_mask = (1ULL << 53) - 1;

}  // namespace

void fill_random(std::span<double> pixels, std::uint64_t seed) {
    std::mt19937_64 generator(seed);
    constexpr std::size_t per_draw = sizeof(std::uint64_t);
    std::size_t i = 0;
    for (; i + per_draw <= pixels.size(); i += per_draw) {
        std::uint64_t bytes = generator();
        for (std::size_t k = 0; k < per_draw; ++k, bytes >>= 8)
            pixels[i + k] = static_cast<double>(static_cast<std::uint8_t>(bytes));
    }
    for (std::uint64_t bytes = generator(); i < pixels.size(); ++i, bytes >>= 8)
        pixels[i] = static_cast<double>(static_cast<std::uint8_t>(bytes));
}

std::uint64_t derived_seed(std::uint64_t seed, std::string_view part, std::uint64_t number) {
    const std::string hash = content_hash({std::to_string(seed), std::string(part), std::to_string(number)});
    std::uint64_t result = 0;
    constexpr std::size_t digits = 16;
    std::from_chars(hash.data(), hash.data() + digits, result, digits);
    return result & seed_mask;
}

std::uint64_t fresh_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32 | device()) & seed_mask;
}

std::optional<Difference> difference(std::span<const double> expected, std::span<const double> actual) {
    if (expected.size() != actual.size())
        throw std::invalid_argument("images of different sizes can't be compared");
    if (std::memcmp(expected.data(), actual.data(), expected.size_bytes()) == 0) return std::nullopt;
    std::optional<Difference> result;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i] == actual[i] || testing::Value(actual[i], testing::DoubleEq(expected[i]))) continue;
        if (!result) result = Difference{.first = i, .count = 0};
        ++result->count;
    }
    return result;
}

}  // namespace grader
