#include "command/check_lesson.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "base/terminal.hpp"
#include "build/compiling_builder.hpp"
#include "build/folder_cache.hpp"
#include "check/scan.hpp"
#include "command/grade.hpp"
#include "diagnose/mistake_records.hpp"
#include "lesson/lesson.hpp"
#include "lesson/mistake.hpp"
#include "measure/exponent.hpp"
#include "recipe.hpp"
#include "report/result_json.hpp"
#include "run/worker_process.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

using Problems = std::vector<std::string>;

struct LessonCheck {
    const KitOptions& kit;
    const Lesson& lesson;

    [[nodiscard]] fs::path stubs() const { return kit.lessons / lesson.folder; }
    [[nodiscard]] fs::path solutions() const { return kit.solutions / lesson.folder; }
    /// The versions of a submission, graded.
    [[nodiscard]] std::vector<Graded> graded(const fs::path& submission) const;

    [[nodiscard]] Problems texts() const;
    [[nodiscard]] Problems stub_files() const;
    [[nodiscard]] Problems numbers() const;
    [[nodiscard]] Problems grade_of_stubs() const;
    [[nodiscard]] Problems grade_of_solutions() const;
    [[nodiscard]] Problems mistakes() const;
};

std::string content_of(const fs::path& file) {
    std::error_code error;
    return fs::exists(file, error) ? read_file(file) : "";
}

Problems LessonCheck::texts() const {
    Problems problems;
    const std::string readme = content_of(stubs() / "README.md");
    if (readme.empty()) problems.emplace_back("README.md is missing: it says what the students are to write");
    for (const Version& version : lesson.versions) {
        if (!readme.empty() && !scan::contains(readme, version.name))
            problems.push_back(fmt::format("README.md doesn't name {}", version.name));
        constexpr std::size_t enough_hints = 3;
        if (version.hints.size() < enough_hints)
            problems.push_back(fmt::format("{} has {} in lesson.toml: the other lessons have {} or more",
                                           version.name, version.hints.size() == 1 ? "one hint" : "two hints",
                                           enough_hints));
    }
    if (content_of(stubs() / (lesson.name + ".hpp")).empty())
        problems.push_back(fmt::format("{}.hpp is missing: it declares the versions", lesson.name));
    if (content_of(solutions() / "why.md").empty())
        problems.emplace_back("the solutions have no why.md: it says why they are written as they are");
    return problems;
}

Problems LessonCheck::stub_files() const {
    Problems problems;
    for (const Version& version : lesson.versions) {
        const std::string stub = content_of(stubs() / (version.name + ".cpp"));
        if (stub.empty()) {
            problems.push_back(fmt::format("{}.cpp is missing in {}", version.name, stubs().string()));
            continue;
        }
        if (!scan::contains(stub, "kit::not_implemented"))
            problems.push_back(
                fmt::format("{}.cpp doesn't throw kit::not_implemented: it isn't a stub", version.name));
        if (!scan::contains(stub, "TODO"))
            problems.push_back(
                fmt::format("{}.cpp has no TODO: it says what to write, and where", version.name));
    }
    return problems;
}

Problems LessonCheck::numbers() const {
    Problems problems;
    if (!lesson.kind->changes_images) return problems;
    const auto has = [&](const std::function<bool(const Shape&)>& wanted) {
        return std::ranges::any_of(lesson.check_shapes, wanted);
    };
    const std::pair<const char*, bool> shapes[] = {
        {"an empty image", has([](const Shape& shape) { return shape.pixels() == 0; })},
        {"a single row", has([](const Shape& shape) { return shape.rows == 1 && shape.cols > 1; })},
        {"a single column", has([](const Shape& shape) { return shape.cols == 1 && shape.rows > 1; })},
        {"more rows than columns", has([](const Shape& shape) { return shape.rows > shape.cols; })},
        {"more columns than rows", has([](const Shape& shape) { return shape.cols > shape.rows; })}};
    for (const auto& [what, is_there] : shapes)
        if (!is_there) problems.push_back(fmt::format("check.shapes has no image with {}", what));
    if (std::ranges::find(lesson.check_threads, 1U) == lesson.check_threads.end())
        problems.emplace_back("check.threads has no 1: a race earns points only if one thread is right");
    if (lesson.sweep_edges.size() < least_sizes)
        problems.push_back(fmt::format("sweep.edges has {} sizes: an exponent needs {}",
                                       lesson.sweep_edges.size(), least_sizes));
    return problems;
}

