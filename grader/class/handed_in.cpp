#include "class/handed_in.hpp"

#include <fmt/format.h>

#include <charconv>
#include <regex>

#include "base/text.hpp"
#include "intake/listing.hpp"

namespace grader {

namespace {

/// "ada" of "ada.tar.gz" or "ada.cpp".
std::string without_endings(std::string name) {
    while (is_archive_name(name) || is_source_name(name)) {
        const std::size_t ending = name.rfind('.');
        if (ending == 0) break;
        name.resize(ending);
    }
    return name;
}

unsigned long number(const std::string& digits) {
    unsigned long value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

}  // namespace

HandedIn read_name(const std::string& file) {
    // "Ada Lovelace_12345_assignsubmission_file_", and what follows if the download has no folders
    static const std::regex moodle(R"((.+?)_(\d+)_assignsubmission_(file|onlinetext)_?(.*))");
    // "lovelaceada_12345_67890_work-1.zip", or with "_LATE_" after the name; the last number is the file's.
    // Canvas adds "-1" to the name of a file that is handed in again.
    static const std::regex canvas(R"(([^_]+)_(?:LATE_)?(\d+)_(\d+)_(.*))");
    static const std::regex again(R"((.*)-(\d{1,2})((?:\.[^.]*)*))");
    static const std::regex gradescope(R"(submission_(\d+))");
    // "Homework 1_ada01_attempt_2026-11-30-10-15-20_work.zip"; the .txt without a name is about the attempt
    static const std::regex blackboard(
        R"(.*_([^_]+)_attempt_(\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(.+)|(\.txt))?)");
    // "123456-789 - Ada Lovelace - Nov 30, 2026 1015 AM - work.zip", or a folder without the last part
    static const std::regex brightspace(R"((\d+)-\d+ - (.+?) - (.+?)(?: - (.+))?)");
    std::smatch match;
    HandedIn result;
    result.file = file;
    if (std::regex_match(file, match, moodle)) {
        result.name = match[1];
        result.platform_id = match[2];
        result.is_text = match[3] == "onlinetext";
        result.original = match[4];
    } else if (std::regex_match(file, match, blackboard)) {
        result.name = result.platform_id = match[1];
        result.attempt = match[2];
        result.original = match[3];
        result.is_text = match[4].matched;
    } else if (std::regex_match(file, match, brightspace)) {
        result.platform_id = match[1];
        result.name = match[2];
        result.original = match[4];
    } else if (std::regex_match(file, match, canvas)) {
        result.name = match[1];
        result.platform_id = match[2];
        result.order = number(match[3]);
        result.original = match[4];
        std::smatch numbered;
        result.series = result.original;
        if (std::regex_match(result.original, numbered, again)) {
            result.series = numbered[1].str() + numbered[3].str();
            result.attempt = fmt::format("{:02}", number(numbered[2]));
        }
    } else if (std::regex_match(file, match, gradescope)) {
        result.name = result.platform_id = match[1];
    } else {
        result.name = without_endings(file);
    }
    return result;
}

bool is_team_name(const std::string& name) {
    static const std::regex team(
        R"(.*\d.*|(.*[^a-z])?(team|group|gruppe|groupe|grupo|gruppo|groep|grupp|ryhm.{1,2}|.{1,2}quipe|equipo|zesp.{1,2})([^a-z].*)?)");
    return std::regex_match(in_lower_case(name), team);
}

}  // namespace grader
