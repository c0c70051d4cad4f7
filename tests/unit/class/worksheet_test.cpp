#include "class/worksheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>

#include "base/error.hpp"
#include "temporary_folder.hpp"

namespace grader {
namespace {

using testing::HasSubstr;

/// A class of students, each with one version.
class Class {
  public:
    void add(const std::string& id, std::optional<double> score, const std::string& message = "") {
        Student& student = students_.emplace_back();
        student.id = id;
        student.name = "student " + id;
        Graded graded;
        graded.lesson = "toy";
        graded.version = "serial";
        graded.message = message;
        graded.max_score = 100;
        if (score) {
            graded.verdict = Verdict::pass;
            graded.score = *score;
        }
        graded_.push_back({student, {graded}, {}, score ? "" : "not graded"});
    }
    [[nodiscard]] const std::vector<GradedStudent>& graded() const { return graded_; }

  private:
    std::list<Student> students_;
    std::vector<GradedStudent> graded_;
};

/// What becomes of the file, with what filling in says of it.
struct Outcome {
    std::string text;
    std::string gradebook;
    Filled filled;
};

Outcome fill(const std::string& text, const Class& students, const std::string& assignment = "") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "sheet.csv", std::ios::binary) << text;
    Worksheet worksheet = read_worksheet(folder.path() / "sheet.csv", assignment);
    const Filled filled = fill_in(worksheet, students.graded());
    return {worksheet.table.bytes(), worksheet.gradebook, filled};
}

/// The message of the error, and what it says to do next.
std::string error_of(const std::string& text, const std::string& assignment = "") {
    try {
        return "no error, but " + fill(text, {}, assignment).text;
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::usage);
        return std::string(error.what()) + " / " + error.next();
    }
}

Class three() {
    Class students;
    students.add("7", 86.5, "a < b");
    students.add("8", std::nullopt);
    students.add("12", 0);
    return students;
}

TEST(Worksheet, of_Moodle_is_filled_in) {
    const Outcome done = fill(
        "\xEF\xBB\xBFIdentifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum grade\","
        "\"Grade can be changed\",\"Last modified (submission)\",\"Last modified (grade)\","
        "\"Feedback comments\"\n"
        "\"Participant 12\",\"Hopper, Grace\",g@example.org,\"Submitted for grading\",,100.00,Yes,"
        "\"Monday, 30 November 2026, 4:01 PM\",-,\n"
        "\"Participant 7\",\"Ada Lovelace\",a@example.org,\"Submitted for grading\",12.00,100.00,Yes,-,"
        "\"Monday, 30 November 2026, 4:01 PM\",\"<p>old</p>\"\n"
        "\"Participant 8\",Bo,,\"No submission\",3.00,100.00,Yes,-,-,\"ask me\"\n"
        "\"Participant 70\",\"not in the class\",,,,100.00,Yes,-,-,\n",
        three());
    EXPECT_EQ(done.gradebook, "moodle.csv");
    EXPECT_EQ(done.filled.rows, 2U);
    EXPECT_EQ(done.filled.locked, 0U);
    EXPECT_TRUE(done.filled.missing.empty());
    EXPECT_EQ(done.text,
              "\xEF\xBB\xBFIdentifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum grade\","
              "\"Grade can be changed\",\"Last modified (submission)\",\"Last modified (grade)\","
              "\"Feedback comments\"\n"
              "\"Participant 12\",\"Hopper, Grace\",g@example.org,\"Submitted for grading\",0.00,100.00,Yes,"
              "\"Monday, 30 November 2026, 4:01 PM\",-,\"toy::serial: pass, 0.0 of 100.0 points.  \"\n"
              "\"Participant 7\",\"Ada Lovelace\",a@example.org,\"Submitted for grading\",86.50,100.00,Yes,-,"
              "\"Monday, 30 November 2026, 4:01 PM\",\"toy::serial: pass, 86.5 of 100.0 points. a &lt; b \"\n"
              "\"Participant 8\",Bo,,\"No submission\",3.00,100.00,Yes,-,-,\"ask me\"\n"
              "\"Participant 70\",\"not in the class\",,,,100.00,Yes,-,-,\n");
}

