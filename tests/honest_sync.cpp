// Checks every way to synchronise threads that a student may use, in all flavours: none may give a
// false alarm of a race. Most ways share programs, since the thread headers take longer to compile than their
// use. Usage: honest_sync COMPILER. Exit code 77 if there is no such compiler (for ctest: skipped).
//
// Prints a tab-separated line for each way: "sync", the outcome (clean, not_checked, or accused for anything
// else), the way, the compiler's version.

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"
#include "build/compiling_builder.hpp"
#include "check/check.hpp"
#include "recipe.hpp"
#include "run/worker_process.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

constexpr int skipped = 77;

/// Ways that the sanitizers of g++ 12 and clang 14 misunderstand, while the schedules know them.
const std::set<std::string> misunderstood = {"atomic_thread_fence", "shared_timed_mutex", "timed_mutex"};

/// Whether a sanitizer may misunderstand it: an exception handed from one thread to another, depending on
/// which releases it last.
bool may_be_doubted(const std::string& way) {
    return way.find("exception") != std::string::npos;
}

Lesson quick_lesson() {
    Lesson lesson = read_lesson(KIT_DIR "/lessons/01_slow_thing/lesson.toml");
    lesson.check_shapes = {{5, 3}, {0, 0}};
    lesson.check_threads = {1, 2, 5};
    return lesson;
}

constexpr std::size_t ways_in_a_program = 10;

/// Ways to synchronise that are checked as one version. A misunderstood way has its own program.
struct Program {
    std::vector<std::string> ways;
    [[nodiscard]] std::string source(const Lesson& lesson, const Version& version) const;
};

std::vector<Program> programs() {
    std::vector<std::string> ways;
    for (const auto& entry : fs::directory_iterator(KIT_DIR "/tests/submissions/honest_sync"))
        ways.push_back(entry.path().filename());
    std::ranges::sort(ways);
    std::vector<Program> result;
    Program shared;
    for (const std::string& way : ways) {
        Program& program = misunderstood.contains(way) ? result.emplace_back() : shared;
        program.ways.push_back(way);
        if (shared.ways.size() == ways_in_a_program) result.push_back(std::exchange(shared, {}));
    }
    if (!shared.ways.empty()) result.push_back(shared);
    return result;
}

/// The source of all ways. Each has its own namespace, its own name in the sanitizers' reports and its own
/// image, and all answers must agree.
std::string Program::source(const Lesson& lesson, const Version& version) const {
    std::string includes = "#include <algorithm>\n#include <stdexcept>\n";
    std::string bodies;
    std::string calls;
    for (const std::string& way : ways) {
        const fs::path file =
            fs::path(KIT_DIR "/tests/submissions/honest_sync") / way / source_path(lesson, version);
        bodies += fmt::format("namespace way_{} {{\n#line 1 \"{}.cpp\"\n", way, way);
        std::istringstream lines(read_file(file));
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("#include")) includes += std::exchange(line, "") + "\n";
            const std::size_t at = line.find("slow_thing::parallel(");
            if (at != std::string::npos) line.erase(at, std::string_view("slow_thing::").size());
            bodies += line + "\n";
        }
        bodies += "}\n";
        calls += fmt::format(
            "    kit::Image image_{0} = image;\n    way_{0}::parallel(image_{0}, threads);\n"
            "    if (!std::ranges::equal(image_{0}.pixels(), image_{1}.pixels())) throw "
            "std::logic_error(\"{0} "
            "differs\");\n",
            way, ways.front());
    }
    return fmt::format(
        "{}{}void slow_thing::parallel(kit::Image& image, unsigned threads) {{\n{}    image = "
        "image_{};\n}}\n",
        includes, bodies, calls, ways.front());
}

/// The outcome for a program.
struct Said {
    std::string outcome;
    std::string details;  // only if it is accused
};

Said said_of(const CheckResult& checked) {
    if (checked.verdict != Verdict::pass)
        return {"accused",
                fmt::format("{}: {}\n{}", name(checked.verdict.value()), checked.message, checked.details)};
    const bool doubted = std::ranges::find(checked.flags, "race_not_checked") != checked.flags.end();
    return {doubted ? "not_checked" : "clean", ""};
}

/// Why the outcome isn't the expected one; empty if it is.
std::string complaint(const std::string& way, const Said& said) {
    if (said.outcome == "accused") return said.details;
    const bool doubted = said.outcome == "not_checked";
    if (doubted && !may_be_doubted(way)) return "not checked for races";
    return "";
}

class Checker {
  public:
    explicit Checker(const Compiler& compiler)
        : builder_(compiler, KIT_DIR "/lessons", KIT_DIR, fs::path(recipe::build_dir) / "test-cache"),
          references_(builder_, launcher_, KIT_DIR "/solutions") {}

    std::vector<Said> check_all(const std::vector<Program>& programs) {
        std::deque<Attempt> attempts;
        std::vector<Attempt*> pointers;
        for (const Program& program : programs)
            pointers.push_back(
                &attempts.emplace_back(Attempt{lesson_, version_, {program.source(lesson_, version_), ""}}));
        check(pointers, builder_, references_, runner_, 7, [](auto&&...) {});
        std::vector<Said> result;
        for (const Attempt& attempt : attempts) result.push_back(said_of(attempt.checked));
        return result;
    }

  private:
    Lesson lesson_ = quick_lesson();
    const Version& version_ = lesson_.version("parallel");
    CompilingBuilder builder_;
    WorkerLauncher launcher_;
    GoogleTestRunner runner_;
    References references_;
};

/// The outcome of each way. If a program isn't clean, its ways are checked again, each alone.
std::map<std::string, Said> said_of_ways(Checker& checker) {
    std::map<std::string, Said> result;
    std::vector<Program> again;
    const std::vector<Program> all = programs();
    const std::vector<Said> said = checker.check_all(all);
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const std::string& way : all[i].ways) {
            if (all[i].ways.size() > 1 && said[i].outcome != "clean")
                again.push_back({{way}});
            else
                result[way] = said[i];
        }
    }
    const std::vector<Said> said_again = checker.check_all(again);
    for (std::size_t i = 0; i < again.size(); ++i) result[again[i].ways.front()] = said_again[i];
    return result;
}

int run(const std::string& compiler_command) {
    Compiler compiler;
    try {
        compiler = find_compiler(compiler_command);
    } catch (const Error& error) {
        fmt::print("{}\n", error.what());
        return skipped;
    }
    Checker checker(compiler);
    const auto ways = said_of_ways(checker);
    int failed = 0;
    for (const auto& [way, said] : ways) {
        fmt::print("sync\t{}\t{}\t{}\n", said.outcome, way, compiler.version);
        const std::string why = complaint(way, said);
        if (why.empty()) continue;
        ++failed;
        fmt::print("{} is wrong: {}\n", way, why);
    }
    fmt::print("{} of {} wrong, with {}\n", failed, ways.size(), compiler.version);
    return failed == 0 && ways.size() > misunderstood.size() ? 0 : 1;
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
