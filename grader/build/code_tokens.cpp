#include "build/code_tokens.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <functional>
#include <optional>
#include <utility>

#include "base/text.hpp"

namespace grader {

namespace {

using namespace std::string_view_literals;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Letters of other alphabets and $ may be part of names, too.
bool is_name_part(char c) {
    return is_identifier(c) || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

int number_at(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// `# 12 "file" 1 3`, which says where the lines after it come from.
struct LineMarker {
    int line = 0;
    std::string_view file;
    bool enters = false;
    bool leaves = false;
};

std::optional<LineMarker> line_marker(std::string_view line) {
    if (line.size() < 3 || !line.starts_with("# ") || !is_digit(line[2])) return std::nullopt;
    LineMarker marker;
    marker.line = number_at(line.substr(2));
    const std::size_t open = line.find('"');
    const std::size_t close = line.rfind('"');
    if (open == std::string_view::npos || open == close) return marker;
    marker.file = line.substr(open + 1, close - open - 1);
    const std::string_view flags = line.substr(close + 1);
    marker.enters = flags.starts_with(" 1");
    marker.leaves = flags.starts_with(" 2");
    return marker;
}

/// Splits a preprocessor's output, which has no comments and no continued lines, into tokens.
class Lexer {
  public:
    using OnMarker = std::function<void(const LineMarker&)>;
    using OnToken = std::function<void(int line, std::string_view text)>;

    Lexer(std::string_view text, OnMarker on_marker, OnToken on_token)
        : rest_(text), on_marker_(std::move(on_marker)), on_token_(std::move(on_token)) {}

    void run() {
        while (!rest_.empty()) {
            if (line_starts_) {
                line_starts_ = false;
                if (take_marker()) continue;
            }
            if (rest_.front() == '\n') {
                take(1);
                line_starts_ = true;
            } else if (std::isspace(static_cast<unsigned char>(rest_.front())) != 0) {
                take(1);
            } else {
                emit(token_length());
            }
        }
    }

  private:
    bool take_marker() {
        const std::string_view line = rest_.substr(0, rest_.find('\n'));
        const auto marker = line_marker(line);
        if (!marker) return false;
        on_marker_(*marker);
        rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
        line_ = marker->line;
        line_starts_ = true;
        return true;
    }

    void take(std::size_t length) {
        const std::string_view taken = rest_.substr(0, length);
        line_ += static_cast<int>(std::ranges::count(taken, '\n'));
        rest_.remove_prefix(taken.size());
    }

    void emit(std::size_t length) {
        const std::string_view text = rest_.substr(0, length);
        on_token_(line_, text == "%:%:" ? "##" : text == "%:" ? "#" : text);
        take(length);
    }

    [[nodiscard]] std::size_t token_length() const {
        const char first = rest_.front();
        if (first == '"' || first == '\'') return literal_end(0);
        if (is_digit(first)) return number_end();
        if (rest_.starts_with("##")) return 2;
        if (rest_.starts_with("%:")) return rest_.starts_with("%:%:") ? 4 : 2;
        return is_name_part(first) ? name_or_prefixed_literal_end() : 1;
    }

    [[nodiscard]] std::size_t name_or_prefixed_literal_end() const {
        std::size_t end = 0;
        while (end < rest_.size() && is_name_part(rest_[end])) ++end;
        const std::string_view name = rest_.substr(0, end);
        const char next = end < rest_.size() ? rest_[end] : ' ';
        const auto is_one_of = [&](auto... names) { return ((name == names) || ...); };
        if (next == '"' && is_one_of("R", "LR", "uR", "UR", "u8R")) return raw_string_end(end);
        if ((next == '"' || next == '\'') && is_one_of("L", "u", "U", "u8")) return literal_end(end);
        return end;
    }

    [[nodiscard]] std::size_t number_end() const {
        std::size_t end = 1;
        for (; end < rest_.size(); ++end) {
            const char c = rest_[end];
            const bool separates = c == '\'' && end + 1 < rest_.size() && is_name_part(rest_[end + 1]);
            const bool is_sign = (c == '+' || c == '-') && "eEpP"sv.find(rest_[end - 1]) != std::string::npos;
            if (!is_name_part(c) && c != '.' && !separates && !is_sign) break;
        }
        return end;
    }

    /// The end of a literal that opens at `open`. An unclosed one ends with its line.
    [[nodiscard]] std::size_t literal_end(std::size_t open) const {
        for (std::size_t end = open + 1; end < rest_.size() && rest_[end] != '\n'; ++end) {
            if (rest_[end] == rest_[open]) return end + 1;
            if (rest_[end] == '\\' && end + 1 < rest_.size() && rest_[end + 1] != '\n') ++end;
        }
        return std::min(rest_.size(), rest_.find('\n', open));
    }

    [[nodiscard]] std::size_t raw_string_end(std::size_t open) const {
        const std::size_t bracket = rest_.find('(', open);
        if (bracket == std::string_view::npos) return rest_.size();
        const std::string end = ")" + std::string(rest_.substr(open + 1, bracket - open - 1)) + "\"";
        const std::size_t at = rest_.find(end, bracket);
        return at == std::string_view::npos ? rest_.size() : at + end.size();
    }

    std::string_view rest_;
    OnMarker on_marker_;
    OnToken on_token_;
    int line_ = 1;
    bool line_starts_ = true;
};

}  // namespace

bool Token::is_name() const {
    return !text.empty() && is_name_part(text.front()) && !is_digit(text.front()) && text.back() != '"' &&
           text.back() != '\'';
}

bool Token::is_raw_string() const {
    return text.find("R\"") < 3;
}

std::vector<Token> tokens_of_text(std::string_view preprocessed) {
    std::vector<Token> tokens;
    const auto on_marker = [&](const LineMarker& marker) {
        if (marker.enters) tokens.push_back({marker.line, line_marker_token});
    };
    const auto on_token = [&](int line, std::string_view text) {
        // The compiler leaves indented markers as they are.
        const bool is_marker = is_digit(text.front()) && !tokens.empty() && tokens.back().text == "#";
        tokens.push_back({line, std::string(is_marker ? line_marker_token : text)});
    };
    Lexer(preprocessed, on_marker, on_token).run();
    return tokens;
}

std::vector<Token> tokens_of_dump(std::string_view dump) {
    constexpr std::string_view place = "\tLoc=<";  // and "file:line:column>"
    std::vector<Token> tokens;
    bool line_starts = false;   // the next token is the first of its line, but for comments
    bool in_directive = false;  // the last token was the # of a directive
    while (!dump.empty()) {
        const std::size_t end = std::min(dump.size(), dump.find(place));
        const std::string_view token = dump.substr(0, end);
        const std::string_view at = dump.substr(end, dump.find(">\n", end) - end);
        dump.remove_prefix(std::min(dump.size(), end + at.size() + 2));
        const std::size_t quote = std::min(token.size(), token.find(" '"));
        const std::string_view kind = token.substr(0, quote);
        line_starts = line_starts || token.find("[StartOfLine]") != std::string_view::npos;
        if (kind == "unknown" || kind == "comment") continue;
        const int line = number_at(at.substr(std::min(at.size(), at.find(':') + 1)));
        if (kind == "raw_identifier") {
            const std::string_view text = token.substr(quote + 2);
            tokens.push_back({line, std::string(text.substr(0, text.find('\'')))});
        } else if (kind == "hashhash") {
            tokens.push_back({line, "##"});
        } else if (kind == "numeric_constant" && in_directive) {
            tokens.push_back({line, line_marker_token});
        }
        in_directive = kind == "hash" && line_starts;
        line_starts = false;
    }
    return tokens;
}

std::optional<std::vector<Token>> tokens_of_expansion(std::string_view preprocessed, std::string_view path) {
    // Both compilers name the file, then what is included in front of it, then begin with its first line.
    const std::string first_line = "\n# 1 \"" + std::string(path) + "\"";
    const std::size_t start = preprocessed.find(first_line);
    if (start == std::string_view::npos) return std::nullopt;
    const std::string_view own_name = path.substr(path.rfind('/') + 1);
    std::vector<Token> tokens;
    int depth = 0;  // of includes; 0 is the file itself
    const auto on_marker = [&](const LineMarker& marker) {
        const bool is_itself = marker.file.substr(marker.file.rfind('/') + 1) == own_name;
        if (marker.enters && is_itself) tokens.push_back({marker.line, line_marker_token});
        if (marker.enters) ++depth;
        if (marker.leaves && depth > 0) --depth;
    };
    const auto on_token = [&](int line, std::string_view text) {
        if (depth == 0) tokens.push_back({line, std::string(text)});
    };
    Lexer(preprocessed.substr(start + 1), on_marker, on_token).run();
    return tokens;
}

std::string joined_lines(std::string_view source) {
    std::string joined;
    std::size_t owed = 0;  // line ends to be added after the joined lines
    for (std::size_t at = 0; at < source.size(); ++at) {
        if (source[at] == '\\') {
            const std::size_t end = source.find_first_not_of(" \t\v\f\r", at + 1);
            if (end != std::string_view::npos && source[end] == '\n') {
                ++owed;
                at = end;
                continue;
            }
        }
        joined += source[at];
        if (source[at] == '\n') joined.append(std::exchange(owed, 0), '\n');
    }
    return joined;
}

}  // namespace grader
