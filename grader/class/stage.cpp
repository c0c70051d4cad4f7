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
#include "class/handed_in.hpp"
#include "class/roster.hpp"
#include "class/similar.hpp"
#include "class/student.hpp"
#include "class/submitters.hpp"
#include "intake/intake.hpp"
#include "intake/listing.hpp"
#include "lesson/lesson.hpp"

namespace grader {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

namespace {

/// Replaces a file only if its content changes, since what is built from it goes by its time.
void write_if_changed(const fs::path& path, const std::string& content) {
    std::error_code error;
    if (fs::exists(path, error) && read_file(path) == content) return;
    fs::create_directories(path.parent_path());
    write_file(path, content);
}

/// The version files of all that one person or team handed in. What comes later counts.
struct Work {
    std::map<std::string, std::string> files;  // contents by source_path()
    std::vector<std::string> messages;
};

/// Whether a later attempt is there. Somebody's own "lesson-1.zip" and "lesson-2.zip" are none of one file,
/// whose first attempt would have no number.
bool is_outdated(const HandedIn& file, const Bundle& bundle) {
    const auto is_of_series = [&](const HandedIn& other) { return other.series == file.series; };
    const bool has_first = std::ranges::any_of(bundle.files, [&](const HandedIn& other) {
        return is_of_series(other) && (other.attempt.empty() || file.series.empty());
    });
    return has_first && std::ranges::any_of(bundle.files, [&](const HandedIn& other) {
               return is_of_series(other) && other.attempt > file.attempt;
           });
}

/// Later attempts replace earlier ones; the files of one attempt complete each other.
Work work_of(const Bundle& bundle, const std::vector<Lesson>& lessons, const ClassOptions& options) {
    Work work;
    const bool has_files = !std::ranges::all_of(bundle.files, &HandedIn::is_text);
    for (const HandedIn& each : bundle.files) {
        if (each.is_text && has_files) continue;
        if (is_outdated(each, bundle)) {
            work.messages.push_back(
                fmt::format("{}: not graded, since a later attempt is there", printable(each.file)));
            continue;
        }
        try {
            const Submission submission =
                take_in(options.submissions / each.file, lessons, options.kit.lessons);
            for (const auto& [name, file] : submission.files) {
                if (!file.problem.empty()) work.messages.push_back(fmt::format("{}: {}", name, file.problem));
                if (!file.content) continue;
                if (work.files.contains(name))
                    work.messages.push_back(
                        fmt::format("{}: the one in {} counts", name, printable(each.file)));
                work.files[name] = *file.content;
            }
            std::ranges::copy(submission.messages, std::back_inserter(work.messages));
        } catch (const Error& error) {
            // The lecturer's own paths are nobody else's business.
            std::string text = error.what();
            const std::string path = printable((options.submissions / each.file).string());
            if (text.starts_with(path)) text.replace(0, path.size(), printable(each.file));
            work.messages.push_back(each.is_text ? "only text was typed in, and no file was handed in"
                                                 : text);
        }
    }
    return work;
}

/// Writes the version files, and a hash of them and the seed. Returns whether there are any.
bool stage(const Work& work, const std::string& key, std::uint64_t seed, const fs::path& out) {
    const fs::path folder = out / "submissions" / key;
    std::vector<std::string> parts;
    for (const auto& [name, content] : work.files) {
        parts.push_back(name);
        parts.push_back(content);
    }
    parts.push_back(std::to_string(seed));
    const std::string hash = content_hash(parts) + "\n";
    const fs::path hash_file = staged_hash(key, out);
    std::error_code error;
    const bool is_staged =
        fs::exists(folder, error) && fs::exists(hash_file, error) && read_file(hash_file) == hash;
    if (is_staged && !work.files.empty()) return true;
    fs::remove_all(folder);
    fs::remove(hash_file);
    if (work.files.empty()) return false;
    for (const auto& [name, content] : work.files) {
        fs::create_directories((folder / name).parent_path());
        write_file(folder / name, content);
    }
    fs::create_directories(hash_file.parent_path());
    write_file(hash_file, hash);
    return true;
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

/// What lies in the folder of submissions, but for the lecturer's own files. Throws Error (ExitCode::usage)
/// if there is nothing.
std::vector<HandedIn> list_submissions(const fs::path& submissions) {
    std::vector<HandedIn> handed_in;
    for (const auto& entry : fs::directory_iterator(submissions)) {
        const std::string file = entry.path().filename().string();
        if (is_hidden_name(file) || entry.is_symlink()) continue;
        HandedIn each = read_name(file);
        // A platform gives its name to whatever was handed in, also to a report in a .pdf.
        if (entry.is_directory() || is_archive_name(file) || is_source_name(file) || each.is_from_platform())
            handed_in.push_back(std::move(each));
    }
    if (handed_in.empty())
        throw Error(ExitCode::usage,
                    fmt::format("{}: no folder and no archive in it", printable(submissions.string())),
                    "put one folder, zip or tar.gz for each student there");
    return handed_in;
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

    const std::vector<HandedIn> handed_in = list_submissions(options.submissions);
    const fs::path roster_file = options.roster.empty() ? options.submissions / "roster.csv" : options.roster;
    const bool has_roster = !options.roster.empty() || fs::exists(roster_file, error);
    const fs::path metadata = options.submissions / "submission_metadata.yml";
    std::set<std::string> keys;
    const std::vector<Bundle> bundles = bundled(handed_in, keys);
    Submitters submitters(has_roster ? read_roster(roster_file, handed_in) : Roster(),
                          fs::exists(metadata, error) ? read_gradescope_metadata(metadata)
                                                      : std::map<std::string, std::vector<Person>>(),
                          keys);

    Staged staged{seed, {}};
    std::vector<std::string> graded;
    for (const Bundle& bundle : bundles) {
        const Work work = work_of(bundle, lessons, options);
        const bool submitted = stage(work, bundle.key, seed, options.out);
        if (submitted) graded.push_back(bundle.key);
        for (Student& student : submitters.of(bundle)) {
            student.submitted = submitted;
            std::ranges::copy(work.messages, std::back_inserter(student.messages));
            staged.students.push_back(std::move(student));
        }
    }
    std::ranges::move(submitters.missing(), std::back_inserter(staged.students));
    write_similarity_lists(staged.students, lessons, options.kit.lessons, options.out);
    write_if_changed(options.out / "students.json", to_json(staged));
    write_if_changed(options.out / "students.cmake",
                     fmt::format("set(seed {})\nset(students\n{})\nset(kit_files\n{})\n", seed,
                                 cmake_list(graded), cmake_list(kit_files(options.kit))));
    Terminal terminal;
    terminal.line(fmt::format("{}, {} to grade. Seed {}.", count_of(bundles.size(), "submission"),
                              graded.size(), seed));
    return ExitCode::graded;
}

}  // namespace grader
