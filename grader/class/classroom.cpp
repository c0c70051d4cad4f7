#include "class/classroom.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/image_data.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"
#include "class/csv.hpp"
#include "intake/intake.hpp"
#include "lesson/lesson.hpp"
#include "recipe.hpp"
#include "report/page.hpp"
#include "score/score.hpp"
#include "report/result_json.hpp"

namespace grader {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

namespace {

struct Student {
    std::string key;  // of its folders: letters, digits, "-", "_" and "."
    std::string id;
    std::string name;
    std::string email;
    std::string entry;  // the folder or archive that was handed in
    std::vector<std::string> messages;
    bool submitted = true;  // something that can be graded
};

json to_json(const Student& student) {
    return {{"key", student.key},
            {"id", student.id},
            {"name", student.name},
            {"email", student.email},
            {"entry", student.entry},
            {"messages", student.messages},
            {"submitted", student.submitted}};
}

Student student_from(const json& j) {
    return {j.at("key"),   j.at("id"),       j.at("name"),     j.at("email"),
            j.at("entry"), j.at("messages"), j.at("submitted")};
}

bool is_archive(const fs::path& path) {
    const std::string name = path.filename();
    return name.ends_with(".zip") || name.ends_with(".tar") || name.ends_with(".tar.gz") ||
           name.ends_with(".tgz");
}

std::string without_endings(std::string name) {
    for (const char* ending : {".gz", ".tgz", ".tar", ".zip"})
        if (name.ends_with(ending)) name.resize(name.size() - std::string_view(ending).size());
    return name;
}

/// Who handed it in, as far as the downloads of learning platforms tell by the entry's name.
Student student_of(const std::string& entry) {
    // Moodle: "Ada Lovelace_12345_assignsubmission_file_"
    static const std::regex moodle(R"((.+)_(\d+)_assignsubmission_(?:file|onlinetext)_?)");
    // Canvas: "lovelaceada_12345_67890_work.zip", or with "_LATE_" after the name
    static const std::regex canvas(R"(([^_]+)_(?:LATE_)?(\d+)_\d+_.*)");
    static const std::regex gradescope(R"(submission_(\d+))");
    const std::string stem = without_endings(entry);
    std::smatch match;
    Student student;
    student.entry = entry;
    if (std::regex_match(stem, match, moodle) || std::regex_match(stem, match, canvas)) {
        student.name = match[1];
        student.id = match[2];
    } else if (std::regex_match(stem, match, gradescope)) {
        student.name = student.id = match[1];
    } else {
        student.name = student.id = stem;
    }
    return student;
}

/// What platforms wrap in one more folder: the only archive, or the only folder, in it.
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

std::string key_of(const std::string& id, std::set<std::string>& taken) {
    std::string key;
    for (const char c : id.substr(0, 60)) key += is_identifier(c) || c == '-' || c == '.' ? c : '_';
    if (key.find_first_not_of('.') == std::string::npos) key = "student";
    std::string unique = key;
    for (int i = 2; !taken.insert(unique).second; ++i) unique = fmt::format("{}-{}", key, i);
    return unique;
}

void apply_roster(Student& student, const std::vector<std::map<std::string, std::string>>& roster) {
    for (const auto& row : roster) {
        const std::string& name = row.at("name");
        const std::string& id = row.at("id");
        const bool is_this_one =
            name == student.name || id == student.id || name == without_endings(student.entry);
        if (!is_this_one) continue;
        student.name = name;
        student.id = id;
        if (const auto email = row.find("email"); email != row.end()) student.email = email->second;
        return;
    }
    if (!roster.empty()) student.messages.emplace_back("not in the roster");
}

std::vector<std::map<std::string, std::string>> read_table(const fs::path& file,
                                                           const std::vector<std::string>& required) {
    return read_csv(read_file(file), file.string(), required);
}

/// Replaces a file only if that changes it: what is built from it goes by its time.
void write_if_changed(const fs::path& path, const std::string& content) {
    std::error_code error;
    if (fs::exists(path, error) && read_file(path) == content) return;
    fs::create_directories(path.parent_path());
    write_file(path, content);
}

/// Of what a student's grading is of: the files and the seed. cmake/class puts a copy beside the result.
fs::path staged_hash(const Student& student, const fs::path& out) {
    return out / "submissions" / (student.key + ".hash");
}

/// Writes the submission's version files and the hash of them.
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

/// Of which a change makes every result old.
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

struct Staged {
    std::uint64_t seed = 0;
    std::vector<Student> students;
};

Staged read_staged(const fs::path& out) {
    const json document = json::parse(read_file(out / "students.json"));
    Staged staged{document.at("seed"), {}};
    for (const json& student : document.at("students")) staged.students.push_back(student_from(student));
    return staged;
}

/// The seed of a class that is graded again.
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

struct Override {
    double points = 0;
    std::string reason;
};
using Overrides = std::map<std::string, Override>;  // by "student/lesson/version"

std::string override_key(const std::string& student, const std::string& lesson, const std::string& version) {
    return fmt::format("{}/{}/{}", student, lesson, version);
}

Overrides read_overrides(const ClassOptions& options, const std::vector<Student>& students) {
    const fs::path file = options.overrides.empty() ? options.out / "overrides.csv" : options.overrides;
    std::error_code error;
    if (options.overrides.empty() && !fs::exists(file, error)) return {};
    Overrides overrides;
    int line = 1;
    for (const auto& row : read_table(file, {"student", "lesson", "version", "points", "reason"})) {
        ++line;
        const std::string& wanted = row.at("student");
        const auto student = std::ranges::find_if(students, [&](const Student& each) {
            return each.id == wanted || each.key == wanted || each.name == wanted;
        });
        if (student == students.end())
            throw Error(ExitCode::usage, fmt::format("{}:{}: there is no student '{}'", file.string(), line,
                                                     printable(wanted)));
        double points = 0;
        const std::string& text = row.at("points");
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), points);
        if (problem != std::errc() || end != text.data() + text.size() || points < 0)
            throw Error(ExitCode::usage, fmt::format("{}:{}: '{}' isn't a number of points", file.string(),
                                                     line, printable(text)));
        overrides[override_key(student->key, row.at("lesson"), row.at("version"))] = {points,
                                                                                      row.at("reason")};
    }
    return overrides;
}

