#pragma once

/// Who is in the class: the lists that spreadsheets and learning platforms write.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "class/handed_in.hpp"

namespace grader {

struct Person {
    std::string name;
    std::string platform_id;    // the platform's number
    std::string university_id;  // the university's number
    std::string email;
    std::string login;
    std::vector<std::string> groups;
};

struct Roster {
    std::vector<Person> people;
    bool is_given = false;  // false: nobody is missed
};

/// Reads `id,name,email`, Moodle's list of participants or grading worksheet, Canvas' exported gradebook, and
/// the like, separated by commas, semicolons or tabs. Whether a column that is just called `id` has the
/// platform's numbers, the names of what was `handed_in` tell. Throws Error (ExitCode::usage) if there is no
/// column of names.
Roster read_roster(const std::filesystem::path& file, const std::vector<HandedIn>& handed_in);

/// Gradescope's submission_metadata.yml: who handed in which submission, by its name ("submission_123").
/// Throws Error (ExitCode::usage) if it isn't understood.
std::map<std::string, std::vector<Person>> read_gradescope_metadata(const std::filesystem::path& file);

struct Found {
    const Person* person = nullptr;
    std::string remark;  // why nobody was found, or what is odd
};

/// The platform's number decides. A name, login or other number counts only if no number fits and exactly one
/// row has it.
Found find_person(const HandedIn& handed_in, const Roster& roster);

/// Whether both are names of one person, in whatever order and with whatever punctuation:
/// "Lovelace, Ada", "Ada Lovelace", "lovelaceada".
bool is_same_name(const std::string& one, const std::string& other);

}  // namespace grader
