#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "score/graded.hpp"

namespace grader {

/// Draws `page` from result.json with the plots package of the kit in `kit_dir`. `to_do` is in the order of
/// to_do(). Throws Error (ExitCode::environment) if there is no Python with matplotlib or drawing fails.
void draw_page(const std::filesystem::path& kit_dir, const std::filesystem::path& cache_dir,
               const std::filesystem::path& result_json, const std::filesystem::path& page,
               const std::vector<const Graded*>& to_do);

/// The same for a class.json and the results next to it. With `pseudonyms` the page has no names. Returns a
/// line for each student whose result could not be shown; the page is drawn all the same.
std::vector<std::string> draw_class_page(const std::filesystem::path& kit_dir,
                                         const std::filesystem::path& cache_dir,
                                         const std::filesystem::path& class_json,
                                         const std::filesystem::path& page, bool pseudonyms);

}  // namespace grader
