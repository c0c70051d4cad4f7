#pragma once

#include <string>
#include <vector>

#include "lesson/lesson.hpp"

namespace grader {

/// An object file's symbols that other objects may see.
struct Symbols {
    std::vector<std::string> defined;
    std::vector<std::string> undefined;
};

/// Reads what `nm --extern-only` prints: "0000 T name" or "     U name".
Symbols symbols_of(const std::string& nm_output);

/// The start of the mangled name of lesson::version, whatever its parameters (Itanium C++ ABI 5.1).
std::string symbol_prefix(const Lesson& lesson, const Version& version);

}  // namespace grader
