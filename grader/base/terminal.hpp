#pragma once

/// What the person at the terminal sees.

#include <string>

namespace grader {

/// Standard output, with colour and a line that overwrites itself if it is a terminal; plain text otherwise,
/// and without colour if NO_COLOR is set.
class Terminal {
  public:
    enum class Colour { plain, green, yellow, red, dim, bold };

    enum class Mode { normal, silent };

    explicit Terminal(Mode mode = Mode::normal);

    /// A line that the next one replaces. Not shown if the output isn't a terminal.
    void status(const std::string& text);
    void line(const std::string& text = "");
    [[nodiscard]] std::string paint(Colour colour, const std::string& text) const;

  private:
    void clear_status();
    bool silent_;
    bool is_terminal_;
    bool colours_;
    bool has_status_ = false;
};

/// Of lines that belong to the one before.
inline constexpr const char* text_indent = "      ";

/// Breaks text into lines of 80 columns, all but the first of them indented.
std::string wrapped(const std::string& text, const std::string& first_indent);

/// As wrapped(), with the command at its end, if there is one, whole and on a line of its own: it is there to
/// be copied.
std::string wrapped_advice(const std::string& text, const std::string& first_indent);

}  // namespace grader