/// A student with the result, if there is one, after the lecturer's word.
struct Entry {
    const Student& student;
    std::vector<Graded> versions;               // of all lessons, in their order
    std::map<std::string, Override> overrides;  // by "lesson/version"
    std::string no_result;                      // why there is none that counts; empty if there is one

    [[nodiscard]] const Override* word_on(const Graded& graded) const {
        const auto word = overrides.find(graded.lesson + "/" + graded.version);
        return word == overrides.end() ? nullptr : &word->second;
    }
    [[nodiscard]] bool has_points(const Graded& graded) const {
        return graded.verdict || word_on(graded) != nullptr;
    }
    /// A sum in which a version is missing is no grade; but where nothing was handed in, the lecturer's word
    /// is all that there can be.
    [[nodiscard]] std::optional<double> score() const {
        const bool all = std::ranges::all_of(versions, [&](const Graded& each) { return has_points(each); });
        if (!all && (student.submitted || overrides.empty())) return std::nullopt;
        double sum = 0;
        for (const Graded& graded : versions) sum += graded.score;
        return sum;
    }
};

std::string content_or_nothing(const fs::path& path) {
    try {
        return read_file(path);
    } catch (const Error&) {
        return {};
    }
}

bool is_a_grade(const Graded& graded) {
    return graded.verdict && std::isfinite(graded.score) && graded.score >= 0 &&
           graded.score <= graded.max_score + 1e-6;
}

/// In the order of `expected`; nothing if it isn't whole.
std::vector<Graded> read_versions(const fs::path& result_json, const std::vector<Graded>& expected) {
    const std::vector<Graded> found = versions_of(content_or_nothing(result_json));
    std::vector<Graded> versions;
    for (const Graded& wanted : expected) {
        const auto each = std::ranges::find_if(found, [&](const Graded& graded) {
            return graded.lesson == wanted.lesson && graded.version == wanted.version;
        });
        if (each == found.end() || !is_a_grade(*each)) return {};
        versions.push_back(*each);
    }
    return versions;
}

/// Puts the result in the place of `entry.versions`, or says why none counts. A grading begins with taking
/// the old result away and ends with the new one, so a result.json is always of the hash beside it.
void read_result(Entry& entry, const fs::path& out) {
    const fs::path folder = out / "students" / entry.student.key;
    std::error_code error;
    if (!entry.student.submitted) {
        entry.no_result = "nothing was handed in that can be graded";
    } else if (!fs::exists(folder / "result.json", error)) {
        entry.no_result = "the grading did not come to its end";
    } else if (const std::string staged = content_or_nothing(staged_hash(entry.student, out));
               staged.empty() || staged != content_or_nothing(folder / "submission.hash")) {
        entry.no_result = "the result is of an earlier submission or another seed";
    } else if (std::vector<Graded> versions = read_versions(folder / "result.json", entry.versions);
               versions.empty()) {
        entry.no_result = "the result.json is damaged or of another kit";
    } else {
        entry.versions = std::move(versions);
    }
}

