// Tests the grader with obstacles: odd names, a full disk, Ctrl-C at a bad moment, another grader.

#include <fmt/format.h>
#include <pty.h>
#include <signal.h>

#include "grading.hpp"

namespace {

using namespace grading;
using testing::HasSubstr;
using testing::Not;

const fs::path toy = kit_dir / "tests/toy_lesson";
const Arguments of_toy = {"--lessons", toy / "lessons", "--solutions", toy / "solutions"};

/// The arguments to grade the toy lesson.
Arguments toy_command(const fs::path& submission, const fs::path& out, const fs::path& cache,
                      Arguments more = {}) {
    more.insert(more.end(), of_toy.begin(), of_toy.end());
    return grade_command(submission, out, cache, more);
}

void write(const fs::path& file, const std::string& content) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

// ---- Options

TEST(Seed, IsAWholeNumberBelow2To53) {
    const TemporaryFolder temporary;
    for (const char* seed : {"seven", "-1", "1.5", "9007199254740992"}) {
        const auto refused =
            run(toy_command(toy / "lessons", temporary.path() / "out", shared_cache(), {"--seed", seed}));
        EXPECT_EQ(refused.exit_code, 2) << seed;
        EXPECT_THAT(refused.err, HasSubstr("error: ")) << seed;
        EXPECT_FALSE(fs::exists(temporary.path() / "out/result.json")) << seed;
    }
}

TEST(Version, ThatDoesNotExistIsRefusedAndTheKnownOnesAreNamed) {
    const TemporaryFolder temporary;
    const auto refused = run(toy_command(toy / "lessons", temporary.path(), shared_cache(),
                                         {"--lesson", "toy", "--version", "best"}));
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr("VERSION='best'"));
    EXPECT_THAT(refused.err, HasSubstr("LESSON=toy VERSION=parallel"));
}

TEST(Environment, SaysTheSameAsOptions) {
    const TemporaryFolder temporary;
    const fs::path by_option = temporary.path() / "by option";
    const fs::path by_variable = temporary.path() / "by variable";
    const auto first =
        run(toy_command(toy / "lessons", by_option, shared_cache(),
                        {"--lesson", "toy", "--version", "serial", "--seed", "5", "--fresh", "--strict"}));
    Arguments bare = {GRADER, "grade", "--cache", shared_cache()};
    bare.insert(bare.end(), of_toy.begin(), of_toy.end());
    const auto second = run(bare, {{"KIT_SUBMISSION", toy / "lessons"},
                                   {"KIT_OUT", by_variable},
                                   {"KIT_LESSON", "toy"},
                                   {"KIT_VERSION", "serial"},
                                   {"KIT_SEED", "5"},
                                   {"KIT_FRESH", "1"},
                                   {"KIT_STRICT", "1"}});
    EXPECT_EQ(first.exit_code, 1) << first.out << first.err;
    EXPECT_EQ(second.exit_code, 1) << second.out << second.err;
    EXPECT_EQ(version_of(read_result(by_variable), "toy/serial").at("reused"), false);
    EXPECT_EQ(without_times(read_result(by_option)).at("versions").at(0),
              without_times(read_result(by_variable)).at("versions").at(0));
}

/// The arguments for `make grade` of slow_thing, with options for make.
Arguments make_grade(const fs::path& out, const Arguments& options = {}) {
    Arguments argv{"/usr/bin/make",
                   "-C",
                   kit_dir,
                   "grade",
                   fmt::format("BUILD={}", fs::path(GRADER).parent_path().parent_path().string()),
                   "OUT=" + out.string(),
                   "LESSON=slow_thing"};
    argv.insert(argv.end(), options.begin(), options.end());
    return argv;
}

TEST(Environment, OnlyWhatIsGivenToMakeCountsNotSomebodyElsesVariables) {
    const TemporaryFolder temporary;
    const Environment somebody_elses = {
        {"VERSION", "41 (Container Image)"}, {"SEED", "none"}, {"STRICT", "1"},
        {"OUT", "/nowhere/at/all"},          {"ROWS", "x"},    {"SUBMISSION", "/"}};
    const auto graded = run(make_grade(temporary.path(), {"SEED=5"}), somebody_elses);
    ASSERT_EQ(graded.exit_code, 0) << graded.out << graded.err;
    EXPECT_EQ(read_result(temporary.path()).at("seed"), 5);
    EXPECT_EQ(version_of(read_result(temporary.path()), "slow_thing/parallel").at("verdict"), "not_started");
}

