#include "class/submitters.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "temporary_folder.hpp"

namespace grader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// ---- Names

/// "name, platform's number, series, attempt", and " (text)".
std::string read(const std::string& file) {
    const HandedIn each = read_name(file);
    return fmt::format("{}, {}, {}, {}{}", each.name, each.platform_id, each.series, each.attempt,
                       each.is_text ? " (text)" : "");
}

TEST(HandedInName, is_read_as_each_platform_writes_it) {
    const std::pair<const char*, const char*> names[] = {
        // Moodle, in folders and without
        {"Ada Lovelace_101_assignsubmission_file_", "Ada Lovelace, 101, , "},
        {"Ada Lovelace_101_assignsubmission_file", "Ada Lovelace, 101, , "},
        {"Ada Lovelace_101_assignsubmission_file_hw_2.zip", "Ada Lovelace, 101, , "},
        {"Ada Lovelace_101_assignsubmission_onlinetext_", "Ada Lovelace, 101, ,  (text)"},
        {"Ada_L_101_assignsubmission_file_", "Ada_L, 101, , "},
        // Canvas
        {"lovelaceada_402_9003_hw.ZIP", "lovelaceada, 402, hw.ZIP, "},
        {"lovelaceada_LATE_402_9003_hw-1.tar.gz", "lovelaceada, 402, hw.tar.gz, 01"},
        {"lovelaceada_402_9003_my_work.zip", "lovelaceada, 402, my_work.zip, "},
        // Gradescope
        {"submission_123", "123, 123, , "},
        // Blackboard
        {"Homework 1_ada01_attempt_2026-11-30-10-15-20_hw.zip", "ada01, ada01, , 2026-11-30-10-15-20"},
        {"Homework_1_ada01_attempt_2026-11-30-10-15-20.txt", "ada01, ada01, , 2026-11-30-10-15-20 (text)"},
        // Brightspace
        {"123456-789 - Ada Lovelace - Nov 30, 2026 1015 AM", "Ada Lovelace, 123456, , "},
        {"123456-789 - Ada Lovelace - Nov 30, 2026 1015 AM - hw.zip", "Ada Lovelace, 123456, , "},
        // as people name their files
        {"ada", "ada, , , "},
        {"ada.tar.gz", "ada, , , "},
        {"Ada Lovelace.ZIP", "Ada Lovelace, , , "},
        {"ada_lovelace.7z", "ada_lovelace, , , "},
        {"serial.cpp", "serial, , , "},
    };
    for (const auto& [file, wanted] : names) EXPECT_EQ(read(file), wanted) << file;
}

TEST(TeamName, is_told_from_a_persons) {
    for (const char* team : {"Team 1", "Gruppe B", "group", "Die Gruppe", "42", "Les 3 Mousquetaires"})
        EXPECT_TRUE(is_team_name(team)) << team;
    for (const char* person : {"Ada Lovelace", "Steam Boat", "Li Teamson", "Groupman"})
        EXPECT_FALSE(is_team_name(person)) << person;
}

TEST(SameName, needs_neither_order_nor_punctuation) {
    for (const char* name : {"Ada Lovelace", "Lovelace, Ada", "lovelaceada", "ADA LOVELACE", "adalovelace"})
        EXPECT_TRUE(is_same_name("Ada Lovelace", name)) << name;
    EXPECT_TRUE(is_same_name("Conor O'Brien", "obrienconor"));
    EXPECT_TRUE(is_same_name("Mary Ann Smith-Jones", "Smith-Jones, Mary Ann"));
    for (const char* name : {"Ada", "Lovelace", "Ada Lovelace King", "", "Lada Ovelace"})
        EXPECT_FALSE(is_same_name("Ada Lovelace", name)) << name;
}

// ---- Whose it is

