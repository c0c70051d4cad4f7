#include "intake/intake.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "intake/archive.hpp"
#include "intake/choice.hpp"
#include "intake/folder.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

constexpr int most_nested = 3;             // archives in archives
constexpr std::size_t most_archives = 20;  // that are opened at each level
constexpr std::size_t most_left_out = 10;  // that are named

Listing listed(const fs::path& path, const std::string& name) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(path, error)) || !fs::exists(path, error))
        throw Error(ExitCode::usage, fmt::format("{}: no such folder or archive", name),
                    "name the folder that holds 01_slow_thing, as in: make grade SUBMISSION=path");
    if (fs::is_directory(path, error)) return list_folder(path, name);
    return is_source_name(path.filename().string()) ? list_file(path) : list_archive_file(path, name);
}

/// The versions in the listing or, if there are none, in the archives that it lists.
Chosen choose_or_open(const Listing& listing, const std::vector<Lesson>& lessons, const std::string& name,
                      int nested = 0) {
    Chosen chosen = choose(listing, lessons, name);
    if (!chosen.files.empty() || nested == most_nested) return chosen;
    std::vector<std::string> problems;
    for (std::size_t i = 0; i < std::min(listing.archives.size(), most_archives); ++i) {
        const ListedArchive& archive = listing.archives[i];
        try {
            Chosen inside = choose_or_open(archive.list(), lessons,
                                           fmt::format("{}: {}", name, printable(archive.path)), nested + 1);
            if (inside.files.empty()) continue;
            if (!chosen.files.empty())
                throw Error(ExitCode::usage,
                            fmt::format("{}: more than one archive in it holds lesson files", name),
                            "leave only one of them in it");
            chosen = std::move(inside);
        } catch (const Error& error) {
            if (!chosen.files.empty()) throw;
            problems.emplace_back(error.what());
        }
    }
    if (chosen.files.empty() && !problems.empty()) throw Error(ExitCode::usage, problems.front());
    return chosen;
}

/// What somebody may have expected to be graded.
std::vector<std::string> complaints(const std::vector<std::string>& left_out, const fs::path& lessons_dir) {
    std::vector<std::string> messages;
    for (const std::string& path : left_out) {
        std::error_code error;
        if (fs::exists(lessons_dir / path, error)) continue;
        if (messages.size() == most_left_out) {
            messages.emplace_back("and more files that are not taken");
            break;
        }
        messages.push_back(
            fmt::format("{}: not taken, since no lesson has a version of that name", printable(path)));
    }
    return messages;
}

}  // namespace

const SubmittedFile& Submission::file(const Lesson& lesson, const Version& version) const {
    return files.at(source_path(lesson, version));
}

Submission take_in(const fs::path& path, const std::vector<Lesson>& lessons, const fs::path& lessons_dir) {
    const std::string name = printable(path.string());
    Chosen chosen = choose_or_open(listed(path, name), lessons, name);
    if (chosen.files.empty()) {
        std::string first;
        for (const Lesson& lesson : lessons)
            for (const Version& version : lesson.versions)
                if (const std::string each = source_path(lesson, version); first.empty() || each < first)
                    first = each;
        throw Error(ExitCode::usage, fmt::format("{}: holds no file of any lesson, such as {}", name, first),
                    "name the folder that holds the lessons' folders, or an archive of it");
    }
    Submission submission{name, std::move(chosen.files), std::move(chosen.renamed)};
    for (const Lesson& lesson : lessons)
        for (const Version& version : lesson.versions)
            submission.files.try_emplace(source_path(lesson, version));
    for (std::string& each : complaints(chosen.left_out, lessons_dir))
        submission.messages.push_back(std::move(each));
    return submission;
}

}  // namespace grader
