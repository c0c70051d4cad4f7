// Tests of `make class`, with the submissions and downloads that a lecturer has.

#include <fmt/format.h>

#include "grading.hpp"

namespace {

using namespace grading;
using testing::HasSubstr;
using testing::Not;

class Class : public testing::Test {
  protected:
    /// Adds one file to a submission. `source` is a path in the kit.
    void hand_in(const fs::path& file, const std::string& source) const {
        fs::create_directories((submissions_ / file).parent_path());
        fs::copy_file(kit_dir / source, submissions_ / file, fs::copy_options::overwrite_existing);
    }
    void write(const fs::path& file, const std::string& text) const {
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
    }

    [[nodiscard]] Arguments command(const Environment& options = {}) const {
        Arguments argv{"/usr/bin/make",
                       "-C",
                       kit_dir,
                       "class",
                       fmt::format("BUILD={}", fs::path(GRADER).parent_path().parent_path().string()),
                       "SUBMISSIONS=" + submissions_.string(),
                       "OUT=" + out_.string()};
        for (const auto& [name, value] : options) argv.push_back(name + "=" + value);
        return argv;
    }

    /// Runs `make class` with options for make and variables of the environment.
    [[nodiscard]] Finished make_class(const Environment& options = {},
                                      const Environment& variables = {}) const {
        return run(command(options), variables);
    }

    /// Runs one step of `make class`.
    [[nodiscard]] Finished step(const std::string& name) const {
        return run({GRADER, name, "--submissions", submissions_, "--out", out_});
    }

    [[nodiscard]] std::string line_of(const std::string& file, const std::string& word) const {
        std::istringstream lines(contents(out_ / file));
        for (std::string line; std::getline(lines, line);)
            if (line.find(word) != std::string::npos) return line;
        return "no line with " + word;
    }