class Submitting : public testing::Test {
  protected:
    /// The rows, each as "key id university's number name <email>" with what is special about it.
    std::vector<std::string> rows(const std::vector<std::string>& files, const std::string& roster = {},
                                  const std::string& metadata = {}) {
        std::vector<HandedIn> handed_in;
        for (const std::string& file : files) handed_in.push_back(read_name(file));
        std::set<std::string> keys;
        const std::vector<Bundle> bundles = bundled(handed_in, keys);
        Submitters submitters(
            roster.empty() ? Roster() : read_roster(folder_.write("roster.csv", roster), handed_in),
            metadata.empty() ? std::map<std::string, std::vector<Person>>()
                             : read_gradescope_metadata(folder_.write("metadata.yml", metadata)),
            keys);
        std::vector<std::string> texts;
        messages_.clear();
        const auto add = [&](const Student& each) {
            texts.push_back(fmt::format("{} {} {} {} <{}>{}{}{}", each.key, each.id, each.university_id,
                                        each.name, each.email,
                                        each.graded_as == each.key ? "" : " as " + each.graded_as,
                                        each.is_team ? " team" : "", each.is_missing ? " missing" : ""));
            for (const std::string& message : each.messages) messages_.push_back(message);
        };
        for (const Bundle& bundle : bundles)
            for (const Student& each : submitters.of(bundle)) add(each);
        for (const Student& each : submitters.missing()) add(each);
        return texts;
    }

    TemporaryFolder folder_;
    std::vector<std::string> messages_;
};

TEST_F(Submitting, goes_by_the_platforms_number_where_two_have_one_name) {
    const std::string roster = "id,name,email\n201,Wei Zhang,w1@x\n202,Wei Zhang,w2@x\n";
    EXPECT_THAT(
        rows({"Wei Zhang_201_assignsubmission_file_", "Wei Zhang_202_assignsubmission_file_"}, roster),
        ElementsAre("201 201  Wei Zhang <w1@x>", "202 202  Wei Zhang <w2@x>"));
    EXPECT_THAT(messages_, IsEmpty());
    EXPECT_THAT(rows({"Wei Zhang.zip"}, roster)[0], "Wei_Zhang Wei Zhang  Wei Zhang <>");
    EXPECT_THAT(messages_, ElementsAre(HasSubstr("2 in the roster have this name")));
}

TEST_F(Submitting, takes_no_universitys_number_for_the_platforms) {
    const std::string roster = "id,name,email\n7012345,Ada Lovelace,a@x\n7012346,Bo Li,b@x\n";
    const std::vector<std::string> files{"Ada Lovelace_101_assignsubmission_file_",
                                         "Bo Li_7012345_assignsubmission_file_"};
    EXPECT_THAT(rows(files, roster),
                ElementsAre("101 101 7012345 Ada Lovelace <a@x>", "7012345 7012345 7012346 Bo Li <b@x>"));
    EXPECT_THAT(rows(files), ElementsAre("101 101  Ada Lovelace <>", "7012345 7012345  Bo Li <>"))
        << "a roster changes no key";
}

TEST_F(Submitting, reads_the_lists_of_platforms_and_spreadsheets) {
    const std::vector<std::string> files{"Ada Lovelace_101_assignsubmission_file_"};
    const std::pair<const char*, const char*> rosters[] = {
        {"First name,Last name,ID number,Email address\nAda,Lovelace,7,a@x\n",
         "101 101 7 Ada Lovelace <a@x>"},
        {"Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Lovelace;7;a@x\n", "101 101 7 Ada Lovelace <a@x>"},
        {"Identifier,Full name,Email address,Status,Grade\nParticipant 101,Ada Lovelace,a@x,,\n",
         "101 101  Ada Lovelace <a@x>"},
        {"Student,ID,SIS User ID,SIS Login ID,Section,Homework (5)\n    Points Possible,,,,,10\n"
         "\"Lovelace, Ada\",101,7,ada,A,\n\"Student, Test\",9,,,A,\n",
         "101 101 7 Lovelace, Ada <>"},
        {"name\nAda Lovelace\n", "101 101  Ada Lovelace <>"},
    };
    for (const auto& [roster, wanted] : rosters) {
        EXPECT_THAT(rows(files, roster), ElementsAre(wanted)) << roster;
        EXPECT_THAT(messages_, IsEmpty());
    }
    EXPECT_THROW(rows(files, "number,mail\n1,x\n"), Error);
}

