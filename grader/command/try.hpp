#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/kit_options.hpp"
#include "lesson/lesson.hpp"

namespace grader {

struct TryOptions {
    KitOptions kit;
    std::filesystem::path submission;
    std::string lesson;
    std::string version;
    Shape shape{4, 6};
    unsigned threads = 2;
    std::optional<std::uint64_t> seed;
    std::string schedule;  // its name, as a grading's message has it; empty: as the threads happen to run
    bool gdb = false;
};

/// Runs one version once on a small image and shows the image before and after. It runs with the caller's
/// rights, as this process becomes the program (or gdb with it). Returns only by throwing Error.
[[noreturn]] void try_version(const TryOptions& options);

}  // namespace grader
