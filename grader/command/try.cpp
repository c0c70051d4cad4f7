#include "command/try.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/image_data.hpp"
#include "base/text.hpp"
#include "build/compiling_builder.hpp"
#include "intake/intake.hpp"
#include "recipe.hpp"
#include "run/schedule.hpp"

namespace grader {

namespace {

[[noreturn]] void become(const std::vector<std::string>& argv) {
    std::vector<char*> pointers;
    for (const std::string& argument : argv) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    execvp(pointers[0], pointers.data());
    throw Error(ExitCode::environment, fmt::format("{}: {}", argv[0], std::strerror(errno)),
                argv[0] == "gdb" ? "install it: sudo apt-get install gdb" : "");
}

}  // namespace

void try_version(const TryOptions& options) {
    const std::vector<Lesson> lessons = read_lessons(options.kit.lessons);
    const Lesson& lesson = find_lesson(lessons, options.lesson);
    const Version& version = lesson.version(options.version);
    if (!version.changes_images())
        throw Error(ExitCode::usage,
                    fmt::format("{}::{} doesn't change an image; make try only runs functions that do",
                                lesson.name, version.name),
                    fmt::format("make grade LESSON={}", lesson.name));
    if (!options.schedule.empty() && !deviations_of(options.schedule))
        throw Error(ExitCode::usage, fmt::format("SCHEDULE='{}' is no schedule", printable(options.schedule)),
                    "copy the whole line that the grading printed");
    const Submission submission = take_in(options.submission, lessons, options.kit.lessons);
    const SubmittedFile& file = submission.file(lesson, version);
    const std::string path = source_path(lesson, version);
    if (!file.content)
        throw Error(ExitCode::usage,
                    fmt::format("{}/{}: {}", submission.name, path,
                                file.problem.empty() ? "there is no such file" : file.problem));

    CompilingBuilder builder(find_compiler(options.kit.compiler), options.kit.lessons, recipe::kit_dir,
                             options.kit.cache);
    const Flavour flavour = options.schedule.empty() ? Flavour::checked : Flavour::schedules;
    const Built built = builder.try_program(lesson, version, flavour, *file.content);
    if (!built.program)
        throw Error(ExitCode::usage, "it doesn't compile\n" + first_lines(built.diagnostics, 12),
                    built.advice);

    const std::uint64_t seed = options.seed.value_or(fresh_seed());
    std::vector<std::string> argv = {built.program->string(), std::to_string(options.shape.rows),
                                     std::to_string(options.shape.cols), std::to_string(options.threads),
                                     std::to_string(seed)};
    if (!options.schedule.empty()) argv.push_back(options.schedule);
    if (options.gdb) {
        const std::string start = fmt::format("break {}::{}", lesson.name, version.name);
        const std::string sources = std::filesystem::absolute(options.submission).string();
        argv.insert(argv.begin(), {"gdb", "-q", "-d", sources, "-ex", "set print thread-events off", "-ex",
                                   start, "-ex", "run", "--args"});
    }
    setenv("ASAN_OPTIONS", "detect_leaks=0",
           0);  // leaks don't count, and the search for them fails under gdb
    become(argv);
}

}  // namespace grader
