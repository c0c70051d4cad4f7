#include "check/changed_expression.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/text.hpp"
#include "check/scan.hpp"

namespace grader {

using namespace scan;

namespace {

/// `line` without its trailing // comment, and with spaces in place of other comments and of string and
/// character literals.
std::string without_literals(std::string_view line) {
    std::string code(line);
    char quote = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (quote != 0) {
            code[i] = ' ';
            if (c == '\\' && i + 1 < code.size()) code[++i] = ' ';
            if (c == quote) quote = 0;
        } else if (c == '"' || (c == '\'' && (i == 0 || !is_identifier(code[i - 1])))) {  // not 1'000
            quote = c;
            code[i] = ' ';
        } else if (code.compare(i, 2, "//") == 0) {
            code.resize(i);
        } else if (code.compare(i, 2, "/*") == 0) {
            const auto end = code.find("*/", i + 2);
            const auto length = (end == std::string::npos ? code.size() : end + 2) - i;
            code.replace(i, length, length, ' ');
        }
    }
    return code;
}

bool is_keyword(std::string_view word) {
    constexpr std::array keywords{"if",   "while", "for",    "switch", "return",
                                  "else", "do",    "sizeof", "case",   "co_return"};
    return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}

/// The position of the bracket that opens what the bracket at `close` closes; npos if there is none.
std::size_t opening(std::string_view code, std::size_t close) {
    int depth = 0;
    for (std::size_t i = close + 1; i-- > 0;) {
        if (code[i] == ')' || code[i] == ']') ++depth;
        if ((code[i] == '(' || code[i] == '[') && --depth == 0) return i;
    }
    return std::string_view::npos;
}

std::size_t closing(std::string_view code, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < code.size(); ++i) {
        if (code[i] == '(' || code[i] == '[') ++depth;
        if ((code[i] == ')' || code[i] == ']') && --depth == 0) return i;
    }
    return std::string_view::npos;
}

std::size_t word_start(std::string_view code, std::size_t end) {
    while (end > 0 && is_identifier(code[end - 1])) --end;
    return end;
}

std::size_t without_spaces_before(std::string_view code, std::size_t end) {
    while (end > 0 && code[end - 1] == ' ') --end;
    return end;
}

/// The start of the postfix expression (`a`, `a.b[i]`, `p->image(x, y)`, `(*p)[3]`) that ends before `end`;
/// `end` if there is none.
std::size_t operand_start(std::string_view code, std::size_t end) {
    std::size_t at = end;
    while (at > 0) {
        const char last = code[at - 1];
        if (last == ')' || last == ']') {
            const auto open = opening(code, at - 1);
            if (open == std::string_view::npos) return end;
            at = open;
            const auto name_end = last == ')' ? without_spaces_before(code, at) : at;
            const auto name = word_start(code, name_end);
            if (name < name_end) {
                if (is_keyword(code.substr(name, name_end - name))) return end;  // if (…)
                at = name_end;
            } else if (at == 0 || (code[at - 1] != ')' && code[at - 1] != ']')) {
                if (last == ']' || (at > 0 && code[at - 1] == '>'))
                    return end;  // a lambda's captures; get<0>(t)
                return at;
            }
            continue;
        }
        const auto name = word_start(code, at);
        if (name == at || is_digit(code[name]) || is_keyword(code.substr(name, at - name))) return end;
        at = name;
        const auto left = code.substr(0, at);
        if (left.ends_with("->") || left.ends_with("::")) {
            at -= 2;
        } else if (left.ends_with('.')) {
            at -= 1;
        } else {
            return at;
        }
    }
    return end;
}

std::size_t operand_end(std::string_view code, std::size_t start) {
    std::size_t at = start;
    while (at < code.size()) {
        if (is_identifier(code[at]) || code[at] == '.' || code[at] == '*') {
            ++at;
        } else if (code.compare(at, 2, "->") == 0 || code.compare(at, 2, "::") == 0) {
            at += 2;
        } else if (code[at] == '(' || code[at] == '[') {
            const auto close = closing(code, at);
            if (close == std::string_view::npos) return start;
            at = close + 1;
        } else {
            break;
        }
    }
    return at;
}

struct Change {
    std::string expression;
    bool reads = false;          // sum += x, ++n; not sum = x
    bool in_for_header = false;  // for (…; …; ++n)
};

/// The expression assigned to by the operator at `code[op]`; empty if this declares it.
std::string assigned(std::string_view code, std::size_t op) {
    const auto end = without_spaces_before(code, op);
    const auto start = operand_start(code, end);
    if (start == end) return {};
    const std::string expression(code.substr(start, end - start));

    const auto left = without_spaces_before(code, start);
    if (left == 0) return expression;
    const char last = code[left - 1];
    if (last == '&' || last == '>' || last == '.') return {};
    if (last == '*') {
        const auto type = without_spaces_before(code, left - 1);
        const bool declares = type > 0 && (is_identifier(code[type - 1]) || code[type - 1] == '>');
        return declares ? "" : '*' + expression;
    }
    const auto word = word_start(code, left);
    if (word < left && !is_keyword(code.substr(word, left - word))) return {};
    return expression;
}

