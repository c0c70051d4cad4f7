#include "lesson/lesson.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"

namespace grader {

const LessonKind image_kind = {};

const LessonKind judging_kind = {
    .changes_images = false,
    .share = "of the wrong versions rejected",
    .share_key = "min_rejected",
    .not_in_handout =
        "Only the official grade can judge it: the versions that it is shown aren't in a handout.",
};

std::size_t Lesson::most_checked_pixels() const {
    std::size_t most = 1;
    for (const auto& shapes : {check_shapes, large_shapes})
        for (const Shape& shape : shapes) most = std::max(most, shape.pixels());
    for (const ScheduledInput& input : scheduled_inputs) most = std::max(most, input.shape.pixels());
    // Timed images have up to an eighth more columns than the lesson says.
    for (const Version& version : versions)
        most = std::max(most, version.speed.shape.pixels() + version.speed.shape.pixels() / 8);
    constexpr std::size_t of_drawn_images = 64;
    return std::max(most, of_drawn_images);
}

const Version& Lesson::version(const std::string& wanted) const {
    const auto found = std::ranges::find(versions, wanted, &Version::name);
    if (found == versions.end()) {
        std::vector<std::string> names;
        for (const Version& version : versions) names.push_back(version.name);
        throw Error(ExitCode::usage, fmt::format("lesson {} has no VERSION='{}'", name, wanted),
                    fmt::format("one of: {}", fmt::join(names, ", ")));
    }
    return *found;
}

const Lesson& find_lesson(const std::vector<Lesson>& lessons, const std::string& wanted) {
    const auto found =
        std::ranges::find_if(lessons, [&](const Lesson& lesson) { return lesson.is_called(wanted); });
    if (found != lessons.end()) return *found;
    std::vector<std::string> names;
    for (const Lesson& lesson : lessons) names.push_back(lesson.name);
    throw Error(ExitCode::usage, fmt::format("there is no LESSON='{}'", wanted),
                fmt::format("one of: {}", fmt::join(names, ", ")));
}

std::string source_path(const Lesson& lesson, const Version& version) {
    return lesson.folder + "/" + version.name + ".cpp";
}

}  // namespace grader
