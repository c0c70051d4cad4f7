#pragma once

/// Whose each submission is: one row for everybody, also for each member of a team and for those who handed
/// in nothing.

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "class/handed_in.hpp"
#include "class/roster.hpp"
#include "class/student.hpp"

namespace grader {

/// What one person or team handed in, oldest first.
struct Bundle {
    std::string key;
    std::vector<HandedIn> files;
};

/// Those of one person or team together. The keys come from the platform's numbers and the files' names
/// alone, so no roster changes them; all of them are added to `keys`.
std::vector<Bundle> bundled(std::vector<HandedIn> handed_in, std::set<std::string>& keys);

/// The rows of what was handed in. `metadata` as read_gradescope_metadata() returns it; its people count as
/// the roster's.
class Submitters {
  public:
    Submitters(Roster roster, std::map<std::string, std::vector<Person>> metadata,
               std::set<std::string>& keys)
        : roster_(std::move(roster)), metadata_(std::move(metadata)), keys_(keys) {}

    /// One row, or one for each member of a team that is known.
    std::vector<Student> of(const Bundle& bundle);
    /// To be called last: a row for each person of the roster who had none.
    std::vector<Student> missing();

  private:
    [[nodiscard]] std::vector<const Person*> members(const HandedIn& handed_in) const;
    std::vector<Student> team(const Bundle& bundle, const std::vector<const Person*>& members);

    Roster roster_;
    std::map<std::string, std::vector<Person>> metadata_;
    std::set<std::string>& keys_;
    std::set<const Person*> seen_;
};

}  // namespace grader
