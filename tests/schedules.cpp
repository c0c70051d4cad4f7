// Looks for failing schedules of programs, as the flavour `schedules` does in a grading, and does nothing
// else. Usage: schedules COMPILER ROUNDS STEP FOLDER…, each folder with programs NAME/LESSON/parallel.cpp, of
// which every STEP-th is taken. No schedule of a folder called "right" may fail; in any other folder one has
// to, for each program and in each round. Exit code 77 if there is no such compiler (for ctest: skipped).
//
// Prints a tab-separated line for each program: the folder, its name, in how many rounds a schedule failed,
// the verdicts, the median number of schedules until one did, and their CPU time in ms.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "build/compiling_builder.hpp"
#include "check/suite.hpp"
#include "measure/statistics.hpp"
#include "recipe.hpp"
#include "run/worker_process.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

struct Search {
    const std::vector<Lesson> lessons = read_lessons(KIT_DIR "/lessons");
    CompilingBuilder builder;
    WorkerLauncher launcher;
    References references{builder, launcher, KIT_DIR "/solutions"};

    explicit Search(const std::string& compiler)
        : builder(find_compiler(compiler), KIT_DIR "/lessons", KIT_DIR,
                  recipe::build_dir + std::string("/cache")) {}

    CheckResult look(const Attempt& attempt, std::uint64_t seed) {
        const auto suite = make_suite(attempt, Flavour::schedules, references);
        for (const CheckCase& at : suite->cases(seed)) {
            suite->expect_case();
            const bool skipped = suite->over();
            const Check check = skipped ? Check{} : suite->run(at);
            suite->conclude(check.outcome == Verdict::pass, skipped || !check.outcome);
        }
        suite->finish();
        CheckResult result;
        suite->add_to(result);
        return result;
    }
};

/// Returns whether what was found is as it should be.
bool look_for_schedules(Search& search, const fs::path& program, unsigned rounds) {
    const auto lesson = std::ranges::find_if(search.lessons, [&](const Lesson& each) {
        return fs::exists(program / each.folder / "parallel.cpp");
    });
    if (lesson == search.lessons.end()) return true;
    const Version& version = lesson->version("parallel");
    Attempt attempt{*lesson, version, {}};
    attempt.file.content = read_file(program / source_path(*lesson, version));
    attempt.builds[Flavour::schedules] =
        search.builder.start(*lesson, version, Flavour::schedules, attempt.source());
    unsigned found = 0;
    std::set<std::string> verdicts;
    std::vector<double> tried;
    std::vector<double> tried_ms;
    for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
        const CheckResult result = search.look(attempt, seed);
        verdicts.insert(result.verdict ? name(*result.verdict) : not_checked);
        if (result.verdict && result.verdict != Verdict::pass) ++found;
        if (!result.schedule) continue;
        tried.push_back(result.schedule->tried);
        tried_ms.push_back(1e3 * result.schedule->tried_s);
    }
    fmt::print("{}\t{}\t{}\t{}\t{:.0f}\t{:.1f}\n", program.parent_path().filename().string(),
               program.filename().string(), found, fmt::join(verdicts, ", "),
               tried.empty() ? 0 : median(tried), tried_ms.empty() ? 0 : median(tried_ms));
    std::fflush(stdout);
    return found == (program.parent_path().filename() == "right" ? 0 : rounds);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5) return 2;
    constexpr int skipped = 77;
    const auto number = [&](int i) { return static_cast<unsigned>(std::atoi(argv[i])); };
    std::optional<Search> search;
    try {
        search.emplace(argv[1]);
    } catch (const Error& error) {
        fmt::print("{}\n", error.what());
        return skipped;
    }
    unsigned wrong = 0;
    for (int i = 4; i < argc; ++i) {
        std::set<fs::path> programs;
        for (const auto& entry : fs::directory_iterator(argv[i]))
            if (entry.is_directory()) programs.insert(entry.path());
        unsigned place = 0;
        for (const fs::path& program : programs)
            if (place++ % number(3) == 0 && !look_for_schedules(*search, program, number(2))) ++wrong;
    }
    fmt::print("{} wrong, with {}\n", wrong, find_compiler(argv[1]).version);
    return wrong == 0 ? 0 : 1;
}
