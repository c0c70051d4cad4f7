#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <ctime>

namespace grader {

namespace {

/// The length of the valid UTF-8 sequence that text starts with, or 0.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    std::uint32_t code = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3FU);
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool unfit_for_xml = code == 0xFFFE || code == 0xFFFF;
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    const bool c1_control = code >= 0x80 && code <= 0x9F;
    const bool turns_text_around = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    if (code < smallest[length] || code > 0x10FFFF || surrogate || unfit_for_xml || c1_control ||
        turns_text_around)
        return 0;
    return length;
}

/// fmt's header for times doesn't compile with every fmt and clang: not on Ubuntu 26.04.
std::string in_words(const std::tm& time, const char* format) {
    std::array<char, 64> text{};
    return {text.data(), std::strftime(text.data(), text.size(), format, &time)};
}

}  // namespace

std::string printable(std::string_view text, bool keep_lines) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        if (keep_lines && text.starts_with("\r\n")) text.remove_prefix(1);  // a Windows line ending
        const std::size_t length = sequence_length(text);
        const char first = text.front();
        const bool line_character = first == '\n' || first == '\t';
        const bool control = length == 1 && (static_cast<unsigned char>(first) < 0x20 || first == 0x7F);
        if (length == 0 || (control && !(keep_lines && line_character))) {
            result += replacement;
            text.remove_prefix(1);
        } else {
            result += text.substr(0, length);
            text.remove_prefix(length);
        }
    }
    return result;
}

std::string first_lines(std::string_view text, std::size_t lines, std::size_t bytes) {
    std::size_t end = 0;
    for (std::size_t line = 0; line < lines && end < text.size(); ++line) {
        const std::size_t newline = text.find('\n', end);
        end = newline == std::string_view::npos ? text.size() : newline + 1;
    }
    end = std::min(end, bytes);
    std::string result(text.substr(0, end));
    if (end < text.size()) {
        if (!result.ends_with('\n')) result += '\n';
        result += "(and more)";
    }
    return result;
}

std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

bool is_identifier(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::string count_of(std::size_t count, std::string_view singular) {
    return fmt::format("{} {}{}", count, singular, count == 1 ? "" : "s");
}

std::string duration(double seconds) {
    struct Unit {
        double seconds;
        const char* name;
    };
    constexpr Unit units[] = {{1, "s"}, {1e-3, "ms"}, {1e-6, "µs"}, {1e-9, "ns"}};
    for (const Unit& unit : units) {
        const double value = seconds / unit.seconds;
        if (value >= 0.9995 || unit.seconds == 1e-9)
            return fmt::format("{:.{}f} {}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0, unit.name);
    }
    return {};
}

std::string factor(double times) {
    if (times < 99.95) return fmt::format("{:.{}f}×", times, times < 9.995 ? 2 : 1);
    const double digit = std::pow(10, std::floor(std::log10(times)) - 2);
    std::string text = fmt::format("{:.0f}", std::round(times / digit) * digit);
    constexpr const char* thin_space = "\u202F";
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, thin_space);
    return text + "×";
}

std::string now_in_utc(const char* format) {
    std::tm parts{};
    const std::time_t now = std::time(nullptr);
    return in_words(*gmtime_r(&now, &parts), format);
}

std::string now_in_local_time(const char* format) {
    std::tm parts{};
    const std::time_t now = std::time(nullptr);
    return in_words(*localtime_r(&now, &parts), format);
}

}  // namespace grader