TEST(Environment, VariablesOfTestFrameworksSteerNothing) {
    const TemporaryFolder temporary;
    for (const Environment& steering :
         {Environment{{"GTEST_TOTAL_SHARDS", "1000"}, {"GTEST_SHARD_INDEX", "999"}},
          Environment{{"GTEST_SHUFFLE", "1"}, {"GTEST_FAIL_FAST", "1"}, {"GTEST_REPEAT", "-1"}},
          Environment{{"GTEST_FILTER", "nothing"},
                      {"GTEST_OUTPUT", "xml:" + temporary.path().string() + "/x.xml"}},
          Environment{
              {"TESTBRIDGE_TEST_ONLY", "nothing"}, {"TEST_TOTAL_SHARDS", "3"}, {"TEST_SHARD_INDEX", "1"}},
          Environment{{"BENCHMARK_FILTER", "nothing"}, {"BENCHMARK_LIST_TESTS", "1"}}}) {
        const fs::path out = temporary.path() / "out";
        const auto graded = run(toy_command(toy / "solutions", out, shared_cache(), {"--fresh"}), steering);
        ASSERT_EQ(graded.exit_code, 0) << steering.begin()->first << graded.out << graded.err;
        const json serial = version_of(read_result(out), "toy/serial");
        EXPECT_EQ(serial.at("verdict"), "pass") << steering.begin()->first;
        EXPECT_GT(serial.at("checks").size(), 2U) << steering.begin()->first;
        EXPECT_FALSE(serial.at("sweep").empty()) << steering.begin()->first;
        EXPECT_FALSE(fs::exists(temporary.path() / "x.xml"));
    }
}

TEST(Results, AreKeptForTheSameSubmissionOnly) {
    const TemporaryFolder temporary;
    const fs::path out = temporary.path() / "out";
    fs::create_directory(temporary.path() / "bob");
    fs::copy(toy / "lessons", temporary.path() / "bob", fs::copy_options::recursive);
    ASSERT_EQ(run(toy_command(toy / "solutions", out, shared_cache())).exit_code, 0);
    ASSERT_EQ(version_of(read_result(out), "toy/serial").at("verdict"), "pass");
    const auto bob =
        run(toy_command(temporary.path() / "bob", out, shared_cache(), {"--version", "parallel"}));
    ASSERT_EQ(bob.exit_code, 0) << bob.err;
    EXPECT_NE(version_of(read_result(out), "toy/serial").at("verdict"), "pass") << "somebody else's points";
    EXPECT_EQ(read_result(out).at("score"), 0);
}

// This also holds for variables exported as empty.
TEST(Environment, EmptyVariablesAreAsIfUnset) {
    const TemporaryFolder temporary;
    const auto graded =
        run(toy_command(toy / "lessons", temporary.path(), shared_cache()), {{"KIT_SUBMISSION", ""},
                                                                             {"KIT_LESSON", ""},
                                                                             {"KIT_VERSION", ""},
                                                                             {"KIT_SEED", ""},
                                                                             {"KIT_FRESH", ""},
                                                                             {"KIT_STRICT", ""}});
    EXPECT_EQ(graded.exit_code, 0) << graded.out << graded.err;
    EXPECT_EQ(version_of(read_result(temporary.path()), "toy/parallel").at("verdict"), "not_started");
}

TEST(Environment, ACompilerThatIsMissingIsNamed) {
    const TemporaryFolder temporary;
    const auto refused =
        run(toy_command(toy / "lessons", temporary.path(), shared_cache()), {{"CXX", "no-such-compiler"}});
    EXPECT_EQ(refused.exit_code, 4);
    EXPECT_THAT(refused.err, HasSubstr("'no-such-compiler'"));
}

// ---- Names

