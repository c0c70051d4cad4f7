#include "class/student.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"

namespace grader {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

namespace {

json to_json(const Student& student) {
    return {{"key", student.key},
            {"graded_as", student.graded_as},
            {"id", student.id},
            {"university_id", student.university_id},
            {"name", student.name},
            {"email", student.email},
            {"handed_in", student.handed_in},
            {"messages", student.messages},
            {"submitted", student.submitted},
            {"is_team", student.is_team},
            {"is_missing", student.is_missing}};
}

Student student_from(const json& j) {
    return {j.at("key"),       j.at("graded_as"), j.at("id"),        j.at("university_id"),
            j.at("name"),      j.at("email"),     j.at("handed_in"), j.at("messages"),
            j.at("submitted"), j.at("is_team"),   j.at("is_missing")};
}

}  // namespace

std::string key_of(const std::string& id, std::set<std::string>& taken) {
    std::string key;
    for (const char c : id.substr(0, 60)) key += is_identifier(c) || c == '-' || c == '.' ? c : '_';
    if (key.find_first_not_of('.') == std::string::npos) key = "student";
    std::string unique = key;
    for (int i = 2; !taken.insert(unique).second; ++i) unique = fmt::format("{}-{}", key, i);
    return unique;
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

fs::path staged_hash(const std::string& graded_as, const fs::path& out) {
    return out / "hashes" / graded_as;
}

fs::path result_folder(const Student& student, const fs::path& out) {
    return out / "students" / student.graded_as;
}

}  // namespace grader
