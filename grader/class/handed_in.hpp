#pragma once

/// What the name of a file or folder tells, as learning platforms and students give it.

#include <string>

namespace grader {

struct HandedIn {
    std::string file;         // its name as it is
    std::string name;         // of the person or team; what there is, if the platform doesn't say
    std::string platform_id;  // the platform's number or login of the person or team; may be empty
    std::string original;     // the name that the person gave the file; may be empty
    std::string series;       // files of one series are attempts: all, or those of one original name
    std::string attempt;      // sorts them; files of one attempt belong together
    unsigned long order = 0;  // sorts the files of one attempt
    bool is_text = false;     // what was typed into the platform's form, beside the files

    /// Whether both are of the same person or team.
    [[nodiscard]] bool is_by_the_same(const HandedIn& other) const {
        return platform_id == other.platform_id && name == other.name;
    }
    /// Whether the platform gave it this name.
    [[nodiscard]] bool is_from_platform() const { return !platform_id.empty(); }
};

/// Knows the downloads of Moodle, Canvas, Gradescope, Blackboard and Brightspace; anything else is named
/// after the person.
HandedIn read_name(const std::string& file);

/// Whether this is the name of a team rather than of a person: "Team 1", "Gruppe B".
bool is_team_name(const std::string& name);

}  // namespace grader