TEST(Names, OfFilesThatAreNotTakenCannotReachTheTerminal) {
    const TemporaryFolder temporary;
    const fs::path hand_in = temporary.path() / "hand\nin \x1b[31m";
    write(hand_in / "01_toy/serial.cpp", contents(toy / "lessons/01_toy/serial.cpp"));
    write(hand_in / "01_toy/\x1b[2J\nscore 100 \xFF.cpp", "");
    const auto graded = run(toy_command(hand_in, temporary.path() / "out\n'2'", shared_cache()));
    EXPECT_EQ(graded.exit_code, 0) << graded.err;
    EXPECT_THAT(graded.out, Not(HasSubstr("\x1b")));
    EXPECT_THAT(graded.out, HasSubstr("score 100"));
    const json result = read_result(temporary.path() / "out\n'2'");
    EXPECT_THAT(result.at("submission").get<std::string>(), Not(HasSubstr("\x1b")));
}

// ---- Failures

TEST(BrokenReference, IsTheLessonsFaultAndNamed) {
    const TemporaryFolder temporary;
    const fs::path solutions = temporary.path() / "solutions";
    fs::copy(toy / "solutions", solutions, fs::copy_options::recursive);
    write(solutions / "01_toy/serial.cpp", "#include \"toy.hpp\"\nvoid toy::serial(kit::Image&) { oops }\n");
    const auto refused =
        run(grade_command(toy / "solutions", temporary.path() / "out", shared_cache(),
                          {"--lessons", toy / "lessons", "--solutions", solutions, "--fresh"}));
    EXPECT_EQ(refused.exit_code, 3) << refused.out;
    EXPECT_THAT(refused.err, HasSubstr("01_toy/serial.cpp"));
    EXPECT_FALSE(fs::exists(temporary.path() / "out/result.json"));
}

TEST(Page, ThatCannotBeDrawnLeavesTheResult) {
    const TemporaryFolder temporary;
    write(temporary.path() / "index.html/in the way", "");
    const auto graded = run(toy_command(toy / "lessons", temporary.path(), shared_cache(), {"--fresh"}));
    EXPECT_EQ(graded.exit_code, 4);
    EXPECT_THAT(graded.err, HasSubstr("graded, but the page can't be drawn"));
    EXPECT_THAT(graded.out, HasSubstr("Score   0.0 of 100"));
    EXPECT_EQ(read_result(temporary.path()).at("score"), 0.0);
}

TEST(FullDisk, LeavesTheEarlierResult) {
    const std::string unshare = "/usr/bin/unshare";
    const std::string spaces = getuid() == 0 ? "-m" : "-rm";
    const TemporaryFolder temporary;
    const fs::path out = temporary.path() / "out";
    fs::create_directories(out);
    const std::string mount_there = "mount -t tmpfs -o size=256k tmpfs \"$1\"";
    if (!fs::exists(unshare) ||
        run({unshare, spaces, "/bin/sh", "-c", mount_there, "sh", out}).exit_code != 0)
        GTEST_SKIP() << "no right to mount a small disk";

    const fs::path earlier = temporary.path() / "earlier";
    ASSERT_EQ(run(toy_command(toy / "lessons", earlier, shared_cache())).exit_code, 0);
    const fs::path after = temporary.path() / "after.json";
    const fs::path listing = temporary.path() / "listing";
    Arguments command = {unshare,
                         spaces,
                         "/bin/sh",
                         "-c",
                         mount_there +
                             " && cp \"$2\" \"$1/result.json\" || exit 77\n"
                             "cat /dev/zero > \"$1/filler\" 2>/dev/null\n"
                             "out=$1 after=$3 listing=$4\n"
                             "shift 4\n"
                             "\"$@\"\n"
                             "code=$?\n"
                             "cp \"$out/result.json\" \"$after\"\n"
                             "ls -A \"$out\" > \"$listing\"\n"
                             "exit $code",
                         "sh",
                         out,
                         earlier / "result.json",
                         after,
                         listing};
    const Arguments grade = toy_command(toy / "lessons", out, shared_cache(), {"--fresh"});
    command.insert(command.end(), grade.begin(), grade.end());
    const auto full = run(command);

    EXPECT_EQ(full.exit_code, 4) << full.out << full.err;
    EXPECT_THAT(full.err, HasSubstr("result.json: can't be written"));
    EXPECT_EQ(contents(after), contents(earlier / "result.json"));
    EXPECT_EQ(contents(listing), "filler\nresult.json\n") << "a draft is left";
}

