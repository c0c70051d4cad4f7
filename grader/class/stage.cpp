#include "class/stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/image_data.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"
#include "class/csv.hpp"
#include "class/student.hpp"
#include "intake/intake.hpp"
#include "lesson/lesson.hpp"

namespace grader {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

namespace {

/// Some platforms wrap a submission in one more folder. Returns the only archive or folder in it, if so.
fs::path unwrapped(const fs::path& path, const std::vector<Lesson>& lessons) {
    std::error_code error;
    if (!fs::is_directory(path, error)) return path;
    std::vector<fs::path> inside;
    for (const auto& entry : fs::directory_iterator(path, error)) {
        const std::string name = entry.path().filename();
        if (std::ranges::find(lessons, name, &Lesson::folder) != lessons.end()) return path;
        if (!name.starts_with(".") && (entry.is_directory(error) || is_archive(entry.path())))
            inside.push_back(entry.path());
    }
    return inside.size() == 1 && !fs::is_symlink(inside[0], error) ? inside[0] : path;
}

/// Replaces a file only if its content changes, since what is built from it goes by its time.
void write_if_changed(const fs::path& path, const std::string& content) {
    std::error_code error;
    if (fs::exists(path, error) && read_file(path) == content) return;
    fs::create_directories(path.parent_path());
    write_file(path, content);
}

/// Writes the submission's version files, and a hash of them and the seed.
void stage(Student& student, const fs::path& path, const std::vector<Lesson>& lessons, std::uint64_t seed,
           const ClassOptions& options) {
    const fs::path folder = options.out / "submissions" / student.key;
    fs::remove_all(folder);
    std::vector<std::string> parts;
    try {
        const Submission submission = take_in(unwrapped(path, lessons), lessons, options.kit.lessons);
        for (const auto& [name, file] : submission.files) {
            if (!file.problem.empty()) student.messages.push_back(fmt::format("{}: {}", name, file.problem));
            if (!file.content) continue;
            fs::create_directories((folder / name).parent_path());
            write_file(folder / name, *file.content);
            parts.push_back(name);
            parts.push_back(*file.content);
        }
        std::ranges::copy(submission.messages, std::back_inserter(student.messages));
    } catch (const Error& error) {
        student.messages.emplace_back(error.what());
    }
    student.submitted = !parts.empty();
    const fs::path hash = staged_hash(student, options.out);
    if (!student.submitted) {
        fs::remove(hash);
        return;
    }
    parts.push_back(std::to_string(seed));
    write_if_changed(hash, content_hash(parts) + "\n");
}

std::string cmake_list(const std::vector<std::string>& entries) {
    std::string text;
    for (const std::string& entry : entries) text += fmt::format("    [==[{}]==]\n", entry);
    return text;
}

/// Files whose change invalidates every result.
std::vector<std::string> kit_files(const KitOptions& kit) {
    std::vector<std::string> files;
    for (const fs::path& root : {kit.lessons, kit.solutions})
        for (const auto& entry : fs::recursive_directory_iterator(root)) {
            const fs::path& path = entry.path();
            const bool decides = root == kit.solutions
                                     ? path.extension() == ".cpp"
                                     : path.extension() == ".toml" || path.extension() == ".hpp";
            if (decides) files.push_back(fs::absolute(path).string());
        }
    std::ranges::sort(files);
    return files;
}

/// The class's seed: the given one, else that of an earlier staging, else a fresh one.
std::uint64_t class_seed(const ClassOptions& options) {
    if (options.seed) return *options.seed;
    std::error_code error;
    if (!fs::exists(options.out / "students.json", error)) return fresh_seed();
    try {
        return read_staged(options.out).seed;
    } catch (const json::exception&) {
        return fresh_seed();
    }
}

}  // namespace

ExitCode stage_class(const ClassOptions& options) {
    const std::vector<Lesson> lessons = read_lessons(options.kit.lessons);
    std::error_code error;
    if (!fs::is_directory(options.submissions, error))
        throw Error(
            ExitCode::usage, fmt::format("{}: no such folder", printable(options.submissions.string())),
            "name the folder that has one folder or archive for each student: make class SUBMISSIONS=folder");
    fs::create_directories(options.out / "submissions");
    const std::uint64_t seed = class_seed(options);

    std::vector<std::map<std::string, std::string>> roster;
    const fs::path roster_file = options.roster.empty() ? options.submissions / "roster.csv" : options.roster;
    if (!options.roster.empty() || fs::exists(roster_file, error))
        roster = read_csv_file(roster_file, {"name", "id"});

    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(options.submissions))
        if (!entry.path().filename().string().starts_with(".") && !entry.is_symlink() &&
            (entry.is_directory() || is_archive(entry.path())))
            found.push_back(entry.path());
    if (found.empty())
        throw Error(
            ExitCode::usage,
            fmt::format("{}: no folder and no archive in it", printable(options.submissions.string())),
            "put one folder, zip or tar.gz for each student there");
    std::ranges::sort(found);

    Staged staged{seed, {}};
    std::set<std::string> keys;
    std::vector<std::string> graded;
    for (const fs::path& path : found) {
        Student student = student_of(path.filename());
        apply_roster(student, roster);
        student.key = key_of(student.id, keys);
        stage(student, path, lessons, seed, options);
        if (student.submitted) graded.push_back(student.key);
        staged.students.push_back(std::move(student));
    }
    write_if_changed(options.out / "students.json", to_json(staged));
    write_if_changed(options.out / "students.cmake",
                     fmt::format("set(seed {})\nset(students\n{})\nset(kit_files\n{})\n", seed,
                                 cmake_list(graded), cmake_list(kit_files(options.kit))));
    Terminal terminal;
    terminal.line(fmt::format("{}, {} to grade. Seed {}.", count_of(staged.students.size(), "submission"),
                              graded.size(), seed));
    return ExitCode::graded;
}

}  // namespace grader