Entry read_entry(const Student& student, const std::vector<Lesson>& lessons, double scale,
                 const Overrides& overrides, const fs::path& out) {
    Entry entry{student, {}, {}, {}};
    for (const Lesson& lesson : lessons)
        for (const Version& version : lesson.versions)
            entry.versions.emplace_back(ungraded(lesson, version, scale)).message.clear();
    read_result(entry, out);
    for (Graded& graded : entry.versions) {
        const auto word = overrides.find(override_key(student.key, graded.lesson, graded.version));
        if (word == overrides.end()) continue;
        graded.score = word->second.points;
        entry.overrides[graded.lesson + "/" + graded.version] = word->second;
    }
    return entry;
}

/// Also what there is to say of a student without a grade.
std::vector<std::string> remarks(const Entry& entry) {
    std::vector<std::string> result = entry.student.messages;
    if (!entry.score()) result.push_back("not graded: " + entry.no_result);
    return result;
}

/// Of what has no grade the cell is empty: no platform takes that for a 0.
std::string points(std::optional<double> score) {
    return score ? fmt::format("{:.2f}", *score) : "";
}

/// One line a student, with a column of points for each version.
std::string plain_gradebook(const std::vector<Entry>& entries) {
    std::vector<std::string> head{"id", "name", "score"};
    for (const Graded& graded : entries.front().versions) {
        head.push_back(graded.lesson + "::" + graded.version);
        head.push_back(graded.lesson + "::" + graded.version + " verdict");
    }
    for (const char* column : {"flags", "overrides", "remarks"}) head.emplace_back(column);
    std::string text = csv_row(head);
    for (const Entry& entry : entries) {
        std::vector<std::string> row{entry.student.id, entry.student.name, points(entry.score())};
        std::vector<std::string> flags;
        for (const Graded& graded : entry.versions) {
            row.push_back(entry.has_points(graded) ? points(graded.score) : "");
            row.push_back(graded.verdict ? title(*graded.verdict) : "not graded");
            for (const std::string& flag : graded.flags)
                flags.push_back(fmt::format("{}::{} {}", graded.lesson, graded.version, flag));
        }
        std::vector<std::string> words;
        for (const auto& [version, word] : entry.overrides)
            words.push_back(fmt::format("{}: {}", version, word.reason));
        row.push_back(fmt::format("{}", fmt::join(flags, "; ")));
        row.push_back(fmt::format("{}", fmt::join(words, "; ")));
        row.push_back(fmt::format("{}", fmt::join(remarks(entry), "; ")));
        text += csv_row(row);
    }
    return text;
}

