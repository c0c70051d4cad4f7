#include "intake/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "temporary_folder.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

std::vector<Lesson> toy_lessons() {
    Lesson lesson;
    lesson.name = "toy";
    lesson.folder = "01_toy";
    for (const char* name : {"serial", "parallel"}) lesson.versions.emplace_back().name = name;
    return {lesson};
}

/// A submission, and the kit's own lessons in another folder.
class Intake : public testing::Test {
  protected:
    Intake() {
        kit_.write("01_toy/README.md", "the kit's own");
        kit_.write("01_toy/lesson.toml", "the kit's own");
    }

    [[nodiscard]] Submission take(const fs::path& folder) const {
        return take_in(folder, lessons_, kit_.path());
    }
    [[nodiscard]] Submission take() const { return take(submission_.path()); }
    [[nodiscard]] SubmittedFile serial() const { return take().file(lessons_[0], lessons_[0].versions[0]); }
    [[nodiscard]] SubmittedFile parallel() const { return take().file(lessons_[0], lessons_[0].versions[1]); }

    /// The error's text for a folder that can't be used.
    [[nodiscard]] std::string usage_error(const fs::path& folder) const {
        try {
            static_cast<void>(take(folder));
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ExitCode::usage);
            return error.what();
        }
        return "no error";
    }

    std::vector<Lesson> lessons_ = toy_lessons();
    TemporaryFolder kit_;
    TemporaryFolder submission_;
};

// ---- Folders

TEST_F(Intake, takes_every_version_file_and_misses_the_others_in_silence) {
    submission_.write("01_toy/serial.cpp", "// mine\n");
    EXPECT_EQ(serial().content, "// mine\n");
    EXPECT_EQ(serial().problem, "");
    EXPECT_FALSE(parallel().content);
    EXPECT_EQ(parallel().problem, "");
    EXPECT_EQ(take().name, submission_.path());
    EXPECT_THAT(take().messages, IsEmpty());
}

TEST_F(Intake, says_that_there_is_no_such_folder) {
    const fs::path missing = submission_ / "missing";
    EXPECT_EQ(usage_error(missing), missing.string() + ": no such folder or archive");
}

TEST_F(Intake, says_that_a_file_is_neither_a_folder_nor_an_archive) {
    const fs::path file = submission_.write("homework.zip", "PK");
    EXPECT_THAT(usage_error(file),
                StartsWith(file.string() + ": not a folder, nor an archive that can be read"));
}

TEST_F(Intake, says_that_an_empty_folder_holds_no_version_file) {
    EXPECT_EQ(usage_error(submission_.path()),
              submission_.path().string() + ": holds no file of any lesson, such as 01_toy/parallel.cpp");
}

TEST_F(Intake, says_that_a_folder_of_other_files_holds_no_version_file) {
    submission_.write("homework/serial.txt", "");
    submission_.write("homework/main.cpp", "int main() {}");
    EXPECT_THAT(usage_error(submission_.path()), HasSubstr("holds no file of any lesson"));
}

// ---- Where the files are

TEST_F(Intake, finds_the_lessons_in_deeper_folders) {
    for (const char* above : {"", "lessons/", "hw/lessons/", "Ada's homework/final/"}) {
        const TemporaryFolder submission;
        submission.write(std::string(above) + "01_toy/serial.cpp", "// mine");
        const Submission taken = take(submission.path());
        EXPECT_EQ(taken.files.at("01_toy/serial.cpp").content, "// mine") << above;
        EXPECT_THAT(taken.messages, IsEmpty());
    }
}

TEST_F(Intake, takes_the_copy_under_lessons_and_then_the_least_deep_one) {
    const char* by_rank[] = {"kit/lessons/",   "kit/old/lessons/",     "hw/",
                             "kit/backup/hw/", "kit/solutions/",       "kit/build/cache/built/0a1b/",
                             ".git/lessons/",  "__MACOSX/kit/lessons/"};
    for (std::size_t best = 0; best + 2 < std::size(by_rank); ++best) {
        const TemporaryFolder submission;
        for (std::size_t i = best; i < std::size(by_rank); ++i)
            submission.write(std::string(by_rank[i]) + "01_toy/serial.cpp", by_rank[i]);
        EXPECT_EQ(take(submission.path()).files.at("01_toy/serial.cpp").content, by_rank[best]);
    }
}

TEST_F(Intake, takes_no_side_between_two_copies_that_are_equally_good) {
    submission_.write("a/01_toy/serial.cpp", "");
    submission_.write("b/01_toy/parallel.cpp", "");
    EXPECT_THAT(
        usage_error(submission_.path()),
        HasSubstr("it holds lesson files in two places, a/01_toy/serial.cpp and b/01_toy/parallel.cpp"));
}

