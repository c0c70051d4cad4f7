#pragma once

/// Builds real workers for the tests, of the toy lesson or of a lesson that judges. They are kept in the
/// build folder, by content, so that only the first run of the tests compiles.

#include <filesystem>
#include <string>

#include "build/compiling_builder.hpp"
#include "lesson/lesson.hpp"
#include "recipe.hpp"

namespace grader {

namespace toy {

inline const std::filesystem::path lessons_dir = std::filesystem::path(KIT_DIR) / "tests/toy_lesson/lessons";
inline const std::filesystem::path cache_dir = std::filesystem::path(recipe::build_dir) / "cache/unit_tests";

inline const Lesson& lesson() {
    static const Lesson the_lesson = read_lesson(lessons_dir / "01_toy/lesson.toml");
    return the_lesson;
}

inline CompilingBuilder& builder() {
    static CompilingBuilder the_builder(find_compiler(recipe::default_compiler), lessons_dir, KIT_DIR,
                                        cache_dir);
    return the_builder;
}

/// Source code with `before` and then toy::serial with this body.
inline std::string serial(const std::string& body, const std::string& before = "") {
    return "#include \"toy.hpp\"\n" + before + "\nvoid toy::serial([[maybe_unused]] kit::Image& image) {\n" +
           body + "\n}\n";
}

inline Built build(const std::string& source, Flavour flavour = Flavour::timed) {
    return builder().start(lesson(), lesson().version("serial"), flavour, source).get();
}

}  // namespace toy

}  // namespace grader