std::string canvas_gradebook(const std::vector<Entry>& entries, const std::string& assignment) {
    std::string text = csv_row({"Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment});
    text += csv_row({"    Points Possible", "", "", "", "", "100"});
    for (const Entry& entry : entries)
        text += csv_row({entry.student.name, entry.student.id, "", "", "", points(entry.score())});
    return text;
}

std::string feedback(const Entry& entry) {
    std::string text;
    if (!entry.score()) text = fmt::format("Not graded: {}. ", entry.no_result);
    for (const Graded& graded : entry.versions) {
        if (!entry.has_points(graded)) continue;
        text += fmt::format("{}::{}: {}, {:.1f} of {:.1f} points. {} ", graded.lesson, graded.version,
                            graded.verdict ? title(*graded.verdict) : "not graded", graded.score,
                            graded.max_score, graded.message);
        if (const Override* word = entry.word_on(graded)) text += fmt::format("({}) ", word->reason);
    }
    return text;
}

std::string moodle_gradebook(const std::vector<Entry>& entries) {
    std::string text = csv_row({"Identifier", "Full name", "Email address", "Status", "Grade",
                                "Maximum Grade", "Grade can be changed", "Last modified (submission)",
                                "Last modified (grade)", "Feedback comments"});
    for (const Entry& entry : entries)
        text += csv_row({"Participant " + entry.student.id, entry.student.name, entry.student.email,
                         entry.student.submitted ? "Submitted for grading" : "No submission",
                         points(entry.score()), "100.00", "Yes", "", "", feedback(entry)});
    return text;
}

/// Each student's page in a folder that Moodle takes back as feedback files.
void write_moodle_feedback(const std::vector<Entry>& entries, const fs::path& out) {
    const fs::path folder = out / "moodle_feedback";
    fs::remove_all(folder);
    for (const Entry& entry : entries) {
        const fs::path page = out / "students" / entry.student.key / "index.html";
        std::error_code error;
        if (!entry.no_result.empty() || !fs::exists(page, error)) continue;
        std::string name = fmt::format("{}_{}_assignsubmission_file_", entry.student.name, entry.student.id);
        std::ranges::replace(name, '/', '_');
        fs::create_directories(folder / name);
        fs::copy_file(page, folder / name / "report.html", fs::copy_options::overwrite_existing);
    }
}

json class_json(const Staged& staged, const std::vector<Entry>& entries) {
    json students = json::array();
    for (const Entry& entry : entries) {
        json overrides = json::object();
        for (const auto& [version, word] : entry.overrides)
            overrides[version] = {{"points", word.points}, {"reason", printable(word.reason)}};
        std::vector<std::string> messages;
        for (const std::string& message : remarks(entry)) messages.push_back(printable(message));
        const std::optional<double> score = entry.score();
        students.push_back({{"key", entry.student.key},
                            {"id", printable(entry.student.id)},
                            {"name", printable(entry.student.name)},
                            {"score", score ? json(*score) : json()},
                            {"graded", entry.no_result.empty()},
                            {"overrides", overrides},
                            {"messages", messages}});
    }
    return {{"schema", 1}, {"seed", staged.seed}, {"students", students}};
}

/// Names on stderr who has no grade, why, and what to do. Returns how many.
std::size_t tell_of_ungraded(const std::vector<Entry>& entries) {
    std::size_t count = 0;
    for (const Entry& entry : entries) {
        if (entry.score()) continue;
        ++count;
        const Student& student = entry.student;
        const bool says_why = !student.submitted && !student.messages.empty();
        std::fprintf(
            stderr, "not graded: %s (%s): %s\n", printable(student.name).c_str(),
            printable(student.id).c_str(),
            printable(says_why ? fmt::format("{}", fmt::join(student.messages, "; ")) : entry.no_result)
                .c_str());
    }
    if (count > 0)
        std::fputs(
            "  next: make class again grades what was handed in; for who handed in nothing, give points in "
            "overrides.csv\n",
            stderr);
    return count;
}

/// Returns whether there was nothing to tell.
bool tell(const std::vector<std::string>& complaints) {
    for (const std::string& complaint : complaints) std::fprintf(stderr, "%s\n", complaint.c_str());
    return complaints.empty();
}

std::string in_numbers(const std::vector<Entry>& entries, std::size_t ungraded_ones) {
    const std::size_t graded = entries.size() - ungraded_ones;
    std::string text = count_of(entries.size(), "student");
    double sum = 0;
    for (const Entry& entry : entries) sum += entry.score().value_or(0);
    if (graded > 0)
        text += fmt::format(", {:.1f} of 100 points on average", sum / static_cast<double>(graded));
    return text + (ungraded_ones == 0 ? "." : fmt::format("; {} without a grade.", ungraded_ones));
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
        roster = read_table(roster_file, {"name", "id"});

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
    json students = json::array();
    for (const Student& student : staged.students) students.push_back(to_json(student));
    write_if_changed(options.out / "students.json", json{{"seed", seed}, {"students", students}}.dump(
                                                        1, ' ', false, json::error_handler_t::replace) +
                                                        "\n");
    write_if_changed(options.out / "students.cmake",
                     fmt::format("set(seed {})\nset(students\n{})\nset(kit_files\n{})\n", seed,
                                 cmake_list(graded), cmake_list(kit_files(options.kit))));
    Terminal terminal;
    terminal.line(fmt::format("{}, {} to grade. Seed {}.", count_of(staged.students.size(), "submission"),
                              graded.size(), seed));
    return ExitCode::graded;
}

ExitCode write_gradebooks(const ClassOptions& options) {
    const std::vector<Lesson> lessons = read_lessons(options.kit.lessons);
    const Staged staged = read_staged(options.out);
    const Overrides overrides = read_overrides(options, staged.students);
    const double scale = scale_to_100(lessons);
    std::vector<Entry> entries;
    for (const Student& student : staged.students)
        entries.push_back(read_entry(student, lessons, scale, overrides, options.out));

    write_file(options.out / "gradebook.csv", plain_gradebook(entries));
    write_file(options.out / "canvas.csv", canvas_gradebook(entries, options.assignment));
    write_file(options.out / "moodle.csv", moodle_gradebook(entries));
    write_moodle_feedback(entries, options.out);
    write_file(options.out / "class.json",
               class_json(staged, entries).dump(1, ' ', false, json::error_handler_t::replace) + "\n");
    const std::size_t ungraded_ones = tell_of_ungraded(entries);
    const bool all_shown = tell(draw_class_page(
        recipe::kit_dir, options.kit.cache, options.out / "class.json", options.out / "index.html", false));
    const fs::path pseudonyms = options.out / "pseudonyms.html";
    if (options.pseudonyms)
        draw_class_page(recipe::kit_dir, options.kit.cache, options.out / "class.json", pseudonyms, true);

    Terminal terminal;
    terminal.line(in_numbers(entries, ungraded_ones));
    terminal.line("Class       " + fs::proximate(options.out / "index.html").string());
    if (options.pseudonyms) terminal.line("Without names " + fs::proximate(pseudonyms).string());
    terminal.line("Gradebooks  gradebook.csv, canvas.csv, moodle.csv, moodle_feedback/ beside it");
    return ungraded_ones == 0 && all_shown ? ExitCode::graded : ExitCode::not_passed;
}

}  // namespace grader
