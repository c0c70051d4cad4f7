#include "class/submitters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace grader {

namespace {

/// What the person is known by in messages and folders.
const std::string& id_of(const HandedIn& handed_in) {
    return handed_in.is_from_platform() ? handed_in.platform_id : handed_in.name;
}

Student row_of(const Bundle& bundle) {
    const HandedIn& first = bundle.files.front();
    Student student;
    student.key = student.graded_as = bundle.key;
    student.id = id_of(first);
    student.name = first.name;
    for (const HandedIn& each : bundle.files) student.handed_in.push_back(each.file);
    return student;
}

/// Takes over what the roster knows. The platform's number stays, since grades go back with it.
void add_person(Student& student, const Person& person, bool has_platform_id) {
    student.name = person.name;
    student.email = person.email;
    student.university_id = person.university_id;
    if (has_platform_id) return;
    if (!person.platform_id.empty())
        student.id = person.platform_id;
    else if (!person.university_id.empty())
        student.id = person.university_id;
}

}  // namespace

std::vector<Bundle> bundled(std::vector<HandedIn> handed_in, std::set<std::string>& keys) {
    std::ranges::sort(handed_in, {}, [](const HandedIn& each) {
        return std::tie(each.platform_id, each.name, each.attempt, each.order, each.file);
    });
    std::vector<Bundle> bundles;
    for (HandedIn& each : handed_in) {
        if (bundles.empty() || !bundles.back().files.front().is_by_the_same(each)) bundles.push_back({});
        bundles.back().files.push_back(std::move(each));
    }
    // As the files are listed, so are their people.
    std::ranges::sort(bundles, {}, [](const Bundle& bundle) { return bundle.files.front().file; });
    for (Bundle& bundle : bundles) bundle.key = key_of(id_of(bundle.files.front()), keys);
    return bundles;
}

std::vector<const Person*> Submitters::members(const HandedIn& handed_in) const {
    std::vector<const Person*> members;
    if (const auto found = metadata_.find(handed_in.file); found != metadata_.end()) {
        for (const Person& person : found->second) members.push_back(&person);
        return members;
    }
    for (const Person& person : roster_.people)
        if (std::ranges::find(person.groups, handed_in.name) != person.groups.end())
            members.push_back(&person);
    return members;
}

std::vector<Student> Submitters::team(const Bundle& bundle, const std::vector<const Person*>& members) {
    std::vector<Student> rows;
    for (const Person* member : members) {
        Student& row = rows.emplace_back(row_of(bundle));
        add_person(row, *member, metadata_.contains(bundle.files.front().file));
        if (rows.size() > 1)
            row.key = key_of(member->university_id.empty() ? row.id : member->university_id, keys_);
        if (members.size() > 1)
            row.messages.push_back(fmt::format("handed in by {} people together ({})", members.size(),
                                               bundle.files.front().name));
        // The metadata's people may stand in the roster, too.
        seen_.insert(member);
        for (const Person& person : roster_.people)
            if (!person.university_id.empty() && person.university_id == member->university_id)
                seen_.insert(&person);
    }
    return rows;
}

std::vector<Student> Submitters::of(const Bundle& bundle) {
    const HandedIn& first = bundle.files.front();
    if (const auto people = members(first); !people.empty()) return team(bundle, people);
    std::vector<Student> rows{row_of(bundle)};
    Student& row = rows.front();
    const Found found = find_person(first, roster_);
    if (found.person != nullptr) {
        add_person(row, *found.person, first.is_from_platform());
        if (!seen_.insert(found.person).second)
            row.messages.emplace_back("the roster's row of this name belongs to another submission, too");
    } else if (first.is_from_platform() && first.name != first.platform_id && is_team_name(first.name)) {
        row.is_team = true;
        row.messages.emplace_back(
            "a team whose members aren't known: add a column `group` to the roster that names it");
        return rows;
    }
    if (!found.remark.empty()) row.messages.push_back(found.remark);
    return rows;
}

std::vector<Student> Submitters::missing() {
    std::vector<Student> rows;
    for (const Person& person : roster_.people) {
        if (seen_.contains(&person)) continue;
        Student& row = rows.emplace_back();
        row.name = row.id = person.name;
        add_person(row, person, false);
        row.key = row.graded_as = key_of(row.id, keys_);
        row.submitted = false;
        row.is_missing = true;
    }
    return rows;
}

}  // namespace grader
