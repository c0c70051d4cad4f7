#include "intake.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "error.hpp"
#include "text.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

constexpr int max_entries = 2000;  // looked at for messages about files that aren't taken

SubmittedFile read_source(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return {};
    if (!fs::is_regular_file(status)) return {std::nullopt, "it is not a regular file"};
    if (const auto bytes = fs::file_size(path, error); !error && bytes > max_source_bytes)
        return {std::nullopt,
                fmt::format("it has {} bytes, and at most {} are taken", bytes, max_source_bytes)};
    std::ifstream file(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(file), {}};
    if (!file) return {std::nullopt, "it can't be read: look at its permissions"};
    if (content.find('\0') != std::string::npos)
        return {std::nullopt, "it holds a zero byte, so it isn't a source file: save it again as UTF-8 text"};
    return {std::move(content), {}};
}

/// Names the files that look as if somebody expected them to be graded.
std::vector<std::string> left_out(const fs::path& folder, const Submission& submission,
                                  const fs::path& lessons_dir) {
    std::vector<std::string> messages;
    std::error_code error;
    int seen = 0;
    fs::recursive_directory_iterator entries(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && entries != fs::recursive_directory_iterator() && ++seen <= max_entries;
         entries.increment(error)) {
        const fs::path relative = entries->path().lexically_relative(folder);
        if (relative.filename().string().starts_with(".")) {
            if (entries->is_directory(error)) entries.disable_recursion_pending();
            continue;
        }
        if (entries->is_directory(error)) continue;
        if (submission.files.contains(relative.generic_string()) || fs::exists(lessons_dir / relative, error))
            continue;
        messages.push_back(fmt::format("{}: not taken, since no lesson has a version of that name",
                                       printable(relative.generic_string())));
        if (messages.size() == 10) {
            messages.emplace_back("and more files that are not taken");
            break;
        }
    }
    return messages;
}

}  // namespace

std::string source_path(const Lesson& lesson, const Version& version) {
    return lesson.folder + "/" + version.name + ".cpp";
}

const SubmittedFile& Submission::file(const Lesson& lesson, const Version& version) const {
    return files.at(source_path(lesson, version));
}

Submission take_in(const fs::path& folder, const std::vector<Lesson>& lessons, const fs::path& lessons_dir) {
    const std::string name = printable(folder.string());
    std::error_code error;
    if (!fs::exists(folder, error))
        throw Error(ExitCode::usage, fmt::format("{}: no such folder", name),
                    "name the folder that holds 01_slow_thing, as in: make grade SUBMISSION=path");
    if (!fs::is_directory(folder, error))
        throw Error(ExitCode::usage, fmt::format("{}: this is not a folder", name),
                    "unpack it, and name the folder that holds 01_slow_thing");
    const fs::directory_iterator can_be_listed(folder, error);
    if (error) throw Error(ExitCode::usage, fmt::format("{}: {}", name, error.message()));

    Submission submission;
    submission.name = name;
    bool any = false;
    for (const Lesson& lesson : lessons) {
        for (const Version& version : lesson.versions) {
            const std::string path = source_path(lesson, version);
            SubmittedFile file = read_source(folder / path);
            any = any || file.content || !file.problem.empty();
            submission.files.emplace(path, std::move(file));
        }
    }
    if (!any)
        throw Error(
            ExitCode::usage,
            fmt::format("{}: holds no file of any lesson, such as {}", name, submission.files.begin()->first),
            "name the folder that holds the lessons' folders");
    submission.messages = left_out(folder, submission, lessons_dir);
    return submission;
}

}  // namespace grader
