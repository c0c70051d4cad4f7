#include "base/image_data.hpp"

#include <gmock/gmock.h>

#include <cstring>
#include <random>
#include <stdexcept>

namespace grader {

namespace {

constexpr std::uint64_t seed_mask = (1ULL << 53) - 1;

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
    value = (value ^ value >> 27) * 0x94D049BB133111EB;
    return value ^ value >> 31;
}

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
    std::uint64_t result = mixed(seed);
    for (const char c : part) result = mixed(result ^ static_cast<unsigned char>(c));
    return mixed(result ^ number) & seed_mask;
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
