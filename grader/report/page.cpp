#include "report/page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "recipe.hpp"
#include "report/in_words.hpp"
#include "sandbox/run.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

/// Runs a module of plots/. `done` says what was done before, for the message if drawing fails. Returns what
/// the module printed.
std::string draw(const fs::path& kit_dir, const fs::path& cache_dir, std::vector<std::string> arguments,
                 const std::string& done) {
    constexpr double wall_limit_s = 600;
    constexpr const char* next = "run ./setup, then the same command again: what was graded is kept";
    sandbox::Launch launch;
    launch.argv = {recipe::plots_python, "-m"};
    std::ranges::move(arguments, std::back_inserter(launch.argv));
    launch.cwd = kit_dir;
    launch.environment = sandbox::toolchain_environment();
    launch.environment.push_back("MPLCONFIGDIR=" + fs::absolute(cache_dir / "matplotlib").string());
    launch.environment.emplace_back("PYTHONDONTWRITEBYTECODE=1");
    sandbox::Captured result;
    try {
        result = sandbox::run(launch, wall_limit_s, 64 << 10);
    } catch (const std::system_error&) {
        throw Error(ExitCode::environment,
                    done + ", but the page can't be drawn: there is no Python with matplotlib and Jinja2",
                    next);
    }
    if (!result.exit.success() || result.timed_out)
        throw Error(ExitCode::environment,
                    fmt::format("{}, but the page can't be drawn: {}", done,
                                result.timed_out ? "drawing took too long"
                                                 : printable(first_lines(result.output, 8), true)),
                    next);
    return std::move(result.output);
}

}  // namespace

void draw_page(const fs::path& kit_dir, const fs::path& cache_dir, const fs::path& result_json,
               const fs::path& page, const std::vector<const Graded*>& to_do) {
    std::vector<std::string> labels;
    for (const Graded* graded : to_do) labels.push_back(label(*graded));
    draw(kit_dir, cache_dir,
         {"plots.page", fs::absolute(result_json).string(), "-o", fs::absolute(page).string(), "--to-do",
          fmt::format("{}", fmt::join(labels, ","))},
         "graded");
}

std::vector<std::string> draw_class_page(const fs::path& kit_dir, const fs::path& cache_dir,
                                         const fs::path& class_json, const fs::path& page, bool pseudonyms) {
    std::vector<std::string> arguments{"plots.class_page", fs::absolute(class_json).string(), "-o",
                                       fs::absolute(page).string()};
    if (pseudonyms) arguments.emplace_back("--pseudonyms");
    std::istringstream said(draw(kit_dir, cache_dir, std::move(arguments), "the gradebooks are written"));
    std::vector<std::string> complaints;
    for (std::string line; std::getline(said, line);)
        if (line.starts_with("could not be shown: ")) complaints.push_back(printable(line));
    return complaints;
}

}  // namespace grader