std::vector<Change> changes(std::string_view line) {
    const auto code = without_literals(line.substr(0, max_text));
    std::size_t header_end = 0;
    for (auto at = code.find("for"); at != std::string::npos; at = code.find("for", at + 3)) {
        const auto open = code.find_first_not_of(' ', at + 3);
        if ((at > 0 && is_identifier(code[at - 1])) || open == std::string::npos || code[open] != '(')
            continue;
        header_end = std::min(code.size(), closing(code, open));
    }

    std::vector<Change> found;
    const auto add = [&](std::size_t at, std::string_view expression, bool reads) {
        std::string name;
        for (const char c : expression)
            if (c != ' ' || (!name.empty() && name.back() != ' ')) name += c;
        if (!name.empty() && name.size() <= 60)
            found.push_back({printable_ascii(trimmed(name)), reads, at < header_end});
    };
    std::string brackets;  // the open ones
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        const char previous = i > 0 ? code[i - 1] : ' ';
        const char next = i + 1 < code.size() ? code[i + 1] : ' ';
        if (c == '(' || c == '[' || c == '{') brackets += c;
        if ((c == ')' || c == ']' || c == '}') && !brackets.empty()) brackets.pop_back();

        if ((c == '+' || c == '-') && next == c) {
            if (const auto start = operand_start(code, i); start < i) {
                add(i, std::string_view(code).substr(start, i - start), true);
            } else {
                const auto operand = code.find_first_not_of(' ', i + 2);
                if (operand != std::string::npos)
                    add(i, std::string_view(code).substr(operand, operand_end(code, operand) - operand),
                        true);
            }
            ++i;
        } else if (c == '=' && next == '=') {
            ++i;
        } else if (c == '=' && previous != '!' && (brackets.empty() || brackets.back() != '[')) {
            const std::string_view left(code.data(), i);
            std::size_t op = i;
            if (left.ends_with("<<") || left.ends_with(">>")) {
                op -= 2;
            } else if (previous == '<' || previous == '>') {
                continue;
            } else if (std::string_view("+-*/%&|^").find(previous) != std::string_view::npos) {
                op -= 1;
            }
            add(i, assigned(code, op), op < i);
        }
    }
    return found;
}

}  // namespace

std::string_view base_of(std::string_view expression) {
    return expression.substr(0, expression.find_first_of("[("));
}

std::string only_change(std::string_view line, bool that_is_read) {
    auto found = changes(line);
    if (that_is_read) std::erase_if(found, [](const Change& change) { return !change.reads; });
    if (std::any_of(found.begin(), found.end(), [](const Change& change) { return !change.in_for_header; }))
        std::erase_if(found, [](const Change& change) { return change.in_for_header; });
    if (found.empty()) return {};
    const auto& first = found.front().expression;
    bool same = true;
    for (const auto& [expression, reads, in_for_header] : found) {
        if (base_of(expression) != base_of(first)) return {};
        same = same && expression == first;
    }
    return same ? first : std::string(base_of(first));
}

std::string called_object(std::string_view line, std::string_view method) {
    const auto code = without_literals(line.substr(0, max_text));
    for (auto at = code.find(method); at != std::string::npos; at = code.find(method, at + 1)) {
        const auto left = std::string_view(code).substr(0, at);
        const auto end = left.ends_with("->") ? at - 2 : left.ends_with('.') ? at - 1 : at;
        const auto after_name = at + method.size();
        if (end == at || (after_name < code.size() && is_identifier(code[after_name]))) continue;
        const auto start = operand_start(code, end);
        if (start < end) return printable_ascii(std::string_view(code).substr(start, end - start));
    }
    return {};
}

std::string_view method_name(std::string_view function) {
    if (function.ends_with(" const")) function.remove_suffix(6);
    if (function.ends_with(')')) {
        const auto open = opening(function, function.size() - 1);
        if (open == std::string_view::npos) return {};
        function = function.substr(0, open);
    }
    if (function.ends_with('>')) {
        int depth = 0;
        std::size_t at = function.size();
        while (at > 0) {
            --at;
            if (function[at] == '>') ++depth;
            if (function[at] == '<' && --depth == 0) break;
        }
        function = function.substr(0, at);
    }
    const auto name = function.substr(word_start(function, function.size()));
    return name == "operator" ? std::string_view{} : name;
}

std::string changed_expression(std::string_view line, std::string_view method) {
    if (!method.empty())
        if (auto object = called_object(line, method); !object.empty()) return object;
    return only_change(line, false);
}

}  // namespace grader
