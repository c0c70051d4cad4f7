#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace grader {

/// One version's file. Without content, `problem` says why it can't be graded, or is empty if there is no
/// file.
struct SubmittedFile {
    std::optional<std::string> content;
    std::string problem;
};

inline constexpr std::size_t max_source_bytes = 1 << 20;

/// A file with this content, or with the problem that it isn't source text.
SubmittedFile source_text(std::string content);

inline constexpr const char* problem_symbolic_link =
    "it is a symbolic link, and none is followed: put the file itself there";
inline constexpr const char* problem_not_regular = "it is not a regular file";

/// "it has more than …"
std::string problem_too_large(std::size_t max_bytes);

}  // namespace grader
