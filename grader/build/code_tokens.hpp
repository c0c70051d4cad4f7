#pragma once

/// The tokens of a version's own code, taken from a compiler's preprocessor. There comments are gone,
/// continued lines are joined, and a name in a string is no name.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

struct Token {
    int line = 0;      // in the source, or as #line sets it
    std::string text;  // a literal with its quotes; "##" however it is spelled

    [[nodiscard]] bool is_name() const;
    [[nodiscard]] bool is_raw_string() const;
};

/// The token for what no program needs and what makes its code look like a header's: a `# 1 "file" 1` of its
/// own, or an #include of itself.
inline constexpr const char* line_marker_token = "# 1";

/// Tokens of the output of `g++ -fpreprocessed -E -dD`, which expands nothing and leaves no branch out. g++
/// doesn't join continued lines then, so it must be given joined_lines() of the source.
std::vector<Token> tokens_of_text(std::string_view preprocessed);

/// Tokens of the output of clang's -dump-raw-tokens, which leaves nothing out either: only names, ## and line
/// markers.
std::vector<Token> tokens_of_dump(std::string_view dump);

/// Tokens of the output of `-E -dD`, without those of included files. Macros are expanded, and only the taken
/// branches are left. `path` is the file as the compiler was given it. Empty if the output doesn't name it.
std::optional<std::vector<Token>> tokens_of_expansion(std::string_view preprocessed, std::string_view path);

/// The source without the backslashes that continue a line, with the same number of lines. In a raw string a
/// backslash belongs to the text, so there the result may be a different program.
std::string joined_lines(std::string_view source);

}  // namespace grader