TEST_F(Intake, takes_names_in_capitals_and_a_folder_without_its_number) {
    submission_.write("Toy/Serial.CPP", "// mine");
    EXPECT_EQ(serial().content, "// mine");
    EXPECT_THAT(take().messages, ElementsAre("Toy/Serial.CPP is taken as 01_toy/serial.cpp"));
}

TEST_F(Intake, says_that_two_files_may_be_the_version) {
    submission_.write("01_toy/Serial.cpp", "");
    submission_.write("01_toy/SERIAL.cpp", "");
    EXPECT_THAT(serial().problem, HasSubstr("both may be it"));
    submission_.write("01_toy/serial.cpp", "// mine");
    EXPECT_EQ(serial().content, "// mine");
}

TEST_F(Intake, takes_loose_files_that_name_their_lesson) {
    submission_.write("my_serial (1).cpp", "#include \"toy.hpp\"\nvoid toy::serial() { parallel(); }");
    submission_.write("work/homework.cpp", "namespace toy { void parallel() {} }");
    submission_.write("main.cpp", "#include <iostream>");
    EXPECT_THAT(serial().content, testing::Optional(HasSubstr("toy::serial")));
    EXPECT_THAT(parallel().content, testing::Optional(HasSubstr("void parallel")));
    EXPECT_THAT(take().messages,
                ElementsAre("my_serial (1).cpp is taken as 01_toy/serial.cpp",
                            "work/homework.cpp is taken as 01_toy/parallel.cpp",
                            "main.cpp: not taken, since no lesson has a version of that name"));
    const Submission alone = take(submission_ / "work/homework.cpp");
    EXPECT_TRUE(alone.file(lessons_[0], lessons_[0].versions[1]).content);
}

TEST_F(Intake, opens_an_archive_in_the_folder_if_there_is_nothing_else) {
    submission_.write("hw/01_toy/serial.cpp", "// mine");
    ASSERT_EQ(std::system(("cd '" + submission_.path().string() +
                           "' && tar czf hw.tar.gz hw && tar cf outer.tar hw.tar.gz")
                              .c_str()),
              0);
    fs::remove_all(submission_ / "hw");
    fs::remove(submission_ / "hw.tar.gz");
    EXPECT_EQ(serial().content, "// mine") << "an archive in an archive in a folder";
    submission_.write("01_toy/serial.cpp", "// newer");
    EXPECT_EQ(serial().content, "// newer");
}

TEST_F(Intake, says_that_a_folder_cannot_be_read) {
    if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
    submission_.write("01_toy/serial.cpp", "");
    fs::permissions(submission_.path(), fs::perms::none);
    EXPECT_THAT(usage_error(submission_.path()), HasSubstr("Permission denied"));
    fs::permissions(submission_.path(), fs::perms::owner_all);
}

TEST_F(Intake, takes_a_folder_whose_name_is_not_utf_8) {
    submission_.write(
        "gr\xFC\xDF"
        "e\n/01_toy/serial.cpp",
        "// mine");
    const Submission taken = take(submission_ /
                                  "gr\xFC\xDF"
                                  "e\n");
    EXPECT_EQ(taken.files.at("01_toy/serial.cpp").content, "// mine");
    EXPECT_EQ(taken.name, submission_.path().string() + "/gr\uFFFD\uFFFDe\uFFFD");
}

// ---- Files that can't be graded

TEST_F(Intake, takes_bytes_as_they_are) {
    const std::string text = "\xEF\xBB\xBF// Windows\r\nint a;\r\n// Latin-1: \xFC";
    submission_.write("01_toy/serial.cpp", text);
    EXPECT_EQ(serial().content, text);
}

TEST_F(Intake, takes_an_empty_file) {
    submission_.write("01_toy/serial.cpp", "");
    EXPECT_EQ(serial().content, "");
    EXPECT_EQ(serial().problem, "");
}

TEST_F(Intake, refuses_a_file_with_a_zero_byte) {
    submission_.write("01_toy/serial.cpp", std::string("i\0n\0t\0", 6));
    EXPECT_FALSE(serial().content);
    EXPECT_EQ(serial().problem,
              "it holds a zero byte, so it isn't a source file: save it again as UTF-8 text");
}

TEST_F(Intake, refuses_a_file_of_10_mb_and_takes_one_of_the_largest_size) {
    submission_.write("01_toy/serial.cpp", "");
    fs::resize_file(submission_ / "01_toy/serial.cpp", 10 << 20);
    EXPECT_FALSE(serial().content);
    EXPECT_EQ(serial().problem, "it has 10485760 bytes, and at most 1048576 are taken");
    submission_.write("01_toy/serial.cpp", std::string(max_source_bytes, ' '));
    EXPECT_TRUE(serial().content);
    submission_.write("01_toy/serial.cpp", std::string(max_source_bytes + 1, ' '));
    EXPECT_FALSE(serial().content);
}

