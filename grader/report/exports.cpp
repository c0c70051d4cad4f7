#include "report/exports.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "base/files.hpp"

namespace grader {

void write_exports(const Result& result, const std::filesystem::path& folder) {
    for (const Export& each : exports) write_file(folder / each.file, each.text(result));
    if (std::getenv("GITHUB_ACTIONS") == nullptr) return;
    const char* workspace = std::getenv("GITHUB_WORKSPACE");
    std::fputs(github_annotations(result, workspace == nullptr ? "" : workspace).c_str(), stdout);
    if (const char* summary = std::getenv("GITHUB_STEP_SUMMARY"))
        std::ofstream(summary, std::ios::app) << github_summary(result);
}

}  // namespace grader
