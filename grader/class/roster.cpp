#include "class/roster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <string_view>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "class/csv.hpp"
#include "intake/listing.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

using Row = std::map<std::string, std::string>;

/// The value of the first of these columns that the row has.
std::string value(const Row& row, std::initializer_list<const char*> columns) {
    for (const char* column : columns)
        if (const auto found = row.find(column); found != row.end()) return found->second;
    return {};
}

bool has_any(const Row& row, std::initializer_list<const char*> columns) {
    return std::ranges::any_of(columns, [&](const char* column) { return row.contains(column); });
}

// In lower case, as read_csv gives them; in the languages of the platforms' translations.
constexpr std::initializer_list<const char*> full_names = {
    "name",        "full name",       "student",       "student name",  "participant", "vollständiger name",
    "nom complet", "nombre completo", "nome completo", "volledige naam"};
constexpr std::initializer_list<const char*> first_names = {
    "first name", "given name", "firstname", "vorname", "prénom", "nombre", "nome", "voornaam"};
constexpr std::initializer_list<const char*> last_names = {
    "last name",      "family name", "surname",   "lastname", "nachname",  "nom",
    "nom de famille", "apellido(s)", "apellidos", "cognome",  "achternaam"};
constexpr std::initializer_list<const char*> university_ids = {"sis user id",
                                                               "id number",
                                                               "sid",
                                                               "student id",
                                                               "university id",
                                                               "org defined id",
                                                               "orgdefinedid",
                                                               "matriculation number",
                                                               "matrikelnummer",
                                                               "id-nummer",
                                                               "numéro d'identification",
                                                               "número de id",
                                                               "numero id",
                                                               "idnummer"};
constexpr std::initializer_list<const char*> emails = {"email",
                                                       "email address",
                                                       "e-mail",
                                                       "e-mail address",
                                                       "e-mail-adresse",
                                                       "adresse de courriel",
                                                       "dirección de correo",
                                                       "correo electrónico"};
constexpr std::initializer_list<const char*> logins = {"sis login id", "username",    "login",
                                                       "user name",    "anmeldename", "nom d'utilisateur"};
constexpr std::initializer_list<const char*> groups = {"group",  "groups",  "team",  "gruppe", "gruppen",
                                                       "groupe", "groupes", "grupo", "grupos"};

std::string trailing_digits(const std::string& text) {
    std::size_t first = text.size();
    while (first > 0 && '0' <= text[first - 1] && text[first - 1] <= '9') --first;
    return text.substr(first);
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        const std::size_t first = part.find_first_not_of(' ');
        if (first != std::string::npos)
            parts.push_back(part.substr(first, part.find_last_not_of(' ') - first + 1));
    }
    return parts;
}

struct ReadPerson {
    Person person;
    std::string id;  // of a column that is just called so
};

/// Empty for rows that are no person's, as Canvas' exports have them.
std::optional<ReadPerson> person_of(const Row& row) {
    ReadPerson read;
    Person& person = read.person;
    person.name = value(row, full_names);
    if (person.name.empty())
        person.name = fmt::format("{} {}", value(row, first_names), value(row, last_names));
    if (person.name == " " || in_lower_case(person.name) == "points possible" ||
        person.name == "Student, Test")
        return std::nullopt;
    person.university_id = value(row, university_ids);
    person.email = value(row, emails);
    person.login = value(row, logins);
    person.groups = split(value(row, groups));
    const std::string id = value(row, {"id"});
    if (row.contains("identifier"))
        person.platform_id = trailing_digits(row.at("identifier"));
    else if (has_any(row, university_ids))  // as in Canvas' gradebook
        person.platform_id = id;
    else
        read.id = id;
    return read;
}

/// A name's words in lower case, without punctuation.
std::vector<std::string> words_of(const std::string& name) {
    std::vector<std::string> words(1);
    for (const char c : in_lower_case(name)) {
        const bool is_letter = ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || (c & 0x80) != 0;
        if (is_letter)
            words.back() += c;
        else if (c != '\'' && !words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += word;
    return text;
}

/// Whether the platform tells more than a number.
bool has_name(const HandedIn& handed_in) {
    return handed_in.name != handed_in.platform_id;
}

/// Whether the numbers of a column that is just called `id` are the platform's: whoever has one of them has
/// that row's name, too.
bool are_platform_ids(const std::vector<ReadPerson>& people, const std::vector<HandedIn>& handed_in) {
    std::size_t same = 0;
    std::size_t different = 0;
    for (const HandedIn& each : handed_in) {
        if (!each.is_from_platform() || !has_name(each)) continue;
        for (const ReadPerson& read : people)
            if (read.id == each.platform_id) ++(is_same_name(read.person.name, each.name) ? same : different);
    }
    return different == 0 || same >= different;
}

template <class Is>
std::vector<const Person*> those(const Roster& roster, Is&& is) {
    std::vector<const Person*> found;
    for (const Person& person : roster.people)
        if (is(person)) found.push_back(&person);
    return found;
}

}  // namespace

bool is_same_name(const std::string& one, const std::string& other) {
    std::vector<std::string> words = words_of(one);
    std::vector<std::string> others = words_of(other);
    if (words.empty() || others.empty()) return false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (joined(words) == joined(others)) return true;
        std::rotate(words.begin(), words.begin() + 1, words.end());
    }
    std::ranges::sort(words);
    std::ranges::sort(others);
    return words == others;
}

