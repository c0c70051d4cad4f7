#include "intake/listing.hpp"

#include <string>

#include "base/text.hpp"

namespace grader {

bool is_archive_name(std::string_view name) {
    const std::string lower = in_lower_case(name);
    for (const char* ending : {".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz",
                               ".tar.zst", ".7z", ".rar"})
        if (lower.ends_with(ending)) return true;
    return false;
}

bool is_source_name(std::string_view name) {
    return in_lower_case(name).ends_with(".cpp");
}

bool is_hidden_name(std::string_view name) {
    return name.starts_with('.') || name == "__MACOSX";
}

}  // namespace grader
