#pragma once

/// The students of a class, from the downloads of learning platforms and the roster.

#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

namespace grader {

struct Student {
    std::string key;  // name of the student's folders: letters, digits, "-", "_" and "."
    std::string id;
    std::string name;
    std::string email;
    std::string handed_in;  // the name of the folder or archive
    std::vector<std::string> messages;
    bool submitted = true;  // something that can be graded
};

/// Whether the file's name is an archive's.
bool is_archive(const std::filesystem::path& path);

/// The student who handed it in, as far as the name of the folder or archive tells.
Student student_of(const std::string& handed_in);

/// Takes name, id and email from the roster's row of this student, if there is one. A missing row becomes a
/// message, unless the roster is empty.
void apply_roster(Student& student, const std::vector<std::map<std::string, std::string>>& roster);

/// A name for the student's folders that isn't in `taken`. It is added there.
std::string key_of(const std::string& id, std::set<std::string>& taken);

/// What is staged: out/students.json.
struct Staged {
    std::uint64_t seed = 0;
    std::vector<Student> students;
};
std::string to_json(const Staged& staged);

/// Throws Error, or nlohmann's exception if the file is damaged.
Staged read_staged(const std::filesystem::path& out);

/// The file with the hash of what a student's grading depends on: the files and the seed. cmake/class puts a
/// copy of it next to the result.
std::filesystem::path staged_hash(const Student& student, const std::filesystem::path& out);

}  // namespace grader
