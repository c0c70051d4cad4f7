#include "command/hint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "base/files.hpp"
#include "base/terminal.hpp"
#include "build/builder.hpp"
#include "intake/intake.hpp"
#include "report/result_json.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

/// The hints that a student has already been given for one version.
struct Given {
    std::size_t hints = 0;
    std::string mistake;  // the last mistake whose hint was given
};

Given read_given(const fs::path& file) {
    Given given;
    std::error_code error;
    if (fs::exists(file, error)) std::istringstream(read_file(file)) >> given.hints >> given.mistake;
    return given;
}

void keep(const fs::path& file, const Given& given) {
    write_file(file, fmt::format("{} {}\n", given.hints, given.mistake));
}

struct Chosen {
    const Lesson& lesson;
    const Version& version;
};

const Graded* graded_of(const std::vector<Graded>& results, const Lesson& lesson, const Version& version) {
    const auto found = std::ranges::find_if(results, [&](const Graded& graded) {
        return graded.lesson == lesson.name && graded.version == version.name;
    });
    return found == results.end() ? nullptr : &*found;
}

/// Whether the student's file has changed since the last grading.
bool is_edited(const HintOptions& options, const Lesson& lesson, const Version& version,
               const fs::path& result_json) {
    std::error_code error;
    const auto edited = fs::last_write_time(options.kit.lessons / source_path(lesson, version), error);
    return !error && edited > fs::last_write_time(result_json);
}

/// The version that the options name, or else the first that hasn't all its points.
Chosen choose(const HintOptions& options, const std::vector<Lesson>& lessons,
              const std::vector<Graded>& results) {
    const auto in_lesson = [&](const Lesson& lesson) -> const Version* {
        if (!options.version.empty()) return &lesson.version(options.version);
        const auto open = std::ranges::find_if(lesson.versions, [&](const Version& version) {
            const Graded* graded = graded_of(results, lesson, version);
            return graded == nullptr || !graded->has_all_points();
        });
        return open == lesson.versions.end() ? nullptr : &*open;
    };
    if (!options.lesson.empty()) {
        const Lesson& lesson = find_lesson(lessons, options.lesson);
        const Version* version = in_lesson(lesson);
        return {lesson, version == nullptr ? lesson.versions.back() : *version};
    }
    for (const Lesson& lesson : lessons)
        if (const Version* version = in_lesson(lesson)) return {lesson, *version};
    return {lessons.back(), lessons.back().versions.back()};
}

}  // namespace

ExitCode print_hint(const HintOptions& options) {
    const std::vector<Lesson> lessons = read_lessons(options.kit.lessons);
    const fs::path result_json = options.out / "result.json";
    const std::vector<Graded> results =
        fs::exists(result_json) ? versions_of(read_file(result_json)) : std::vector<Graded>{};
    const auto [lesson, version] = choose(options, lessons, results);
    const fs::path folder = options.kit.cache / "hints";
    fs::create_directories(folder);
    const fs::path file = folder / fmt::format("{}.{}", lesson.name, version.name);
    Given given = options.fresh ? Given{} : read_given(file);

    Terminal terminal;
    terminal.line(terminal.paint(Terminal::Colour::bold, fmt::format("{}::{}", lesson.name, version.name)));
    const Graded* graded = graded_of(results, lesson, version);
    const std::size_t count = version.hints.size();
    if (graded != nullptr && !graded->diagnosis.empty() && graded->diagnosis != given.mistake) {
        if (is_edited(options, lesson, version, result_json))
            terminal.line(wrapped(fmt::format("This was said of {}.cpp as it was when you graded it last; "
                                              "`make grade` looks at what you have changed since.",
                                              version.name),
                                  ""));
        terminal.line(wrapped(graded->message, ""));
        terminal.line(wrapped_advice(graded->next, "→ "));
        terminal.line(terminal.paint(Terminal::Colour::dim,
                                     fmt::format("Try that first; `make hint` then gives hint {} of {}.",
                                                 std::min(given.hints + 1, count), count)));
        given.mistake = graded->diagnosis;
        keep(file, given);
        return ExitCode::graded;
    }
    const std::size_t number = std::min(given.hints + 1, count);
    terminal.line(wrapped(fmt::format("Hint {} of {}. {}", number, count, version.hints[number - 1]), ""));
    if (given.hints >= count)
        terminal.line("That was the last one. FRESH=1 begins with the first again.");
    else if (number < count)
        terminal.line(
            terminal.paint(Terminal::Colour::dim, "Try that first; `make hint` then gives the next."));
    given.hints = number;
    keep(file, given);
    return ExitCode::graded;
}

}  // namespace grader
