#pragma once

/// Reads text from front to back. The text may be hostile: a program can write its own report.

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace grader::scan {

inline constexpr std::size_t max_text = 500;  // bytes in any returned string
inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// At most the first max_text bytes, with a question mark for each that isn't printable ASCII.
inline std::string printable_ascii(std::string_view text) {
    std::string result(text.substr(0, max_text));
    for (char& c : result)
        if (c < ' ' || c > '~') c = '?';
    return result;
}

inline std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Removes `start` from the front of `text`, if it is there.
inline bool take(std::string_view& text, std::string_view start) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
}

/// Removes a number from the front of `text` and returns it; empty if there is none or it is too large.
template <class Number>
std::optional<Number> take_number(std::string_view& text, int base = 10) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// The part of `text` before `end`; all of it if `end` isn't there.
inline std::string_view before(std::string_view text, std::string_view end) {
    return text.substr(0, text.find(end));
}

inline std::string_view after(std::string_view text, std::string_view start) {
    const auto at = text.find(start);
    return at == std::string_view::npos ? std::string_view{} : text.substr(at + start.size());
}

class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}

    /// The next line without its line end; empty at the end of the text.
    std::optional<std::string_view> next() {
        if (rest_.empty()) return std::nullopt;
        const auto line = before(rest_, "\n");
        rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
        return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    }

  private:
    std::string_view rest_;
};

}  // namespace grader::scan
