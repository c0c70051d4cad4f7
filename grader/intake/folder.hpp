#pragma once

#include <filesystem>
#include <string>

#include "intake/listing.hpp"

namespace grader {

/// No link is followed: a folder that is one is listed as a source, which has that as its problem, under the
/// path of the folder. Throws Error (ExitCode::usage) if the folder can't be read, or has more entries than
/// the caps allow. `name` is its name in messages.
Listing list_folder(const std::filesystem::path& folder, const std::string& name,
                    const IntakeCaps& caps = {});

/// A listing of that file alone.
Listing list_file(const std::filesystem::path& file);

}  // namespace grader
