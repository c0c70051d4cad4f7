#pragma once

/// The compiler that builds versions. cmake/recipe.cmake has the flags.

#include <string>
#include <vector>

#include "vocabulary.hpp"

namespace grader {

struct Compiler {
    std::string command;
    std::string version;  // "g++ (Debian 12.2.0-14) 12.2.0"
    bool clang = false;

    /// The recipe's flags for a flavour.
    [[nodiscard]] std::vector<std::string> flags(Flavour flavour) const;
    /// In addition, for versions whose loops aren't to be vectorized.
    [[nodiscard]] static std::vector<std::string> unvectorized_flags();
    /// Those for counting what the timed code does to memory.
    [[nodiscard]] std::vector<std::string> counted_flags() const;

  private:
    [[nodiscard]] std::vector<std::string> common_flags() const;
};

/// Throws Error (ExitCode::environment) if there is no such program or it isn't a compiler.
Compiler find_compiler(const std::string& command);

}  // namespace grader
