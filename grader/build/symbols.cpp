#include "build/symbols.hpp"

#include <fmt/format.h>

#include <sstream>

namespace grader {

Symbols symbols_of(const std::string& nm_output) {
    Symbols result;
    std::istringstream lines(nm_output);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t space = line.rfind(' ');
        if (space == std::string::npos || space == 0) continue;
        const bool is_undefined = line.starts_with(' ');
        (is_undefined ? result.undefined : result.defined).push_back(line.substr(space + 1));
    }
    return result;
}

std::string symbol_prefix(const Lesson& lesson, const Version& version) {
    return fmt::format("_ZN{}{}{}{}E", lesson.name.size(), lesson.name, version.name.size(), version.name);
}

}  // namespace grader