// ---- Users

TEST(ANamespaceThatHasRootAlone, IsGradedInAsByAnOrdinaryUser) {
    const std::string unshare = "/usr/bin/unshare";
    if (!fs::exists(unshare) || run({unshare, "-r", "/bin/true"}).exit_code != 0)
        GTEST_SKIP() << "no right to make a namespace";
    const TemporaryFolder temporary;
    const fs::path out = temporary.path() / "out";
    Arguments command = {unshare, "-r"};
    const Arguments grade = toy_command(toy / "lessons", out, shared_cache(), {"--fresh"});
    command.insert(command.end(), grade.begin(), grade.end());
    const auto graded = run(command);
    ASSERT_EQ(graded.exit_code, 0) << graded.out << graded.err;
    const json result = read_result(out);
    EXPECT_EQ(result.at("versions").at(0).at("verdict"), "not_started");
    EXPECT_NE(result.at("isolation"), "container");
}

// ---- Interruptions and neighbours

TEST(CtrlC, WhileCompilingLeavesNoCompilerAndTheNextGradingWorks) {
    const TemporaryFolder temporary;
    const fs::path cache = temporary.path() / "cache";
    const fs::path out = temporary.path() / "out";
    Program grader(toy_command(toy / "lessons", out, cache));
    ASSERT_TRUE(becomes_true(60, [&] { return !processes_of(cache, grader.pid()).empty(); }));
    kill(grader.pid(), SIGINT);
    const auto interrupted = grader.wait();
    EXPECT_EQ(interrupted.exit_code, 130);
    EXPECT_THAT(interrupted.err, HasSubstr("Stopped"));
    EXPECT_TRUE(becomes_true(10, [&] { return processes_of(cache, 0).empty(); }));
    EXPECT_FALSE(fs::exists(out / "result.json"));

    EXPECT_EQ(run(toy_command(toy / "lessons", out, cache)).exit_code, 0);
    EXPECT_EQ(version_of(read_result(out), "toy/serial").at("verdict"), "not_started");
}

TEST(TwoGraders, ShareACacheThatIsStillEmpty) {
    const TemporaryFolder temporary;
    const fs::path cache = temporary.path() / "cache";
    Program first(toy_command(toy / "lessons", temporary.path() / "first", cache, {"--seed", "5"}));
    Program second(toy_command(toy / "lessons", temporary.path() / "second", cache, {"--seed", "5"}));
    const auto one = first.wait();
    const auto two = second.wait();
    EXPECT_EQ(one.exit_code, 0) << one.out << one.err;
    EXPECT_EQ(two.exit_code, 0) << two.out << two.err;
    EXPECT_EQ(without_times(read_result(temporary.path() / "first")).at("versions"),
              without_times(read_result(temporary.path() / "second")).at("versions"));
    for (const auto& entry : fs::directory_iterator(cache / "built"))
        EXPECT_THAT(entry.path().filename().string(), Not(testing::StartsWith("draft-")));
}

// ---- A terminal

/// The grader's output to a terminal.
std::string on_a_terminal(Arguments command, const Environment& extra = {}) {
    std::vector<std::string> environment = environment_with(extra);
    const auto argv = pointers(command);
    const auto variables = pointers(environment);
    int terminal = -1;
    const pid_t pid = forkpty(&terminal, nullptr, nullptr, nullptr);
    if (pid == 0) {
        execve(argv[0], argv.data(), variables.data());
        _exit(127);
    }
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = read(terminal, buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(n));
    close(terminal);
    int status = 0;
    waitpid(pid, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << text;
    return text;
}

TEST(Terminal, HasColoursUnlessNoColorIsSet) {
    const TemporaryFolder temporary;
    const Arguments command = toy_command(toy / "lessons", temporary.path(), shared_cache());
    const std::string bold = "\x1b[1m";
    EXPECT_THAT(on_a_terminal(command), HasSubstr(bold));
    EXPECT_THAT(on_a_terminal(command, {{"NO_COLOR", "1"}}), Not(testing::ContainsRegex("\x1b\\[[0-9;]*m")));
}

}  // namespace
