#pragma once

#include <filesystem>
#include <string>

namespace grader {

/// Where the kit is, and with what it works.
struct KitOptions {
    std::filesystem::path lessons;
    std::filesystem::path solutions;  // or what was recorded of them for a handout
    std::filesystem::path cache;
    std::string compiler;
    unsigned jobs;  // compilers at once
};

}  // namespace grader