    TemporaryFolder folder_;
    fs::path submissions_ = folder_.path() / "handed in";
    fs::path out_ = folder_.path() / "the class";
};

TEST_F(Class, is_graded_with_everyones_page_and_gradebooks) {
    const std::string wrong = "solutions/01_slow_thing/mistakes/square_only.cpp";
    hand_in("Ada Lovelace_101_assignsubmission_file_/01_slow_thing/serial.cpp", wrong);
    hand_in("hoppergrace_LATE_102_555_work/work/01_slow_thing/serial.cpp",
            "lessons/01_slow_thing/serial.cpp");
    hand_in("submission_103/01_slow_thing/serial.cpp",
            "tests/submissions/wrong_answers/01_slow_thing/serial.cpp");
    hand_in("=HYPERLINK(1)/01_slow_thing/serial.cpp", wrong);
    write(submissions_ / "empty/notes.txt", "nothing yet");
    write(submissions_ / "roster.csv", "id,name,email\n101,\"Lovelace, Ada\",ada@example.org\n103,Cy,\n");
    const Finished first =
        make_class({{"SEED", "7"}, {"PSEUDONYMS", "1"}}, {{"CLASSROOM", "parallel"},
                                                          {"ASSIGNMENT", "slow-things"},
                                                          {"SUBMISSION_TAG", "submit/2026-11-27"},
                                                          {"COMMIT_URL", "https://example.org/commit/1"},
                                                          {"RELEASE_URL", "https://example.org/release/1"}});
    EXPECT_EQ(first.exit_code, 2) << first.out << first.err;  // make's code when the grader's is 1
    EXPECT_THAT(first.out, HasSubstr("5 submissions, 4 to grade. Seed 7."));
    EXPECT_THAT(first.out, HasSubstr("5 students, 0.0 of 100 points on average; 1 without a grade."));
    EXPECT_THAT(first.err, HasSubstr("not graded: empty (empty): "));
    EXPECT_THAT(first.err, HasSubstr("holds no file of any lesson"));
    EXPECT_THAT(first.err, HasSubstr("overrides.csv"));

    EXPECT_THAT(line_of("gradebook.csv", "Lovelace"),
                testing::StartsWith("101,,\"Lovelace, Ada\",0.00,0.00,memory error"));
    EXPECT_THAT(line_of("gradebook.csv", "hoppergrace"), HasSubstr("102,,hoppergrace,0.00,0.00,not started"));
    EXPECT_THAT(
        line_of("gradebook.csv", "empty"),
        testing::AllOf(testing::StartsWith("empty,,empty,,,not graded,"),
                       HasSubstr("holds no file of any lesson"), HasSubstr("; not graded: nothing was")));
    EXPECT_EQ(line_of("canvas.csv", "empty"), "empty,,,,,\r");
    EXPECT_THAT(line_of("moodle.csv", "empty"),
                HasSubstr(",No submission,,100.00,Yes,,,Not graded: nothing was handed in"));
    EXPECT_THAT(line_of("gradebook.csv", "HYPERLINK"), testing::StartsWith("'=HYPERLINK(1)"));
    EXPECT_THAT(line_of("canvas.csv", "Lovelace"), testing::StartsWith("\"Lovelace, Ada\",101,"));
    EXPECT_THAT(line_of("moodle.csv", "Lovelace"),
                testing::StartsWith("Participant 101,\"Lovelace, Ada\",ada@example.org,"));
    EXPECT_TRUE(fs::exists(out_ / "moodle_feedback/Lovelace, Ada_101_assignsubmission_file_/report.html"));
    EXPECT_EQ(read_result(out_ / "students/101").at("seed"), 7);
    EXPECT_EQ(version_of(read_result(out_ / "students/101"), "slow_thing/serial").at("diagnosis"),
              "square_only");
    EXPECT_TRUE(fs::exists(out_ / "students/101/index.html"));
    EXPECT_TRUE(fs::exists(out_ / "students/101/junit.xml"));
    EXPECT_THAT(contents(out_ / "index.html"), HasSubstr("Lovelace, Ada"));
    EXPECT_THAT(contents(out_ / "pseudonyms.html"), Not(HasSubstr("Lovelace")));
    EXPECT_TRUE(fs::exists(out_ / "submissions/101/01_slow_thing/serial.cpp")) << "for JPlag and its kin";
    const Finished read = run({PYTHON, kit_dir / "tests/python/read_exports.py", out_, "101"});
    if (read.exit_code != 77) {  // jsonschema is installed
        EXPECT_EQ(read.out,
                  "canvas 5 students, at most 100.0 points: 0.0\nmoodle 5 students: 0.0\n"
                  "gradebook 5 students\ncanvas takes 3 grades and doesn't know 2 students\n"
                  "moodle takes 3 grades, of those who have one 0, and with the box ticked 3\n"
                  "junit {'failure': 1, 'skipped': 6}\ngradescope 0.0 7 failed\n"
                  "classroom50 parallel 0 of 100\n")
            << read.err;
    }

    // Nothing changed, so nothing is graded. The lecturer's overrides count, and stay.
    write(out_ / "overrides.csv",
          "student,lesson,version,points,reason\n101,slow_thing,serial,4.5,was ill\n"
          "empty,slow_thing,serial,0,never came\n");
    const Finished second = make_class();
    ASSERT_EQ(second.exit_code, 0) << second.err;
    EXPECT_THAT(second.out, Not(HasSubstr("Grading")));
    EXPECT_THAT(second.out, HasSubstr("Seed 7."));
    EXPECT_THAT(line_of("gradebook.csv", "Lovelace"), HasSubstr("101,,\"Lovelace, Ada\",4.50,4.50,"));
    EXPECT_THAT(contents(out_ / "index.html"), HasSubstr("was ill"));
    EXPECT_THAT(line_of("gradebook.csv", "empty"),
                testing::StartsWith("empty,,empty,0.00,0.00,not graded,,not"));
    EXPECT_EQ(line_of("canvas.csv", "empty"), "empty,,,,,0.00\r");
    EXPECT_THAT(line_of("moodle.csv", "empty"), HasSubstr("(never came)"));

    // One student hands in again, and only that one is graded.
    hand_in("submission_103/01_slow_thing/serial.cpp", "lessons/01_slow_thing/serial.cpp");
    const Finished third = make_class();
    ASSERT_EQ(third.exit_code, 0) << third.err;
    EXPECT_THAT(third.out, HasSubstr("Grading 103"));
    EXPECT_THAT(third.out, Not(HasSubstr("Grading 101")));
    EXPECT_THAT(line_of("gradebook.csv", "Cy"), HasSubstr("not started"));
    EXPECT_THAT(line_of("gradebook.csv", "Lovelace"), HasSubstr("4.50"));
}

TEST_F(Class, finds_what_people_and_platforms_make_of_a_submission) {
    const std::string serial = "solutions/01_slow_thing/serial.cpp";
    // Ada: the zip that `make submit` makes, in folders of her own, packed once more.
    const fs::path homework = folder_.path() / "hw/homework.zip";
    ASSERT_EQ(run({GRADER, "submit", "--submission", kit_dir / "solutions", "--out", homework}).exit_code, 0);
    fs::create_directories(submissions_);
    ASSERT_EQ(run({"/usr/bin/cmake", "-E", "chdir", folder_.path(), "/usr/bin/cmake", "-E", "tar", "cJf",
                   submissions_ / "lovelaceada_401_9001_work.tar.xz", "hw"})
                  .exit_code,
              0);
    // Bo: two files, the second of them twice. Cy: a report, and a damaged archive. Eve is missing.
    hand_in("libo_402_9002_serial.cpp", serial);
    hand_in("libo_402_9003_parallel.cpp", "solutions/01_slow_thing/mistakes/idle_threads.cpp");
    hand_in("libo_402_9004_parallel-1.cpp", "solutions/01_slow_thing/parallel.cpp");
    write(submissions_ / "youngcy_LATE_403_9005_report.pdf", "%PDF");
    write(submissions_ / "youngcy_LATE_403_9006_work.zip", "PK");
    // Team 7: a checkout that was built. The copy under lessons/ counts.
    hand_in("Team 7_55_assignsubmission_file_/kit/lessons/01_slow_thing/serial.cpp", serial);
    hand_in("Team 7_55_assignsubmission_file_/kit/build/cache/built/0a/01_slow_thing/serial.cpp",
            "lessons/01_slow_thing/serial.cpp");
    hand_in("Team 7_55_assignsubmission_file_/kit/__MACOSX/lessons/01_slow_thing/serial.cpp",
            "lessons/01_slow_thing/serial.cpp");
    write(submissions_ / "roster.csv",
          "Student;ID;SIS User ID;SIS Login ID;Section;Group\n\"Lovelace, Ada\";401;7;ada;A;\n"
          "\"Li, Bo\";402;8;bo;A;\n\"Young, Cy\";403;9;cy;A;\n\"Hopper, Grace\";404;10;gh;A;Team 7\n"
          "\"Hamilton, Margaret\";405;11;mh;A;Team 7\n\"Else, Eve\";406;12;eve;A;\n");
    const Finished staged = step("stage");
    ASSERT_EQ(staged.exit_code, 0) << staged.err;
    EXPECT_THAT(staged.out, HasSubstr("4 submissions, 3 to grade."));
    for (const char* file : {"401/03_quality_assurance/accepts.cpp", "402/01_slow_thing/serial.cpp"})
        EXPECT_TRUE(fs::exists(out_ / "submissions" / file)) << file;
    EXPECT_EQ(contents(out_ / "submissions/402/01_slow_thing/parallel.cpp"),
              contents(kit_dir / "solutions/01_slow_thing/parallel.cpp"));
    EXPECT_EQ(contents(out_ / "submissions/55/01_slow_thing/serial.cpp"), contents(kit_dir / serial));
    EXPECT_THAT(
        contents(out_ / "similar/slow_thing_serial.csv"),
        HasSubstr(
            "/submissions/55/01_slow_thing/serial.cpp,\"Hopper, Grace & Hamilton, Margaret\",55,false"));

    const Finished books = step("gradebook");
    EXPECT_EQ(books.exit_code, 1) << "nothing is graded yet";
    EXPECT_THAT(books.out, HasSubstr("6 students; 1 of the roster handed in nothing; 5 without a grade."));
    EXPECT_THAT(books.err, HasSubstr("not graded: Young, Cy (403): youngcy_LATE_403_9005_report.pdf: not a"));
    EXPECT_THAT(books.err, Not(HasSubstr("Else, Eve")));
    EXPECT_THAT(books.err, Not(HasSubstr(submissions_.string()))) << "the lecturer's own path";
    EXPECT_THAT(line_of("gradebook.csv", "Else, Eve"), HasSubstr("not graded: nothing was handed in\r"));
    EXPECT_THAT(line_of("gradebook.csv", "Hamilton"), testing::StartsWith("405,11,\"Hamilton, Margaret\",,"));
    EXPECT_THAT(line_of("gradebook.csv", "Hamilton"), HasSubstr("handed in by 2 people together (Team 7)"));
    EXPECT_THAT(line_of("canvas.csv", "Li, Bo"), testing::StartsWith("\"Li, Bo\",402,8,"));
    EXPECT_THAT(contents(out_ / "index.html"), HasSubstr("Else, Eve"));
}

TEST_F(Class, fills_in_the_file_that_the_platform_gave_out) {
    for (const char* name : {"Ada_101_assignsubmission_file_", "Bo_102_assignsubmission_file_", "cy"})
        hand_in(fmt::format("{}/01_slow_thing/serial.cpp", name), "lessons/01_slow_thing/serial.cpp");
    write(out_ / "overrides.csv",
          "student,lesson,version,points,reason\n101,slow_thing,serial,6.5,was <ill>\n");
    const fs::path moodle = folder_.path() / "Bewertungen.csv";
    const std::string head =
        "\xEF\xBB\xBFID,\"Vollständiger Name\",Status,Bewertung,Bestwertung,\"Bewertung kann geändert "
        "werden\",\"Zuletzt geändert (Abgabe)\",\"Zuletzt geändert (Bewertung)\",\"Feedback als "
        "Kommentar\"\n";
    write(moodle, head +
                      "Teilnehmer/in300,Eve,,,\"20,00\",Ja,-,-,\n"
                      "Teilnehmer/in102,Bo,,,\"20,00\",Ja,-,-,\nTeilnehmer/in101,Ada,,,\"20,00\",Ja,-,-,\n");
    const Finished first = make_class({{"WORKSHEET", moodle}});
    EXPECT_EQ(first.exit_code, 2) << first.out << first.err;
    EXPECT_THAT(first.err, HasSubstr("not in the worksheet: cy (cy)\n"));
    EXPECT_THAT(first.out, HasSubstr("Worksheet   moodle.csv: 2 rows filled in"));
    const std::string filled = contents(out_ / "moodle.csv");
    EXPECT_THAT(filled,
                testing::StartsWith(head + "Teilnehmer/in300,Eve,,,\"20,00\",Ja,-,-,\n"
                                           "Teilnehmer/in102,Bo,,\"0,00\",\"20,00\",Ja,-,-,\"slow_thing::"));
    EXPECT_THAT(filled,
                HasSubstr("\nTeilnehmer/in101,Ada,,\"1,30\",\"20,00\",Ja,-,-,\"slow_thing::serial: not"));
    EXPECT_THAT(filled, HasSubstr("(was &lt;ill&gt;)"));
    EXPECT_THAT(line_of("canvas.csv", "Ada"), testing::StartsWith("Ada,101,")) << "as without a worksheet";
    const auto read = [&](const fs::path& worksheet) {
        return run({PYTHON, kit_dir / "tests/python/read_exports.py", out_, worksheet});
    };
    if (const Finished uploaded = read(moodle); uploaded.exit_code != 77) {
        EXPECT_EQ(uploaded.out,
                  "changed {'Bewertung': 2, 'Feedback als Kommentar': 2}\n"
                  "moodle takes {'102': 0.0, '101': 1.3}\n")
            << uploaded.err;
    }

    EXPECT_THAT(make_class({{"WORKSHEET", out_ / "moodle.csv"}}).out, HasSubstr("2 rows filled in"));
    EXPECT_EQ(contents(out_ / "moodle.csv"), filled) << "a worksheet in OUT isn't overwritten unread";

    const fs::path canvas = folder_.path() / "Grades.csv";
    write(canvas,
          "Student,ID,SIS User ID,SIS Login ID,Section,Lab (8),Quiz (9),Final Score\n,,,,,Manual Posting,,\n"
          "    Points Possible,,,,,50.00,10.00,(read only)\n\"L, Ada\",101,,ada,A,,,\n"
          "\"B, Bo\",102,,bo,A,,7.00,\n\"Student, Test\",5,,x,A,,,\n");
    const Finished several = make_class({{"WORKSHEET", canvas}});
    EXPECT_NE(several.exit_code, 0);
    EXPECT_THAT(several.err, HasSubstr("name one: ASSIGNMENT=\"Lab (8)\", or ASSIGNMENT=\"Quiz (9)\""));
    EXPECT_THAT(several.out, Not(HasSubstr("to grade"))) << "told before anything is graded";
    fs::remove_all(submissions_ / "cy");
    const Finished second = make_class({{"WORKSHEET", canvas}, {"ASSIGNMENT", "Lab"}});
    EXPECT_EQ(second.exit_code, 0) << second.err;
    EXPECT_THAT(contents(out_ / "canvas.csv"),
                testing::EndsWith("\"L, Ada\",101,,ada,A,3.25,,\n\"B, Bo\",102,,bo,A,0.00,7.00,\n"
                                  "\"Student, Test\",5,,x,A,,,\n"));
    if (const Finished uploaded = read(canvas); uploaded.exit_code != 77) {
        EXPECT_EQ(uploaded.out, "changed {'Lab (8)': 2}\ncanvas takes {'101': '3.25', '102': '0.00'}\n")
            << uploaded.err;
    }

    write(folder_.path() / "other.csv", "name,id\nAda,101\n");
    EXPECT_THAT(make_class({{"WORKSHEET", folder_.path() / "other.csv"}}).err,
                HasSubstr("other.csv: neither Moodle's grading worksheet nor Canvas' gradebook"));
}

TEST_F(Class, tells_students_nothing_of_the_lecturers_machine) {
    const std::string wrong = "solutions/01_slow_thing/mistakes/square_only.cpp";
    hand_in("Ada_101_assignsubmission_file_/01_slow_thing/serial.cpp", wrong);
    write(submissions_ / "Bo_102_assignsubmission_file_/01_slow_thing/serial.cpp",
          "#include \"nothing.hpp\"\n");
    write(submissions_ / "Bo_102_assignsubmission_file_/01_slow_thing/parallel.cpp",
          "#include \"slow_thing.hpp\"\nvoid call() { slow_thing::serial(1, 2, 3); }\n");
    hand_in("Cy_103_assignsubmission_file_/01_slow_thing/parallel.cpp",
            "tests/submissions/memory_errors/01_slow_thing/parallel.cpp");
    ASSERT_EQ(make_class().exit_code, 0);
    std::vector<fs::path> files{out_ / "moodle.csv", out_ / "canvas.csv"};
    for (const char* folder : {"students", "moodle_feedback"})
        for (const auto& entry : fs::recursive_directory_iterator(out_ / folder))
            if (entry.is_regular_file()) files.push_back(entry.path());
    EXPECT_GT(files.size(), 12U);
    const std::string home = std::getenv("HOME") == nullptr ? kit_dir : std::getenv("HOME");
    for (const fs::path& file : files) {
        const std::string text = contents(file);
        for (const std::string& place : {folder_.path().string(), std::string("handed in"),
                                         std::string("the class"), std::string(kit_dir), home})
            EXPECT_EQ(text.find(place), std::string::npos)
                << file << " names " << place << ": "
                << text.substr(std::max<std::size_t>(text.find(place), 60) - 60, 160);
    }
}

TEST_F(Class, shows_no_grade_that_does_not_exist) {
    const std::string wrong = "solutions/01_slow_thing/mistakes/square_only.cpp";
    for (const char* name : {"ada", "bo", "cy", "di"})
        hand_in(fmt::format("{}/01_slow_thing/serial.cpp", name), wrong);
    ASSERT_EQ(make_class().exit_code, 0);
    const json good = read_result(out_ / "students/ada");

    // The results are of an earlier submission, missing, damaged, and with an impossible score.
    hand_in("ada/01_slow_thing/serial.cpp", "lessons/01_slow_thing/serial.cpp");
    fs::remove(out_ / "students/bo/result.json");
    write(out_ / "students/cy/result.json", good.dump().substr(0, good.dump().size() / 2));
    json impossible = good;
    impossible["versions"][0]["score"] = 1e6;
    write(out_ / "students/di/result.json", impossible.dump());
    write(out_ / "overrides.csv",
          "student,lesson,version,points,reason\nada,slow_thing,serial,4.5,was ill\n");
    ASSERT_EQ(step("stage").exit_code, 0);
    const Finished books = step("gradebook");
    EXPECT_EQ(books.exit_code, 1) << books.out << books.err;
    EXPECT_THAT(books.out, HasSubstr("4 students; 4 without a grade."));
    const std::map<std::string, std::string> reasons{{"ada", "the result is of an earlier submission"},
                                                     {"bo", "the grading did not come to its end"},
                                                     {"cy", "the result.json is damaged"},
                                                     {"di", "the result.json is damaged"}};
    for (const auto& [name, why] : reasons) {
        EXPECT_THAT(books.err, HasSubstr(fmt::format("not graded: {0} ({0}): {1}", name, why)));
        EXPECT_THAT(line_of("gradebook.csv", name + ","), HasSubstr("not graded: " + why));
        EXPECT_THAT(line_of("gradebook.csv", name + ","), testing::StartsWith(name + ",," + name + ",,"));
        EXPECT_EQ(line_of("canvas.csv", name + ","), fmt::format("{0},,,,,\r", name));
        EXPECT_THAT(
            line_of("moodle.csv", name + ","),
            testing::AllOf(HasSubstr(",Submitted for grading,,100.00,"), HasSubstr("Not graded: " + why)));
        EXPECT_FALSE(fs::exists(out_ / fmt::format("moodle_feedback/{0}_{0}_assignsubmission_file_", name)));
        EXPECT_THAT(contents(out_ / "index.html"), HasSubstr("not graded: " + why));
    }
    EXPECT_THAT(line_of("gradebook.csv", "ada,"), HasSubstr(",4.50,not graded,")) << "a word on one version";

    // The same command grades what is missing; then everybody has a grade.
    for (const char* name : {"cy", "di"}) fs::remove(out_ / "students" / name / "result.json");
    EXPECT_EQ(make_class().exit_code, 0);
    EXPECT_THAT(line_of("canvas.csv", "ada,"), HasSubstr(",4.50"));
    EXPECT_THAT(line_of("canvas.csv", "di,"), HasSubstr(",0.00"));
}

TEST_F(Class, takes_no_earlier_result_for_one_whose_grading_failed) {
    hand_in("ada/01_slow_thing/serial.cpp", "solutions/01_slow_thing/mistakes/square_only.cpp");
    hand_in("bo/01_slow_thing/serial.cpp", "lessons/01_slow_thing/serial.cpp");
    ASSERT_EQ(make_class().exit_code, 0);
    hand_in("ada/01_slow_thing/serial.cpp", "lessons/01_slow_thing/serial.cpp");
    write(folder_.path() / "fails.sh", "exit 9\n");
    const Environment failing{{"LAUNCHER", "sh " + (folder_.path() / "fails.sh").string()}};
    const Finished failed = make_class(failing);
    EXPECT_NE(failed.exit_code, 0);
    EXPECT_FALSE(fs::exists(out_ / "students/ada/result.json"));
    EXPECT_EQ(line_of("canvas.csv", "ada,"), "ada,,,,,\r");
    EXPECT_THAT(failed.err, HasSubstr("not graded: ada (ada): the grading did not come to its end"));

    // Not even if the earlier submission is handed in again.
    hand_in("ada/01_slow_thing/serial.cpp", "solutions/01_slow_thing/mistakes/square_only.cpp");
    EXPECT_NE(make_class(failing).exit_code, 0);
    EXPECT_EQ(line_of("canvas.csv", "ada,"), "ada,,,,,\r");
    EXPECT_EQ(make_class().exit_code, 0);
    EXPECT_EQ(line_of("canvas.csv", "ada,"), "ada,,,,,0.00\r");
}

TEST_F(Class, shows_everybody_else_where_one_result_cannot_be_shown) {
    for (const char* name : {"ada", "bo"})
        hand_in(fmt::format("{}/01_slow_thing/serial.cpp", name), "lessons/01_slow_thing/serial.cpp");
    ASSERT_EQ(make_class().exit_code, 0);
    json odd = read_result(out_ / "students/ada");
    odd["machine"]["cores"] = "many";
    write(out_ / "students/ada/result.json", odd.dump());
    const Finished books = step("gradebook");
    EXPECT_EQ(books.exit_code, 1) << books.out << books.err;
    EXPECT_THAT(books.err,
                HasSubstr("could not be shown: ada: students/ada/result.json: machine.cores isn't"));
    EXPECT_THAT(contents(out_ / "index.html"), HasSubstr("could not be shown: students/ada/result.json"));
    EXPECT_THAT(contents(out_ / "index.html"), HasSubstr("href=\"students/bo/index.html\""));
}

TEST_F(Class, gives_each_grading_to_a_launcher) {
    hand_in("ada/01_slow_thing/serial.cpp", "lessons/01_slow_thing/serial.cpp");
    const fs::path log = folder_.path() / "launched";
    write(folder_.path() / "launch.sh", "echo launched >> " + log.string() + "; exec \"$@\"\n");
    const Finished done = make_class({{"LAUNCHER", "sh " + (folder_.path() / "launch.sh").string()}});
    ASSERT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(contents(log), "launched\n");
    EXPECT_EQ(version_of(read_result(out_ / "students/ada"), "slow_thing/serial").at("verdict"),
              "not_started");
}

TEST_F(Class, goes_on_where_it_was_killed) {
    for (const char* name : {"a", "b", "c", "d"})
        hand_in(fmt::format("{}/01_slow_thing/serial.cpp", name),
                "solutions/01_slow_thing/mistakes/off_by_one.cpp");
    {
        Program killed(command({{"JOBS", "1"}}));
        ASSERT_TRUE(becomes_true(120, [&] { return fs::exists(out_ / "students/a/index.html"); }));
        kill(killed.pid(), SIGINT);
        killed.wait();
    }
    const auto before = fs::last_write_time(out_ / "students/a/result.json");
    const Finished done = make_class();
    ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_THAT(done.out, Not(HasSubstr("Grading a\n"))) << "graded twice";
    EXPECT_EQ(fs::last_write_time(out_ / "students/a/result.json"), before);
    for (const char* name : {"a", "b", "c", "d"})
        EXPECT_EQ(version_of(read_result(out_ / "students" / name), "slow_thing/serial").at("verdict"),
                  "wrong");
}

TEST_F(Class, says_what_is_wrong_with_the_submissions_roster_and_overrides) {
    const Finished nowhere = make_class();
    EXPECT_NE(nowhere.exit_code, 0);
    EXPECT_THAT(nowhere.err, HasSubstr("handed in: no such folder"));

    fs::create_directories(submissions_);
    EXPECT_THAT(make_class().err, HasSubstr("no folder and no archive in it"));

    hand_in("ada/01_slow_thing/serial.cpp", "lessons/01_slow_thing/serial.cpp");
    write(submissions_ / "roster.csv", "surname,id\nLovelace,1\n");
    EXPECT_THAT(make_class().err, HasSubstr("roster.csv:1: there is no column 'name'"));
    fs::remove(submissions_ / "roster.csv");

    write(out_ / "overrides.csv", "student,lesson,version,points,reason\neve,slow_thing,serial,4,x\n");
    EXPECT_THAT(make_class().err, HasSubstr("overrides.csv:2: there is no student 'eve'"));
    write(out_ / "overrides.csv", "student,lesson,version,points,reason\nada,slow_thing,serial,many,x\n");
    EXPECT_THAT(make_class().err, HasSubstr("overrides.csv:2: 'many' isn't a number of points"));
    write(out_ / "overrides.csv", "student,lesson,version,points,reason\nada,slow_thing,serial,nan,x\n");
    EXPECT_THAT(make_class().err, HasSubstr("overrides.csv:2: 'nan' isn't a number of points"));
    write(out_ / "overrides.csv", "student,lesson,version,points,reason\nada,slow_thing,seriel,4,x\n");
    EXPECT_THAT(make_class().err, HasSubstr("overrides.csv:2: there is no version 'slow_thing::seriel'"));
    write(out_ / "overrides.csv", "student,lesson,version,points,reason\nada,slow_thing,serial,500,x\n");
    EXPECT_THAT(make_class().err, HasSubstr("overrides.csv:2: slow_thing::serial has 8.00 points at most"));
}

}  // namespace