TEST(Worksheet, of_Moodle_in_German_has_decimal_commas_and_locked_rows) {
    const std::string head =
        "ID;\"Vollständiger Name\";Matrikelnummer;Status;Bewertung;Bestwertung;Bewertungsworkflow;"
        "\"Bewertung kann geändert werden\";\"Zuletzt geändert (Abgabe)\";Texteingabe;"
        "\"Zuletzt geändert (Bewertung)\"\r\n";
    const Outcome done = fill(head +
                                  "Teilnehmer/in7;Ada;20;Abgegeben;;20,00;Fertig;Ja;\"Montag, 30. November "
                                  "2026, 16:01\";Hallo;-\r\n" +
                                  "Teilnehmer/in12;Cy;20;Abgegeben;\"1,00\";20,00;Fertig;Nein;-;;-\r\n" +
                                  "Teilnehmer/in8;Bo;20;;;20,00;Fertig;Ja;-;;-\r\n",
                              three());
    EXPECT_EQ(done.filled.rows, 1U);
    EXPECT_EQ(done.filled.locked, 1U);
    EXPECT_EQ(done.text, head +
                             "Teilnehmer/in7;Ada;20;Abgegeben;17,30;20,00;Fertig;Ja;\"Montag, 30. November "
                             "2026, 16:01\";Hallo;-\r\n" +
                             "Teilnehmer/in12;Cy;20;Abgegeben;\"1,00\";20,00;Fertig;Nein;-;;-\r\n" +
                             "Teilnehmer/in8;Bo;20;;;20,00;Fertig;Ja;-;;-\r\n");
}

TEST(Worksheet, of_Moodle_is_known_in_Spanish_French_and_without_submissions) {
    const std::string spanish =
        "Identificador,\"Nombre completo\",Estatus,Calificación,\"Calificación máxima\","
        "\"La calificación puede ser cambiada\",\"Última modificación (calificación)\","
        "\"Comentarios de retroalimentación\"\nParticipante7,Ada,,,\"10,00\",Sí,-,\n";
    Class one;
    one.add("7", 86.5);
    EXPECT_THAT(fill(spanish, one).text,
                HasSubstr("\nParticipante7,Ada,,\"8,65\",\"10,00\",Sí,-,\"toy::serial: pass, "));
    const std::string french =
        "Identifiant,Nom,Statut,Note,\"Note maximale\",\"La note peut être modifiée\",\"Dernière "
        "modification "
        "(travail remis)\",\"Dernière modification (note)\",\"Feedback par commentaires\"\n"
        "Participant7,Ada,Remis,,100,Non,-,-,\n";
    EXPECT_EQ(fill(french, one).text, french);
    EXPECT_EQ(fill(french, one).filled.locked, 1U);
}

TEST(Worksheet, names_who_is_not_in_it) {
    Class students = three();
    students.add("ada", 5);
    students.add("7", 50);
    const std::string text = "I,S,G,M,C,T\nParticipant 7,,,100.00,Yes,-\nParticipant 8,,,100.00,Yes,-\n";
    const Outcome done = fill(text, students);
    ASSERT_EQ(done.filled.missing.size(), 2U);
    EXPECT_EQ(done.filled.missing[0]->id, "12");
    EXPECT_EQ(done.filled.missing[1]->id, "ada");
    EXPECT_EQ(done.filled.doubled.size(), 2U) << "which of the two grades is right?";
    EXPECT_EQ(done.text, text);
}

TEST(Worksheet, is_refused_where_grades_have_no_place) {
    EXPECT_THAT(error_of(""),
                HasSubstr("neither Moodle's grading worksheet nor Canvas' gradebook / download"));
    EXPECT_THAT(error_of("name,id\nAda,7\n"), HasSubstr("neither Moodle's"));
    EXPECT_THAT(error_of("I,S,G,Scale,C,T\nParticipant 7,,,\"bad\ngood\",Yes,-\n"),
                HasSubstr("no column has the maximum grade: is the assignment graded by a scale? / set"));
    EXPECT_THAT(error_of("I,S,G,M,C,T\nParticipant 7,,,100.00,Yes,-\nParticipant 8,,100.00\n"),
                HasSubstr("sheet.csv:3: 3 fields, but the first line names 6 columns"));
}

const std::string canvas_head =
    "Student,ID,SIS User ID,SIS Login ID,Section,Notes,Lab (101),\"Slow, Things (102)\",Labs Final "
    "Score,Final "
    "Score\r\n";

