#include "class/student.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <string_view>

#include "base/files.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"

namespace grader {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

namespace {

json to_json(const Student& student) {
    return {{"key", student.key},
            {"id", student.id},
            {"name", student.name},
            {"email", student.email},
            {"handed_in", student.handed_in},
            {"messages", student.messages},
            {"submitted", student.submitted}};
}

Student student_from(const json& j) {
    return {j.at("key"),       j.at("id"),       j.at("name"),     j.at("email"),
            j.at("handed_in"), j.at("messages"), j.at("submitted")};
}

std::string without_endings(std::string name) {
    for (const char* ending : {".gz", ".tgz", ".tar", ".zip"})
        if (name.ends_with(ending)) name.resize(name.size() - std::string_view(ending).size());
    return name;
}

}  // namespace

bool is_archive(const fs::path& path) {
    const std::string name = path.filename();
    return name.ends_with(".zip") || name.ends_with(".tar") || name.ends_with(".tar.gz") ||
           name.ends_with(".tgz");
}

Student student_of(const std::string& handed_in) {
    // Moodle: "Ada Lovelace_12345_assignsubmission_file_"
    static const std::regex moodle(R"((.+)_(\d+)_assignsubmission_(?:file|onlinetext)_?)");
    // Canvas: "lovelaceada_12345_67890_work.zip", or with "_LATE_" after the name
    static const std::regex canvas(R"(([^_]+)_(?:LATE_)?(\d+)_\d+_.*)");
    static const std::regex gradescope(R"(submission_(\d+))");
    const std::string stem = without_endings(handed_in);
    std::smatch match;
    Student student;
    student.handed_in = handed_in;
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
            name == student.name || id == student.id || name == without_endings(student.handed_in);
        if (!is_this_one) continue;
        student.name = name;
        student.id = id;
        if (const auto email = row.find("email"); email != row.end()) student.email = email->second;
        return;
    }
    if (!roster.empty()) student.messages.emplace_back("not in the roster");
}

std::string to_json(const Staged& staged) {
    json students = json::array();
    for (const Student& student : staged.students) students.push_back(to_json(student));
    return json_text({{"seed", staged.seed}, {"students", students}});
}

Staged read_staged(const fs::path& out) {
    const json document = json::parse(read_file(out / "students.json"));
    Staged staged{document.at("seed"), {}};
    for (const json& student : document.at("students")) staged.students.push_back(student_from(student));
    return staged;
}

fs::path staged_hash(const Student& student, const fs::path& out) {
    return out / "hashes" / student.key;
}

}  // namespace grader