Roster read_roster(const fs::path& file, const std::vector<HandedIn>& handed_in) {
    const std::vector<Row> rows = read_csv_file(file, {});
    std::vector<ReadPerson> people;
    for (const Row& row : rows)
        if (auto person = person_of(row)) people.push_back(*std::move(person));
    if (!rows.empty() && !has_any(rows[0], full_names) &&
        !(has_any(rows[0], first_names) && has_any(rows[0], last_names)))
        throw Error(ExitCode::usage, fmt::format("{}:1: there is no column 'name'", file.string()),
                    "its first line must name at least: id,name; a list of participants of Moodle, or the "
                    "gradebook that Canvas exports, will do as well");
    const bool of_platform = are_platform_ids(people, handed_in);
    Roster roster{{}, true};
    for (ReadPerson& each : people) {
        if (!each.id.empty()) (of_platform ? each.person.platform_id : each.person.university_id) = each.id;
        roster.people.push_back(std::move(each.person));
    }
    return roster;
}

Found find_person(const HandedIn& handed_in, const Roster& roster) {
    if (!roster.is_given) return {};
    const auto by_number = those(roster, [&](const Person& person) {
        return handed_in.is_from_platform() && person.platform_id == handed_in.platform_id;
    });
    // A team's number is no participant's.
    const bool may_be = !is_team_name(handed_in.name) || !has_name(handed_in) ||
                        (by_number.size() == 1 && is_same_name(by_number[0]->name, handed_in.name));
    if (by_number.size() == 1 && may_be) {
        const bool differs = has_name(handed_in) && !is_same_name(by_number[0]->name, handed_in.name);
        return {by_number[0], differs ? fmt::format("handed in under the name {}", handed_in.name) : ""};
    }
    const auto by_name =
        those(roster, [&](const Person& person) { return is_same_name(person.name, handed_in.name); });
    if (by_name.size() == 1) return {by_name[0], ""};
    if (by_name.size() > 1)
        return {nullptr, fmt::format("{} in the roster have this name, and no number tells which it is",
                                     by_name.size())};
    const auto by_word = those(roster, [&](const Person& person) {
        const std::string& word = handed_in.name;
        return word == person.university_id ||
               (word == person.platform_id && !handed_in.is_from_platform()) || word == person.login ||
               (!word.empty() && person.email.starts_with(word + "@")) ||
               (!word.empty() && word == person.email);
    });
    if (by_word.size() == 1) return {by_word[0], ""};
    return {nullptr, "not in the roster"};
}

std::map<std::string, std::vector<Person>> read_gradescope_metadata(const fs::path& file) {
    // Gradescope writes it with Ruby's YAML library, always in this form; so it is read by its lines.
    std::map<std::string, std::vector<Person>> submissions;
    std::istringstream lines(read_file(file));
    std::string submission;
    bool in_submitters = false;
    int number = 0;
    const auto scalar = [](std::string text) {
        const std::size_t first = text.find_first_not_of(' ');
        if (first == std::string::npos) return std::string();
        text = text.substr(first, text.find_last_not_of(" \r") - first + 1);
        if (text.size() > 1 && (text[0] == '\'' || text[0] == '"') && text.back() == text[0]) {
            const std::string quote(text[0] == '\'' ? 2 : 0, '\'');
            text = text.substr(1, text.size() - 2);
            for (std::size_t at = 0; !quote.empty() && (at = text.find(quote, at)) != std::string::npos; ++at)
                text.erase(at, 1);
        }
        return text;
    };
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const std::size_t indent = line.find_first_not_of(' ');
        if (indent == std::string::npos || line[indent] == '#' || line.starts_with("---")) continue;
        const bool begins = std::string_view(line).substr(indent).starts_with("- ");
        const std::string_view entry = std::string_view(line).substr(indent + (begins ? 2 : 0));
        const std::size_t colon = entry.find(':', 1);
        if (indent == 0 && !begins) {
            if (colon == std::string_view::npos || !scalar(std::string(entry.substr(colon + 1))).empty())
                throw Error(ExitCode::usage,
                            fmt::format("{}:{}: not as Gradescope writes it", file.string(), number),
                            "take it out of the folder, and give the names in roster.csv (id,name)");
            submission = entry.substr(0, colon);
            in_submitters = false;
        } else if (!begins && indent <= 2) {
            in_submitters = entry.starts_with(":submitters:");
        } else if (in_submitters && colon != std::string_view::npos) {
            std::vector<Person>& people = submissions[submission];
            if (begins || people.empty()) people.emplace_back();
            const std::string_view key = entry.substr(0, colon);
            const std::string text = scalar(std::string(entry.substr(colon + 1)));
            if (key == ":name") people.back().name = text;
            if (key == ":sid") people.back().university_id = text;
            if (key == ":email") people.back().email = text;
        }
    }
    return submissions;
}

}  // namespace grader
