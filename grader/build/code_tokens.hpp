#pragma once

/// The tokens of a version's own code, from what a compiler's preprocessor wrote of it: there comments are
/// gone, continued lines are joined, and a name in a string is no name.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

struct Token {
    int line = 0;      // of the source, or where #line puts it
    std::string text;  // a literal with its quotes; "##" however it is spelled

    [[nodiscard]] bool is_name() const;
    [[nodiscard]] bool is_raw_string() const;
};

/// Stands for what no program needs and what makes its code look like a header's: a `# 1 "file" 1` of its
/// own, or an #include of itself.
inline constexpr const char* line_marker_token = "# 1";

/// Of `g++ -fpreprocessed -E -dD`, which expands nothing and leaves no branch out. The compiler doesn't join
/// continued lines then: it has to be given joined_lines() of the source.
std::vector<Token> tokens_of_text(std::string_view preprocessed);

/// Of clang's -dump-raw-tokens, which leaves nothing out either: names, ## and line markers.
std::vector<Token> tokens_of_dump(std::string_view dump);

/// Of `-E -dD`, with all that was included: the tokens of the file itself, in which macros are expanded and
/// one branch is left. `path` is the file as the compiler was given it. Nothing if it isn't in there.
std::optional<std::vector<Token>> tokens_of_expansion(std::string_view preprocessed, std::string_view path);

/// Without the backslashes that continue a line, and with as many lines. In a raw string they belong to the
/// text, so this may be another program where there is such a string.
std::string joined_lines(std::string_view source);

}  // namespace grader
