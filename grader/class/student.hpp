#pragma once

/// The students of a class as they are staged: who handed in what.

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace grader {

struct Student {
    std::string key;        // unique in the class: letters, digits, "-", "_" and "."
    std::string graded_as;  // the key of the submission that counts: of a team, it is the same for all
    std::string id;         // the platform's number, or what else the person is known by
    std::string university_id;
    std::string name;
    std::string email;
    std::vector<std::string> handed_in;  // the names of the folders, archives and files
    std::vector<std::string> messages;
    bool submitted = true;    // something that can be graded
    bool is_team = false;     // whose members aren't known
    bool is_missing = false;  // in the roster, and handed in nothing

    /// Whether `id` can be a participant's number on the platform: not a team's, nor the university's.
    [[nodiscard]] bool has_participant() const { return !is_team && id != university_id; }
};

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

/// The file with the hash of what a submission's grading depends on: the files and the seed. cmake/class puts
/// a copy of it next to the result.
std::filesystem::path staged_hash(const std::string& graded_as, const std::filesystem::path& out);

/// The folder with the result and the page of what the student handed in.
std::filesystem::path result_folder(const Student& student, const std::filesystem::path& out);

}  // namespace grader
