#pragma once

#include <filesystem>
#include <string>

namespace grader {

/// Where the kit's files are, and what it builds with.
struct KitOptions {
    std::filesystem::path lessons;
    std::filesystem::path solutions;  // in a handout, their recorded answers
    std::filesystem::path cache;
    std::string compiler;
    unsigned jobs;  // how many compilers run at once
};

}  // namespace grader
