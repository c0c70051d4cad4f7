#include "base/terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace grader {

namespace {

constexpr std::size_t width = 80;

/// GitHub's runner takes a line for a command if it starts with two colons or has "##[", whoever printed it.
std::string without_commands(const std::string& text) {
    std::string result;
    bool at_start = true;  // of a line, but for spaces
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = std::string_view(text).substr(i);
        if ((at_start && rest.starts_with("::")) || rest.starts_with("##[")) result += "\u200B";
        at_start = text[i] == '\n' || (at_start && (text[i] == ' ' || text[i] == '\t'));
        result += text[i];
    }
    return result;
}

}  // namespace

std::string wrapped(const std::string& text, const std::string& first_indent) {
    std::string result;
    std::string line = first_indent;
    // Counts bytes that start a character.
    const auto columns = [](const std::string& s) {
        return static_cast<std::size_t>(std::ranges::count_if(s, [](char c) { return (c & 0xC0) != 0x80; }));
    };
    std::istringstream words(text);
    bool line_is_empty = true;
    for (std::string word; words >> word;) {
        if (!line_is_empty && columns(line) + 1 + columns(word) > width) {
            result += line + "\n";
            line = text_indent;
            line_is_empty = true;
        }
        line += (line_is_empty ? "" : " ") + word;
        line_is_empty = false;
    }
    return result + line;
}

std::string wrapped_advice(const std::string& text, const std::string& first_indent) {
    const std::size_t colon = text.find(": make ");
    if (colon == std::string::npos) return wrapped(text, first_indent);
    return wrapped(text.substr(0, colon + 1), first_indent) + "\n" + text_indent + text.substr(colon + 2);
}

Terminal::Terminal(Mode mode)
    : silent_(mode == Mode::silent),
      is_terminal_(!silent_ && isatty(STDOUT_FILENO) == 1),
      in_github_(std::getenv("GITHUB_ACTIONS") != nullptr),
      colours_(is_terminal_ && std::getenv("NO_COLOR") == nullptr) {}

void Terminal::clear_status() {
    if (has_status_) std::fputs("\r\033[K", stdout);
    has_status_ = false;
}

void Terminal::status(const std::string& text) {
    if (!is_terminal_) return;
    clear_status();
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
    has_status_ = true;
}

void Terminal::line(const std::string& text) {
    if (silent_) return;
    clear_status();
    std::puts(in_github_ ? without_commands(text).c_str() : text.c_str());
    std::fflush(stdout);
}

std::string Terminal::paint(Colour colour, const std::string& text) const {
    if (!colours_ || colour == Colour::plain || text.empty()) return text;
    constexpr const char* codes[] = {"", "32", "33", "31", "2", "1"};
    return fmt::format("\033[{}m{}\033[0m", codes[static_cast<int>(colour)], text);
}

}  // namespace grader
