#include "intake/folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "intake/archive.hpp"
#include "sandbox/descriptor.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

/// Opens without blocking, which a FIFO would do.
SubmittedFile read_source(const fs::path& path) {
    const sandbox::Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() < 0) {
        if (errno == ENOENT || errno == ENOTDIR) return {};
        if (errno == ELOOP) return {std::nullopt, problem_symbolic_link};
        if (errno == ENXIO || errno == ENODEV) return {std::nullopt, problem_not_regular};
        return {std::nullopt, "it can't be read: look at its permissions"};
    }
    struct stat status = {};
    if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return {std::nullopt, problem_not_regular};
    if (const auto bytes = static_cast<std::size_t>(status.st_size); bytes > max_source_bytes)
        return {std::nullopt,
                fmt::format("it has {} bytes, and at most {} are taken", bytes, max_source_bytes)};
    std::string content;
    std::array<char, 65536> buffer{};
    ssize_t read_bytes = 0;
    while ((read_bytes = read(file.get(), buffer.data(), buffer.size())) > 0) {
        content.append(buffer.data(), static_cast<std::size_t>(read_bytes));
        if (content.size() > max_source_bytes) return {std::nullopt, problem_too_large(max_source_bytes)};
    }
    if (read_bytes < 0) return {std::nullopt, fmt::format("it can't be read: {}", std::strerror(errno))};
    return source_text(std::move(content));
}

void add(Listing& listing, const fs::path& path, const std::string& relative) {
    std::error_code error;
    const bool is_link = fs::is_symlink(path, error);
    if (is_source_name(relative))
        listing.sources.push_back({relative, [path] { return read_source(path); }});
    else if (is_archive_name(relative) && !is_link)
        listing.archives.push_back(
            {relative, [path, relative] { return list_archive_file(path, relative); }});
    else if (is_link && fs::is_directory(path, error))
        listing.sources.push_back({relative, [] {
                                       return SubmittedFile{std::nullopt,
                                                            "its folder is a symbolic link, and none is "
                                                            "followed: put the folder itself there"};
                                   }});
    else
        listing.others.push_back(relative);
}

}  // namespace

Listing list_folder(const fs::path& folder, const std::string& name, const IntakeCaps& caps) {
    Listing listing;
    std::error_code error;
    fs::recursive_directory_iterator entries(folder, fs::directory_options::skip_permission_denied, error);
    if (!error) static_cast<void>(fs::directory_iterator(folder, error));  // that one tells of permissions
    if (error) throw Error(ExitCode::usage, fmt::format("{}: {}", name, error.message()));
    std::size_t seen = 0;
    for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
        if (++seen > caps.entries)
            throw Error(
                ExitCode::usage,
                fmt::format("{}: it has more than {} entries, and no more are looked at", name, caps.entries),
                "leave everything out of it but the lessons' folders");
        std::error_code ignored;
        const bool is_folder = entries->is_directory(ignored) && !entries->is_symlink(ignored);
        if (is_hidden_name(entries->path().filename().string())) {
            if (is_folder) entries.disable_recursion_pending();
            continue;
        }
        const std::string relative = entries->path().lexically_relative(folder).generic_string();
        if (!is_folder || is_source_name(relative)) add(listing, entries->path(), relative);
    }
    return listing;
}

Listing list_file(const fs::path& file) {
    Listing listing;
    add(listing, file, file.filename().string());
    return listing;
}

}  // namespace grader
