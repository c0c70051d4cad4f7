#pragma once

/// What exports and the terminal say about a version.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "score/graded.hpp"

namespace grader {

/// "race", or "not graded yet".
std::string verdict_in_words(const Graded& graded);

/// "✓", "✗", or "·" for a version that is still to be written or graded.
const char* sign_of(const Graded& graded);

/// Whether the version is still to be written, or not graded yet.
bool is_open(const Graded& graded);

/// "slow_thing::parallel"
std::string label(const Graded& graded);

/// What happened and what to do next, in a few lines.
std::string in_full(const Graded& graded);

/// The text with these characters replaced.
std::string escaped(std::string_view text, std::initializer_list<std::pair<char, const char*>> replacements);

}  // namespace grader
