#pragma once

/// Text for people: makes harmless what a student can influence, and numbers readable.

#include <cstddef>
#include <string>
#include <string_view>

namespace grader {

/// The text as valid UTF-8 without control characters (except newline and tab if `keep_lines`). Each
/// offending byte becomes U+FFFD.
std::string printable(std::string_view text, bool keep_lines = false);

/// The first `lines` lines, at most `bytes` bytes of them. If anything was cut off, a last line says so.
std::string first_lines(std::string_view text, std::size_t lines, std::size_t bytes = 4096);

/// With the letters of ASCII in lower case, and all others as they are.
std::string in_lower_case(std::string_view text);

/// Whether `c` may be part of a C++ name. ASCII only.
bool is_identifier(char c);

/// "1 pixel", "2 pixels".
std::string count_of(std::size_t count, std::string_view singular);

/// With three significant digits and a suitable unit: "8.31 ms".
std::string duration(double seconds);

/// A ratio with three significant digits and no exponent: "0.98×", "26.4×", "136 000×".
std::string factor(double times);

/// The time of day now, as strftime's `format` says: in UTC, or in the machine's time zone.
std::string now_in_utc(const char* format);
std::string now_in_local_time(const char* format);

}  // namespace grader
