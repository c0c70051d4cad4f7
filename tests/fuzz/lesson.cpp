// Fuzzes lesson.toml: any bytes give a lesson within its limits, or an Error that says where.

#include "lesson/lesson.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "invariant.hpp"

namespace {

void check(const grader::Lesson& lesson) {
    require(!lesson.name.empty() && !lesson.versions.empty() && lesson.folder == "01_toy",
            "a lesson is whole");
    require_printable(lesson.name, 1000);
    for (const auto& shape : lesson.check_shapes)
        require(shape.rows <= 4096 && shape.cols <= 4096, "an image is small");
    for (const auto& shape : lesson.large_shapes)
        require(shape.pixels() <= 4096 * 4096, "a large image isn't huge");
    for (const auto& input : lesson.public_inputs)
        require(input.shape.pixels() > 0 && input.threads > 0 && input.threads < 1024,
                "a public input can be asked");
    require(lesson.judging || (std::ranges::is_sorted(lesson.sweep_edges) && lesson.sweep_edges.front() > 0),
            "edges rise");
    require(lesson.limits.wall_s > 0 && lesson.limits.wall_s <= 86400, "there is a time limit");
    for (const auto& version : lesson.versions) {
        require(&lesson.version(version.name) == &version, "a version has a name of its own");
        require_printable(version.name, 1000);
        if (!lesson.judging) (void)lesson.version(version.speed.baseline);  // throws if there is none
        require(version.right + version.bands.back().points <= version.points * (1 + 1e-9) + 1e-9,
                "no version gives more than its points");
        require(std::ranges::is_sorted(version.bands, {}, &grader::Band::min), "bands rise");
        require(version.right <= version.points && version.race.value_or(0) <= version.right,
                "a race isn't worth more than right answers");
        for (const double number : {version.points, version.exponent, version.bands.back().min})
            require(std::isfinite(number), "numbers are finite");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        check(grader::read_lesson(text, "lessons/01_toy/lesson.toml"));
    } catch (const grader::Error& error) {
        std::string_view what = error.what();
        require(what.starts_with("lessons/01_toy/lesson.toml:"), "an error names the file", what);
        require_printable(what, 2000 + 9 * size);
        what.remove_prefix(what.find(':') + 1);
        require(what.front() >= '1' && what.front() <= '9', "an error names the line", what);
    }
    return 0;
}
