#pragma once

/// Texts that a student can influence, made harmless.

#include <cstddef>
#include <string>
#include <string_view>

namespace grader {

/// Valid UTF-8 without control characters (but newline and tab, if `keep_lines`): each offender becomes
/// U+FFFD.
std::string printable(std::string_view text, bool keep_lines = false);

/// The first `lines` lines of at most `bytes` bytes, with a last line that says that there was more.
std::string first_lines(std::string_view text, std::size_t lines, std::size_t bytes = 4096);

/// Of a name in C++, without the letters beyond ASCII.
bool is_identifier(char c);

/// "1 pixel", "2 pixels".
std::string count_of(std::size_t count, std::string_view singular);

/// With three digits and a unit that fits: "8.31 ms".
std::string duration(double seconds);

/// How many times, with three digits and no exponent: "0.98×", "26.4×", "136 000×".
std::string factor(double times);

}  // namespace grader
