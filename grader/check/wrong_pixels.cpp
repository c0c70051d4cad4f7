#include "check/wrong_pixels.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "base/image_data.hpp"
#include "base/text.hpp"

namespace grader {

namespace {

using Index = std::ptrdiff_t;

struct Pixel {
    std::size_t row;
    std::size_t col;
};

/// As answers are compared.
bool is_same(const double& one, const double& other) {
    return !difference({&one, 1}, {&other, 1});
}

bool is_alike(double one, double other) {
    constexpr double tolerance = 1e-9;
    if (std::isnan(one) || std::isnan(other)) return std::isnan(one) && std::isnan(other);
    return one == other || std::abs(one - other) <= tolerance * std::max(std::abs(one), std::abs(other));
}

std::vector<Pixel> wrong_pixels(const WrongImage& image) {
    std::vector<Pixel> pixels;
    for (std::size_t i = 0; i < image.expected.size(); ++i)
        if (!is_same(image.expected[i], image.actual[i]))
            pixels.push_back({i / image.shape.cols, i % image.shape.cols});
    return pixels;
}

// ---- Which

/// Rows or columns.
struct RowsOrColumns {
    const char* name;   // "row"
    const char* after;  // "all below it"
    std::set<std::size_t> numbers;
    std::size_t count;  // in the image
};

/// The distance from each to the next, if it is always the same.
std::optional<std::size_t> step_of(const std::set<std::size_t>& numbers) {
    const std::size_t step = *std::next(numbers.begin()) - *numbers.begin();
    for (auto it = numbers.begin(); std::next(it) != numbers.end(); ++it)
        if (*std::next(it) - *it != step) return std::nullopt;
    return step;
}

std::string ordinal(std::size_t number) {
    return number == 2 ? "2nd" : number == 3 ? "3rd" : fmt::format("{}th", number);
}

std::string in_words(const RowsOrColumns& lines) {
    const auto& [name, after, numbers, count] = lines;
    const std::size_t first = *numbers.begin();
    const std::size_t last = *numbers.rbegin();
    const std::size_t end = count - 1;
    if (numbers.size() == 1)
        return count > 1 && first == 0     ? fmt::format("the first {}", name)
               : count > 1 && first == end ? fmt::format("the last {}", name)
                                           : fmt::format("{} {}", name, first);
    if (numbers.size() == count) return fmt::format("all {}s", name);
    if (numbers.size() + 1 == count) {
        std::size_t missing = 0;
        while (numbers.contains(missing)) ++missing;
        return missing == 0     ? fmt::format("all {}s but the first", name)
               : missing == end ? fmt::format("all {}s but the last", name)
                                : fmt::format("all {0}s but {0} {1}", name, missing);
    }
    const auto step = step_of(numbers);
    if (step == 1U)
        return last == end ? fmt::format("{} {} and {}", name, first, after)
                           : fmt::format("{}s {} to {}", name, first, last);
    constexpr std::size_t few = 3;
    if (step && numbers.size() >= few && last + *step > end)
        return fmt::format("every {0} {1} from {1} {2} on", ordinal(*step), name, first);
    if (numbers.size() <= few) return fmt::format("{}s {}", name, fmt::join(numbers, ", "));
    return fmt::format("{} of {} {}s", numbers.size(), count, name);
}

/// "the pixels above the diagonal" and the like, if all of these are wrong and no others.
std::string corner_or_diagonal(const Shape& shape, const std::vector<Pixel>& wrong) {
    const auto are_those = [&](auto&& is_one) {
        std::size_t count = 0;
        for (std::size_t row = 0; row < shape.rows; ++row)
            for (std::size_t col = 0; col < shape.cols; ++col)
                if (is_one(Pixel{row, col})) ++count;
        return count == wrong.size() && std::ranges::all_of(wrong, is_one);
    };
    if (are_those([](const Pixel& at) { return at.row == at.col; })) return "the pixels of the diagonal";
    if (are_those([](const Pixel& at) { return at.col > at.row; })) return "the pixels above the diagonal";
    if (are_those([](const Pixel& at) { return at.col < at.row; })) return "the pixels below the diagonal";
    for (std::size_t edge = 1; edge < std::max(shape.rows, shape.cols); ++edge)
        if (are_those([&](const Pixel& at) { return at.row >= edge || at.col >= edge; }))
            return edge == 1 ? "all pixels but the first"
                             : fmt::format("all pixels but the {0}×{0} in the upper left corner", edge);
    return "";
}

// ---- How

/// Whether it is so for all wrong pixels, by their place in the image.
template <class Is>
bool are_all(const WrongImage& image, const std::vector<Pixel>& wrong, Is&& is) {
    return std::ranges::all_of(wrong,
                               [&](const Pixel& at) { return is(at.row * image.shape.cols + at.col, at); });
}

/// Whether each wrong pixel has the value that belongs to another place, and these values differ enough to
/// tell.
template <class Place>
bool are_moved(const WrongImage& image, const std::vector<Pixel>& wrong, Place&& place) {
    std::set<double> values;
    std::size_t inside = 0;
    for (const Pixel& at : wrong) {
        const auto [row, col] = place(at);
        if (row < 0 || col < 0 || row >= static_cast<Index>(image.shape.rows) ||
            col >= static_cast<Index>(image.shape.cols))
            continue;
        ++inside;
        const std::size_t there =
            static_cast<std::size_t>(row) * image.shape.cols + static_cast<std::size_t>(col);
        const double actual = image.actual[at.row * image.shape.cols + at.col];
        if (!is_alike(actual, image.expected[there])) return false;
        values.insert(actual);
    }
    return values.size() > 1 && 2 * inside >= wrong.size();
}

std::string moved(const WrongImage& image, const std::vector<Pixel>& wrong) {
    const auto by = [&](Index rows, Index cols) {
        return are_moved(image, wrong, [=](const Pixel& at) {
            return std::pair(static_cast<Index>(at.row) + rows, static_cast<Index>(at.col) + cols);
        });
    };
    if (are_moved(image, wrong, [](const Pixel& at) {
            return std::pair(static_cast<Index>(at.col), static_cast<Index>(at.row));
        }))
        return "each has the value of the pixel whose row is its column, and whose column is its row";
    if (by(-1, 0)) return "each has the value that belongs to the row above";
    if (by(1, 0)) return "each has the value that belongs to the row below";
    if (by(0, -1)) return "each has the value that belongs to the column on the left";
    if (by(0, 1)) return "each has the value that belongs to the column on the right";
    return "";
}

std::string off_by(const WrongImage& image, const std::vector<Pixel>& wrong) {
    constexpr std::size_t enough = 2;
    if (wrong.size() < enough) return "";
    const auto difference = [&](std::size_t i) { return image.actual[i] - image.expected[i]; };
    const std::size_t first = wrong[0].row * image.shape.cols + wrong[0].col;
    const double by = difference(first);
    if (!std::isfinite(by)) return "";
    if (are_all(image, wrong, [&](std::size_t i, const Pixel&) { return is_alike(difference(i), by); }))
        return fmt::format("each is too {} by {:.6g}", by > 0 ? "large" : "small", std::abs(by));
    const auto is_multiple = [&](auto&& number) {
        std::optional<double> multiple;
        return are_all(image, wrong, [&](std::size_t i, const Pixel& at) {
            const auto by_number = static_cast<double>(number(at));
            if (by_number == 0) return false;
            if (!multiple) multiple = difference(i) / by_number;
            return is_alike(difference(i), *multiple * by_number);
        });
    };
    if (image.shape.rows > 1 && is_multiple([](const Pixel& at) { return at.row; }))
        return "the more wrong, the larger the row's number";
    if (image.shape.cols > 1 && is_multiple([](const Pixel& at) { return at.col; }))
        return "the more wrong, the larger the column's number";
    const double factor = image.actual[first] / image.expected[first];
    if (std::isfinite(factor) && factor != 0 && are_all(image, wrong, [&](std::size_t i, const Pixel&) {
            return is_alike(image.actual[i], factor * image.expected[i]);
        }))
        return fmt::format("each is {:.6g} times what it should be", factor);
    return "";
}

}  // namespace

std::string which_pixels(const WrongImage& image) {
    const std::vector<Pixel> wrong = wrong_pixels(image);
    RowsOrColumns rows{"row", "all below it", {}, image.shape.rows};
    RowsOrColumns cols{"column", "all to its right", {}, image.shape.cols};
    for (const Pixel& at : wrong) {
        rows.numbers.insert(at.row);
        cols.numbers.insert(at.col);
    }
    if (wrong.size() == image.expected.size()) return wrong.size() == 1 ? "the only pixel" : "all pixels";
    if (wrong.size() == 1) return fmt::format("pixel ({}, {}) only", wrong[0].row, wrong[0].col);
    if (wrong.size() == rows.numbers.size() * cols.numbers.size()) {
        if (cols.numbers.size() == cols.count) return in_words(rows);
        if (rows.numbers.size() == rows.count) return in_words(cols);
        return fmt::format("{} of {}", in_words(cols), in_words(rows));
    }
    if (std::string special = corner_or_diagonal(image.shape, wrong); !special.empty()) return special;
    return fmt::format("{}, here and there", count_of(wrong.size(), "pixel"));
}

std::string how_wrong(const WrongImage& image) {
    const std::vector<Pixel> wrong = wrong_pixels(image);
    const auto all = [&](auto&& is) { return are_all(image, wrong, is); };
    const double first = image.actual[wrong[0].row * image.shape.cols + wrong[0].col];
    if (all([&](std::size_t i, const Pixel&) { return is_same(image.actual[i], image.before[i]); }))
        return "they came back as they were";
    if (all([&](std::size_t i, const Pixel&) { return image.actual[i] == 0; })) return "they are 0";
    if (all([&](std::size_t i, const Pixel&) { return !std::isfinite(image.actual[i]); }))
        return "they aren't numbers (infinite, or NaN)";
    if (std::string place = moved(image, wrong); !place.empty()) return place;
    constexpr double last_digits = 1e-6;
    if (all([&](std::size_t i, const Pixel&) {
            return std::abs(image.actual[i] - image.expected[i]) <= last_digits * std::abs(image.expected[i]);
        }))
        return "they differ in the last digits only: are the numbers added in another order, or in float?";
    if (std::string by = off_by(image, wrong); !by.empty()) return by;
    if (wrong.size() > 1 && all([&](std::size_t i, const Pixel&) { return is_same(image.actual[i], first); }))
        return fmt::format("all of them are {:.6g}", first);
    return "";
}

std::string wrong_pixels_in_words(const WrongImage& image) {
    const std::string how = how_wrong(image);
    return fmt::format("Wrong: {}{}.", which_pixels(image), how.empty() ? "" : "; " + how);
}

}  // namespace grader
