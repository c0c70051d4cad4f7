#pragma once

/// Says in a sentence what the compiler's first error means, by the rules of
/// lessons/kit/compiler_errors.toml, which anybody may extend.

#include <filesystem>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

class CompileErrors {
  public:
    /// A file that isn't there has no rules. Throws Error (ExitCode::lesson) if it isn't as it should be.
    explicit CompileErrors(const std::filesystem::path& rules);

    /// "line 5: a thread can't be copied. …"; empty if no rule fits the first error. `file` is the student's,
    /// as the diagnostics name it. They are untrusted: only their first lines are looked at, each cut.
    [[nodiscard]] std::string in_words(std::string_view diagnostics, std::string_view file) const;

  private:
    struct Rule {
        std::vector<std::regex> matches;
        std::string says;
    };
    std::vector<Rule> rules_;
};

}  // namespace grader
