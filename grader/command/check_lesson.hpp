#pragma once

#include <string>

#include "base/error.hpp"
#include "base/kit_options.hpp"

namespace grader {

struct CheckLessonOptions {
    KitOptions kit;
    std::string lesson;
};

/// Tells what the author of a lesson forgot: texts, stubs, solutions, numbers, mistakes. Builds and grades
/// the stubs and the solutions. ExitCode::not_passed if something is missing or wrong. Throws Error if the
/// lesson can't be read.
ExitCode check_lesson(const CheckLessonOptions& options);

}  // namespace grader
