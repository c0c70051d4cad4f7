#include "intake/intake.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "intake/archive.hpp"
#include "sandbox/descriptor.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

using Files = std::map<std::string, SubmittedFile>;

constexpr IntakeCaps caps;

std::set<std::string> wanted_paths(const std::vector<Lesson>& lessons) {
    std::set<std::string> wanted;
    for (const Lesson& lesson : lessons)
        for (const Version& version : lesson.versions) wanted.insert(source_path(lesson, version));
    return wanted;
}

/// The bytes of a regular file. Opens it with `flags` and without blocking, which a FIFO would do.
SubmittedFile read_regular(const fs::path& path, std::size_t max_bytes, int flags) {
    const sandbox::Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | flags));
    if (file.get() < 0) {
        if (errno == ENOENT || errno == ENOTDIR) return {};
        if (errno == ELOOP) return {std::nullopt, problem_symbolic_link};
        if (errno == ENXIO || errno == ENODEV) return {std::nullopt, problem_not_regular};
        return {std::nullopt, "it can't be read: look at its permissions"};
    }
    struct stat status = {};
    if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return {std::nullopt, problem_not_regular};
    if (const auto bytes = static_cast<std::size_t>(status.st_size); bytes > max_bytes)
        return {std::nullopt, fmt::format("it has {} bytes, and at most {} are taken", bytes, max_bytes)};
    std::string content;
    std::array<char, 65536> buffer{};
    ssize_t read_bytes = 0;
    while ((read_bytes = read(file.get(), buffer.data(), buffer.size())) > 0) {
        content.append(buffer.data(), static_cast<std::size_t>(read_bytes));
        if (content.size() > max_bytes) return {std::nullopt, problem_too_large(max_bytes)};
    }
    if (read_bytes < 0) return {std::nullopt, fmt::format("it can't be read: {}", std::strerror(errno))};
    return {std::move(content), {}};
}

SubmittedFile read_source(const fs::path& path) {
    std::error_code error;
    if (fs::is_symlink(fs::symlink_status(path.parent_path(), error)))
        return {std::nullopt,
                "its folder is a symbolic link, and none is followed: put the folder itself there"};
    SubmittedFile file = read_regular(path, max_source_bytes, O_NOFOLLOW);
    return file.content ? source_text(*std::move(file.content)) : file;
}

/// Collects messages about files that somebody may have expected to be graded.
class LeftOut {
  public:
    explicit LeftOut(const fs::path& lessons_dir) : lessons_dir_(lessons_dir) {}

    /// Returns whether to go on: false once enough files are named.
    bool add(const std::string& path) {
        std::error_code error;
        if (fs::exists(lessons_dir_ / path, error)) return true;
        messages.push_back(
            fmt::format("{}: not taken, since no lesson has a version of that name", printable(path)));
        if (messages.size() < 10) return true;
        messages.emplace_back("and more files that are not taken");
        return false;
    }

    std::vector<std::string> messages;

  private:
    fs::path lessons_dir_;
};

std::vector<std::string> left_out(const fs::path& folder, const Submission& submission,
                                  const fs::path& lessons_dir) {
    LeftOut left_out(lessons_dir);
    std::error_code error;
    std::size_t seen = 0;
    fs::recursive_directory_iterator entries(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
        if (++seen > caps.entries) {
            left_out.messages.push_back(
                fmt::format("it has more than {} entries: the others were not looked at", caps.entries));
            break;
        }
        const fs::path relative = entries->path().lexically_relative(folder);
        if (relative.filename().string().starts_with(".")) {
            if (entries->is_directory(error)) entries.disable_recursion_pending();
            continue;
        }
        if (entries->is_directory(error) || submission.files.contains(relative.generic_string())) continue;
        if (!left_out.add(relative.generic_string())) break;
    }
    return left_out.messages;
}

Submission take_folder(const fs::path& folder, const std::string& name, const std::vector<Lesson>& lessons,
                       const fs::path& lessons_dir) {
    std::error_code error;
    const fs::directory_iterator can_be_listed(folder, error);
    if (error) throw Error(ExitCode::usage, fmt::format("{}: {}", name, error.message()));
    Submission submission;
    submission.name = name;
    for (const std::string& path : wanted_paths(lessons))
        submission.files.emplace(path, read_source(folder / path));
    submission.messages = left_out(folder, submission, lessons_dir);
    return submission;
}

Submission take_archive(const fs::path& path, const std::string& name, const std::vector<Lesson>& lessons,
                        const fs::path& lessons_dir) {
    const SubmittedFile archive = read_regular(path, caps.packed_bytes, 0);
    if (!archive.content)
        throw Error(ExitCode::usage, fmt::format("{}: {}", name, archive.problem),
                    "name a folder, a .zip or a .tar.gz that holds 01_slow_thing");
    const std::set<std::string> wanted = wanted_paths(lessons);
    ArchivedFiles archived = files_of_archive(*archive.content, wanted, name, caps);
    Submission submission;
    submission.name = name;
    submission.files = std::move(archived.files);
    for (const std::string& each : wanted) submission.files.try_emplace(each);
    LeftOut left_out(lessons_dir);
    for (const std::string& other : archived.others)
        if (!left_out.add(other)) break;
    submission.messages = std::move(left_out.messages);
    return submission;
}

bool is_empty(const Files& files) {
    for (const auto& [path, file] : files)
        if (file.content || !file.problem.empty()) return false;
    return true;
}

}  // namespace

const SubmittedFile& Submission::file(const Lesson& lesson, const Version& version) const {
    return files.at(source_path(lesson, version));
}

Submission take_in(const fs::path& path, const std::vector<Lesson>& lessons, const fs::path& lessons_dir) {
    const std::string name = printable(path.string());
    std::error_code error;
    if (!fs::exists(path, error))
        throw Error(ExitCode::usage, fmt::format("{}: no such folder or archive", name),
                    "name the folder that holds 01_slow_thing, as in: make grade SUBMISSION=path");
    Submission submission = fs::is_directory(path, error) ? take_folder(path, name, lessons, lessons_dir)
                                                          : take_archive(path, name, lessons, lessons_dir);
    if (is_empty(submission.files))
        throw Error(
            ExitCode::usage,
            fmt::format("{}: holds no file of any lesson, such as {}", name, submission.files.begin()->first),
            "name the folder that holds the lessons' folders, or an archive of it");
    return submission;
}

}  // namespace grader
