// Every way to synchronise threads that a student may use, checked in all three flavours: no false alarm of a
// race. Usage: honest_sync COMPILER. Exit code 77 if there is no such compiler (for ctest: skipped).

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "check.hpp"
#include "error.hpp"
#include "files.hpp"
#include "intake.hpp"
#include "recipe.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

constexpr int skipped = 77;

/// What the sanitizers of g++ 12 and clang 14 see wrongly: there it must say "not checked".
const std::set<std::string> not_checked = {"atomic_thread_fence", "shared_timed_mutex", "timed_mutex"};

Lesson quick_lesson() {
    Lesson lesson = read_lesson(KIT_DIR "/lessons/01_slow_thing/lesson.toml");
    lesson.check_shapes = {{5, 3}, {0, 0}};
    lesson.check_threads = {1, 2, 5};
    return lesson;
}

/// Empty if the program was judged as it must be.
std::string complaint(const std::string& program, const Checked& checked) {
    if (checked.verdict != Verdict::pass)
        return fmt::format("{}: {}\n{}", name(checked.verdict), checked.message, checked.details);
    const bool doubted = std::ranges::find(checked.flags, "race_not_checked") != checked.flags.end();
    if (doubted && !not_checked.contains(program)) return "not checked for races";
    if (!doubted && not_checked.contains(program))
        return "checked: a sanitizer that now understands it may be taken at its word";
    return "";
}

int run(const std::string& compiler_command) {
    Compiler compiler;
    try {
        compiler = find_compiler(compiler_command);
    } catch (const Error& error) {
        fmt::print("{}\n", error.what());
        return skipped;
    }
    const Lesson lesson = quick_lesson();
    const Version& version = lesson.version("parallel");
    Builder builder(compiler, KIT_DIR "/lessons", KIT_DIR, fs::path(recipe::build_dir) / "test-cache");
    References references(builder, KIT_DIR "/solutions");

    std::vector<std::string> programs;
    for (const auto& entry : fs::directory_iterator(KIT_DIR "/tests/submissions/honest_sync"))
        programs.push_back(entry.path().filename());
    std::ranges::sort(programs);
    std::vector<Job> jobs;
    for (const std::string& program : programs) {
        const fs::path file =
            fs::path(KIT_DIR "/tests/submissions/honest_sync") / program / source_path(lesson, version);
        jobs.push_back(
            {.lesson = lesson, .version = version, .source = read_file(file), .problem = "", .builds = {}});
    }

    const std::vector<Checked> checked = check(jobs, builder, references, 7, [](auto&&...) {});
    int failed = 0;
    for (std::size_t i = 0; i < programs.size(); ++i) {
        const std::string why = complaint(programs[i], checked[i]);
        fmt::print("{:24} {}\n", programs[i], why.empty() ? "as it must be" : why);
        if (!why.empty()) ++failed;
    }
    fmt::print("{} of {} wrong, with {}\n", failed, programs.size(), compiler.version);
    return failed == 0 && !programs.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc > 1 ? argv[1] : recipe::default_compiler);
    } catch (const std::exception& error) {
        fmt::print("{}\n", error.what());
        return 1;
    }
}