TEST(Worksheet, of_Canvas_is_filled_in_with_all_its_other_rows_and_columns) {
    const std::string others =
        ",,,,,,Manual Posting,,,\r\n    Points Possible,,,,,,10.00,50.00,(read only),(read only)\r\n";
    const Outcome done = fill(canvas_head + others +
                                  "\"Hopper, Grace\",12,s12,grace,A,,1.00,,12.00,13.00\r\n"
                                  "\"Lovelace, Ada\",7,s7,ada,\"A and B\",note,1.00,2.00,12.00,13.00\r\n"
                                  "\"Bo\",8,,,A,,,3.00,,\r\n"
                                  "\"Eve\",9,,,A,,N/A,N/A,,\r\n"
                                  "\"Student, Test\",99,,abc,A,,,,,\r\n",
                              three(), "Slow, Things");
    EXPECT_EQ(done.gradebook, "canvas.csv");
    EXPECT_EQ(done.text, canvas_head + others +
                             "\"Hopper, Grace\",12,s12,grace,A,,1.00,0.00,12.00,13.00\r\n"
                             "\"Lovelace, Ada\",7,s7,ada,\"A and B\",note,1.00,43.25,12.00,13.00\r\n"
                             "\"Bo\",8,,,A,,,3.00,,\r\n"
                             "\"Eve\",9,,,A,,N/A,N/A,,\r\n"
                             "\"Student, Test\",99,,abc,A,,,,,\r\n");
    EXPECT_TRUE(done.filled.missing.empty());
}

TEST(Worksheet, of_Canvas_with_semicolons_has_decimal_commas) {
    Class students;
    students.add("7", 86.5);
    students.add("9", 50);
    students.add("10", 50);
    const Outcome done = fill(
        "LastName;FirstName;ID;SIS Login ID;Section;Lab (5)\n    Points "
        "Possible;;;;;10,00\nL;Ada;7;ada;A;\nE;Eve;9;e;"
        "A;N/A\nE;Ed;10;e;A;EX\n",
        students);
    EXPECT_EQ(done.text,
              "LastName;FirstName;ID;SIS Login ID;Section;Lab (5)\n    Points "
              "Possible;;;;;10,00\nL;Ada;7;ada;A;8,65\n"
              "E;Eve;9;e;A;N/A\nE;Ed;10;e;A;EX\n");
    EXPECT_EQ(done.filled.locked, 2U) << "not assigned, and excused";
}

TEST(Worksheet, of_Canvas_needs_to_know_the_assignment) {
    const std::string text = canvas_head + "    Points Possible,,,,,,10.00,50.00,(read only),(read only)\r\n";
    EXPECT_THAT(error_of(text), HasSubstr("sheet.csv:1: there are several assignments in it / name one: "
                                          "ASSIGNMENT=\"Lab (101)\", or ASSIGNMENT=\"Slow, Things (102)\""));
    EXPECT_THAT(error_of(text, "Leb"), HasSubstr("sheet.csv:1: there is no assignment 'Leb' / name one: "));
    for (const char* name : {"Lab", "Lab (101)"}) EXPECT_THAT(error_of(text, name), HasSubstr("no error"));
    EXPECT_THAT(error_of("Student,ID,Section,Lab (1),Lab (2)\n    Points Possible,,,1,1\n", "Lab"),
                HasSubstr("'Lab' can be several assignments / name one: ASSIGNMENT=\"Lab (1)\", or"));
    EXPECT_THAT(error_of("Student,ID,Section,Final Score\n    Points Possible,,,(read only)\n"),
                HasSubstr("there is no assignment in it / create the assignment in Canvas"));
    EXPECT_THAT(error_of("Student,ID,Section,Lab (1)\nAda,7,A,\n"),
                HasSubstr("there is no row 'Points Possible' / export"));
    EXPECT_THAT(error_of("Student,ID,Section,Lab (1)\n    Points Possible,,,0.00\n"),
                HasSubstr("sheet.csv:2: \"Lab (1)\" has no points / give it points"));
}

TEST(NumberIn, takes_the_last_mark_for_the_decimal_one) {
    EXPECT_EQ(number_in("20"), 20);
    EXPECT_EQ(number_in("17,35"), 17.35);
    EXPECT_EQ(number_in("1.017,35"), 1017.35);
    for (const char* text : {"", "-", "12 a", "EX", "-3", ",", "1e9"})
        EXPECT_EQ(number_in(text), std::nullopt) << text;
}

}  // namespace
}  // namespace grader