std::vector<Graded> LessonCheck::graded(const fs::path& submission) const {
    GradeOptions options;
    options.kit = kit;
    options.submission = submission;
    const Draft out(kit.cache / "check-lesson");  // others may check lessons with this cache now
    options.out = out.folder();
    options.lesson = lesson.name;
    options.quiet = true;
    grade(options);
    std::vector<Graded> versions = versions_of(read_file(options.out / "result.json"));
    std::erase_if(versions, [&](const Graded& graded) { return graded.lesson != lesson.name; });
    return versions;
}

Problems LessonCheck::grade_of_stubs() const {
    Problems problems;
    for (const Graded& graded : graded(kit.lessons))
        if (graded.verdict != Verdict::not_started)
            problems.push_back(fmt::format("the stub {} gets \"{}\" instead of \"not started\": {}",
                                           graded.version, title(graded.verdict.value()), graded.message));
    return problems;
}

Problems LessonCheck::grade_of_solutions() const {
    Problems problems;
    for (const Graded& graded : graded(kit.solutions)) {
        if (graded.verdict != Verdict::pass || !graded.has_all_points())
            problems.push_back(fmt::format("the solution {} gets {:.1f} of {:.1f} points ({}): {}",
                                           graded.version, graded.score, graded.max_score,
                                           title(graded.verdict.value()), graded.message));
        if (!graded.flags.empty())
            problems.push_back(
                fmt::format("the solution {} is flagged {}", graded.version, fmt::join(graded.flags, ", ")));
    }
    return problems;
}

/// Each mistake that is known by its answers has to be the only one with them.
Problems LessonCheck::mistakes() const {
    CompilingBuilder builder(find_compiler(kit.compiler), kit.lessons, recipe::kit_dir, kit.cache, kit.jobs);
    WorkerLauncher launcher;
    MistakeRecords records(builder, launcher, kit.solutions, kit.cache);
    const KnownMistakes& known = records.of(lesson);
    Problems problems;
    for (const Mistake& mistake : known.mistakes) {
        if (mistake.by_answers() && mistake.answers.empty())
            problems.push_back(
                fmt::format("{} has no answers: lesson.toml needs mistakes.public_inputs", mistake.file));
        for (const auto& [version, answers] : mistake.answers) {
            const Mistake* found = find_by_answers(known.mistakes, version, answers);
            if (found == nullptr || found->name != mistake.name)
                problems.push_back(fmt::format(
                    "{} ({}) can't be told by its answers: another mistake has the same, or they are right",
                    mistake.file, version));
        }
    }
    return problems;
}

}  // namespace

ExitCode check_lesson(const CheckLessonOptions& options) {
    const std::vector<Lesson> lessons = read_lessons(options.kit.lessons);
    const Lesson& lesson = find_lesson(lessons, options.lesson);
    const LessonCheck check{options.kit, lesson};
    const std::pair<const char*, Problems (LessonCheck::*)() const> checks[] = {
        {"lesson.toml, README.md, header and why.md", &LessonCheck::texts},
        {"the stubs' files", &LessonCheck::stub_files},
        {"numbers that find mistakes", &LessonCheck::numbers},
        {"the stubs get no points, and are not started", &LessonCheck::grade_of_stubs},
        {"the solutions get all points, and no flag", &LessonCheck::grade_of_solutions},
        {"known mistakes that can be told apart", &LessonCheck::mistakes},
    };
    Terminal terminal;
    terminal.line(terminal.paint(Terminal::Colour::bold, lesson.name) + "  " + lesson.title);
    std::size_t count = 0;
    for (const auto& [what, find_problems] : checks) {
        terminal.status(what);
        Problems problems;
        try {
            problems = (check.*find_problems)();
        } catch (const Error& error) {
            if (error.code() == ExitCode::environment) throw;  // the machine's fault, not the lesson's
            problems.emplace_back(error.what());
        }
        terminal.line(fmt::format("  {} {}",
                                  problems.empty() ? terminal.paint(Terminal::Colour::green, "✓")
                                                   : terminal.paint(Terminal::Colour::red, "✗"),
                                  what));
        for (const std::string& problem : problems) terminal.line(wrapped(problem, text_indent));
        count += problems.size();
    }
    if (count == 0) return ExitCode::graded;
    terminal.line(fmt::format("{} to mend; docs/new_lesson.md says what a lesson has.",
                              count == 1 ? "One thing" : fmt::format("{} things", count)));
    return ExitCode::not_passed;
}

}  // namespace grader
