#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"

/// If the rule doesn't hold, prints the text that breaks it and ends the program, which libFuzzer reports.
inline void require(bool holds, const char* rule, std::string_view text = {}) {
    if (holds) return;
    fmt::print(stderr, "Not so: {}\n{}\n", rule, text);
    std::abort();
}

inline void require_printable(std::string_view text, std::size_t most_bytes) {
    require(text.size() <= most_bytes, "a text is short", text);
    require(grader::printable(text) == text, "a text is UTF-8 without control characters", text);
}
