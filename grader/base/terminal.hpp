#pragma once

/// What the person at the terminal sees.

#include <string>

namespace grader {

/// Standard output. On a terminal it has colour, unless NO_COLOR is set, and a status line that overwrites
/// itself; elsewhere it is plain text.
class Terminal {
  public:
    enum class Colour { plain, green, yellow, red, dim, bold };

    enum class Mode { normal, silent };

    explicit Terminal(Mode mode = Mode::normal);

    /// Shows a line that the next one replaces. Does nothing if the output isn't a terminal.
    void status(const std::string& text);
    void line(const std::string& text = "");
    [[nodiscard]] std::string paint(Colour colour, const std::string& text) const;

  private:
    void clear_status();
    bool silent_;
    bool is_terminal_;
    bool in_github_;
    bool colours_;
    bool has_status_ = false;
};

/// The indent of lines that continue the one before.
inline constexpr const char* text_indent = "      ";

/// Breaks text into lines of at most 80 columns. All but the first start with text_indent.
std::string wrapped(const std::string& text, const std::string& first_indent);

/// Like wrapped(), but keeps a command at the end (": make ...") whole, on a line of its own: it is there to
/// be copied.
std::string wrapped_advice(const std::string& text, const std::string& first_indent);

}  // namespace grader
