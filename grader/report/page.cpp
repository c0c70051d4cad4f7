#include "report/page.hpp"

#include <fmt/format.h>

#include <system_error>

#include "error.hpp"
#include "recipe.hpp"
#include "sandbox/process.hpp"
#include "text.hpp"

namespace grader {

namespace fs = std::filesystem;

void draw_page(const fs::path& kit_dir, const fs::path& cache_dir, const fs::path& result_json,
               const fs::path& page) {
    constexpr double wall_limit_s = 120;
    constexpr const char* next = "run ./setup, then `make grade` again: what was graded is kept";
    sandbox::Launch launch;
    launch.argv = {recipe::plots_python,       "-m", "plots.page", fs::absolute(result_json).string(), "-o",
                   fs::absolute(page).string()};
    launch.cwd = kit_dir;
    launch.environment = sandbox::toolchain_environment();
    launch.environment.push_back("MPLCONFIGDIR=" + fs::absolute(cache_dir / "matplotlib").string());
    launch.environment.emplace_back("PYTHONDONTWRITEBYTECODE=1");
    sandbox::Captured result;
    try {
        result = sandbox::run(launch, wall_limit_s, 4096);
    } catch (const std::system_error&) {
        throw Error(ExitCode::environment,
                    "graded, but the page can't be drawn: there is no Python with matplotlib and Jinja2",
                    next);
    }
    if (!result.exit.success() || result.timed_out)
        throw Error(ExitCode::environment,
                    fmt::format("graded, but the page can't be drawn: {}",
                                result.timed_out ? "drawing took too long"
                                                 : printable(first_lines(result.output, 8), true)),
                    next);
}

}  // namespace grader