TEST_F(Submitting, finds_people_by_login_number_or_address_where_the_platform_says_nothing) {
    const std::string roster = "name,sid,username,email\nAda Lovelace,7,al,ada@x\nBo Li,8,bl,bo@x\n";
    for (const char* file : {"7", "al.zip", "ada", "ada@x", "lovelace_ada.tgz"})
        EXPECT_THAT(rows({file}, roster)[0], HasSubstr(" 7 7 Ada Lovelace <ada@x>")) << file;
}

TEST_F(Submitting, has_a_row_for_those_who_handed_in_nothing) {
    EXPECT_THAT(rows({"ada.zip"}, "id,name\n1,Ada\n2,Bo\n"),
                ElementsAre("ada 1  Ada <>", "2 2  Bo <> missing"));
}

TEST_F(Submitting, is_one_row_for_all_files_of_a_person) {
    EXPECT_THAT(
        rows({"turing_404_9006_serial.cpp", "turing_404_9007_parallel.cpp", "turing_404_9008_report.pdf"}),
        ElementsAre("404 404  turing <>"));
    EXPECT_THAT(
        rows({"Ada Lovelace_101_assignsubmission_file_", "Ada Lovelace_101_assignsubmission_onlinetext_"}),
        ElementsAre("101 101  Ada Lovelace <>"));
    EXPECT_THAT(
        rows({"hw_ada_attempt_2026-11-30-10-15-20_a.zip", "hw_ada_attempt_2026-11-29-10-15-20_a.zip"}),
        ElementsAre("ada ada  ada <>"));
    EXPECT_THAT(rows({"ada", "ada.zip"}), SizeIs(1));
}

TEST_F(Submitting, takes_a_teams_number_for_no_participants) {
    const std::vector<std::string> files{"Cy Young_55_assignsubmission_file_",
                                         "Team 1_55_assignsubmission_file_"};
    EXPECT_THAT(rows(files), ElementsAre("55 55  Cy Young <>", "55-2 55  Team 1 <> team"));
    EXPECT_THAT(messages_, ElementsAre(HasSubstr("a team whose members aren't known")));
    EXPECT_THAT(rows(files, "id,name\n55,Cy Young\n"),
                ElementsAre("55 55  Cy Young <>", "55-2 55  Team 1 <> team"));
}

TEST_F(Submitting, gives_each_member_of_a_team_a_row) {
    EXPECT_THAT(rows({"Team 1_55_assignsubmission_file_"},
                     "id,name,group\n7,Ada,Team 1\n8,Bo,\"Team 1, Sailing\"\n9,Cy,Team 2\n"),
                ElementsAre("55 7  Ada <>", "8 8  Bo <> as 55", "9 9  Cy <> missing"));
    EXPECT_THAT(messages_, SizeIs(2)) << "each is told that it was handed in together";
}

TEST_F(Submitting, knows_gradescopes_people_by_the_metadata) {
    const std::string metadata =
        "---\nsubmission_123:\n  :submitters:\n  - :name: Ada O'Hara\n    :sid: '7'\n    :email: a@x\n"
        "  :created_at: 2026-11-30 10:15:20\n  :score: 5.0\n"
        "submission_124:\n  :submitters:\n  - :name: 'Bo ''B'' Li'\n    :sid: '8'\n    :email: b@x\n"
        "  - :name: \"Cy\"\n    :sid: '9'\n    :email: c@x\n";
    EXPECT_THAT(
        rows({"submission_123", "submission_124"}, "", metadata),
        ElementsAre("123 123 7 Ada O'Hara <a@x>", "124 124 8 Bo 'B' Li <b@x>", "9 124 9 Cy <c@x> as 124"));
    EXPECT_THAT(rows({"submission_124"}, "name,sid\nBo Li,8\nCy,9\nDi,10\n", metadata), SizeIs(3))
        << "only Di is missing";
    EXPECT_THROW(rows({"submission_1"}, "", "submission_1: {name: Ada}\n"), Error);
}

}  // namespace
}  // namespace grader
