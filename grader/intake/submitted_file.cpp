#include "intake/submitted_file.hpp"

#include <fmt/format.h>

namespace grader {

std::string problem_too_large(std::size_t max_bytes) {
    return fmt::format("it has more than the {} bytes that are taken at most", max_bytes);
}

SubmittedFile source_text(std::string content) {
    if (content.find('\0') != std::string::npos)
        return {std::nullopt, "it holds a zero byte, so it isn't a source file: save it again as UTF-8 text"};
    return {std::move(content), {}};
}

}  // namespace grader