TEST_F(Intake, refuses_a_folder_in_the_place_of_a_file) {
    submission_.write("01_toy/serial.cpp/inside.txt", "");
    EXPECT_FALSE(serial().content);
    EXPECT_EQ(serial().problem, "it is not a regular file");
}

TEST_F(Intake, does_not_wait_for_a_fifo) {
    submission_.write("01_toy/parallel.cpp", "");
    ASSERT_EQ(mkfifo((submission_ / "01_toy/serial.cpp").c_str(), 0600), 0);
    EXPECT_FALSE(serial().content);
    EXPECT_EQ(serial().problem, "it is not a regular file");
}

TEST_F(Intake, refuses_a_symbolic_link) {
    fs::create_directories(submission_ / "01_toy");
    const fs::path elsewhere = kit_.write("elsewhere.cpp", "// not mine");
    for (const fs::path& target : {fs::path("/dev/zero"), elsewhere}) {
        fs::create_symlink(target, submission_ / "01_toy/serial.cpp");
        EXPECT_FALSE(serial().content) << "to " << target;
        EXPECT_EQ(serial().problem, "it is a symbolic link, and none is followed: put the file itself there");
        fs::remove(submission_ / "01_toy/serial.cpp");
    }
}

TEST_F(Intake, refuses_the_files_of_a_folder_that_is_a_symbolic_link) {
    kit_.write("elsewhere/serial.cpp", "// not mine");
    fs::create_directory_symlink(kit_ / "elsewhere", submission_ / "01_toy");
    EXPECT_FALSE(serial().content);
    EXPECT_EQ(serial().problem,
              "its folder is a symbolic link, and none is followed: put the folder itself there");
}

TEST_F(Intake, takes_nothing_from_links_that_lead_nowhere_or_in_circles) {
    submission_.write("01_toy/parallel.cpp", "");
    for (const char* target : {"nowhere", "serial.cpp"}) {
        fs::remove(submission_ / "01_toy/serial.cpp");
        fs::create_symlink(target, submission_ / "01_toy/serial.cpp");
        EXPECT_FALSE(serial().content) << "to " << target;
    }
    fs::create_directory_symlink("..", submission_ / "01_toy/up");
    EXPECT_NO_THROW(static_cast<void>(take())) << "a folder that holds itself";
}

TEST_F(Intake, says_that_a_file_cannot_be_read) {
    if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
    fs::permissions(submission_.write("01_toy/serial.cpp", ""), fs::perms::none);
    EXPECT_EQ(serial().problem, "it can't be read: look at its permissions");
}

// ---- Unexpected files

TEST_F(Intake, names_the_files_that_it_leaves_out) {
    submission_.write("01_toy/serial.cpp", "");
    submission_.write("01_toy/parallel2.cpp", "");
    EXPECT_THAT(take().messages,
                ElementsAre("01_toy/parallel2.cpp: not taken, since no lesson has a version of that name"));
}

TEST_F(Intake, does_not_mention_the_kits_own_files_nor_hidden_ones) {
    submission_.write("01_toy/serial.cpp", "");
    submission_.write("01_toy/README.md", "");
    submission_.write("01_toy/lesson.toml", "points = 1000000");
    submission_.write(".git/config", "");
    submission_.write(".DS_Store", "");
    EXPECT_THAT(take().messages, IsEmpty());
}

TEST_F(Intake, names_ten_files_at_most) {
    submission_.write("01_toy/serial.cpp", "");
    for (int i = 0; i < 50; ++i) submission_.write("notes/" + std::to_string(i), "");
    EXPECT_THAT(take().messages, SizeIs(11));
    EXPECT_EQ(take().messages.back(), "and more files that are not taken");
}

TEST_F(Intake, makes_names_harmless) {
    submission_.write("01_toy/serial.cpp", "");
    submission_.write("01_toy/a\"'\n\x1B[31m\xFF<b>.cpp", "");
    ASSERT_THAT(take().messages, SizeIs(1));
    EXPECT_THAT(take().messages[0], AllOf(HasSubstr("01_toy/a\"'\uFFFD\uFFFD[31m\uFFFD<b>.cpp: not taken"),
                                          Not(HasSubstr("\n")), Not(HasSubstr("\x1B"))));
}

TEST_F(Intake, bears_a_folder_that_is_deeper_than_a_path_may_be_long) {
    submission_.write("01_toy/serial.cpp", "");
    const std::string level(250, 'd');
    fs::path deep = submission_.path();
    while (deep.string().size() + level.size() + 2 < 4090) deep /= level;
    fs::create_directories(deep);
    std::ofstream(deep / "file") << "";
    const fs::path far_away = kit_ / std::string(200, 'k');
    fs::create_directories(far_away);
    EXPECT_NO_THROW(take_in(submission_.path(), lessons_, far_away));
}

}  // namespace
}  // namespace grader
