#pragma once

/// What somebody handed in, wherever it lies: in a folder or in an archive.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/submitted_file.hpp"

namespace grader {

/// Limits on what listing a submission may cost, even a hostile one. What is only skipped doesn't count.
struct IntakeCaps {
    std::size_t entries = 100'000;
    std::size_t unpacked_bytes = std::size_t{1} << 30;  // that must be unpacked to get at the sources
    std::size_t kept_bytes = 32 << 20;                  // of an archive's sources and of the archives in it
};

struct Listing;

/// A path in a listing is clean: "/" between its parts, none of them empty, "." or "..".
struct ListedSource {
    std::string path;
    std::function<SubmittedFile()> read;
};
struct ListedArchive {
    std::string path;
    std::function<Listing()> list;  // throws Error
};

/// Nothing hidden (".git", "__MACOSX") is listed.
struct Listing {
    std::vector<ListedSource> sources;    // *.cpp
    std::vector<ListedArchive> archives;  // by their names
    std::vector<std::string> others;      // paths
};

/// Whether a file is an archive by its name, in capitals or not.
bool is_archive_name(std::string_view name);
bool is_source_name(std::string_view name);
/// Whether a file or folder of this name is none that anybody wrote: ".git", "__MACOSX".
bool is_hidden_name(std::string_view name);

}  // namespace grader
