#include "intake/listing.hpp"

#include <algorithm>

namespace grader {

std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

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
