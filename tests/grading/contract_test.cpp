// Tests the contract of `make grade` with the toy lesson: options, exit codes, kept results, and what is left
// behind.

#include <signal.h>

#include <optional>

#include "grading.hpp"

namespace {

using namespace grading;
using testing::HasSubstr;
using testing::Not;

const fs::path toy = kit_dir / "tests/toy_lesson";

struct Grading {
    int code = -1;
    std::string text;  // everything that was printed
    json result;       // result.json, or null

    [[nodiscard]] json version(const std::string& name) const { return version_of(result, "toy/" + name); }
};

Grading grading_of(const grading::Finished& run, const fs::path& out) {
    return {run.exit_code, run.out + run.err, fs::exists(out / "result.json") ? read_result(out) : json()};
}

/// Grades with the folder's own cache, without results that other tests keep.
Grading grade(const fs::path& submission, const fs::path& out, const Arguments& more = {}) {
    const fs::path cache = out.string() + ".cache";
    if (!fs::exists(cache)) make_private_cache(cache);
    return grading_of(run(grade_command(submission, out, cache, more)), out);
}

Grading grade_toy(const fs::path& submission, const fs::path& out, Arguments more = {}) {
    more.insert(more.end(),
                {"--lessons", (toy / "lessons").string(), "--solutions", (toy / "solutions").string()});
    return grade(submission, out, more);
}

struct Scratch {
    TemporaryFolder folder;
    fs::path path = folder.path() / "work";
};

void write(const fs::path& file, const std::string& content) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << content;
}

TEST(ExitCode, Is2ForAFolderThatCannotBeGraded) {
    const Scratch scratch;
    write(scratch.path / "file", "");
    fs::create_directories(scratch.path / "empty");
    for (const char* name : {"none", "file", "empty"}) {
        const Grading run = grade_toy(scratch.path / name, scratch.path / "out");
        EXPECT_EQ(run.code, 2) << name << run.text;
        EXPECT_THAT(run.text, HasSubstr(name));
        EXPECT_THAT(run.text, HasSubstr("next: ")) << name;
    }
}

TEST(ExitCode, Is2ForAnUnknownLessonAndTheMessageNamesTheKnownOnes) {
    const Scratch scratch;
    const Grading run = grade_toy(toy / "lessons", scratch.path, {"--lesson", "nothing"});
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.text, HasSubstr("LESSON=toy VERSION=serial"));
    EXPECT_EQ(grade_toy(toy / "lessons", scratch.path, {"--seed", "many"}).code, 2);
}

TEST(ExitCode, Is3ForABrokenLesson) {
    const Scratch scratch;
    write(scratch.path / "lessons/01_bad/lesson.toml", "name = 5\n");
    const Grading run =
        grade(toy / "lessons", scratch.path / "out", {"--lessons", (scratch.path / "lessons").string()});
    EXPECT_EQ(run.code, 3);
    EXPECT_THAT(run.text, HasSubstr("01_bad/lesson.toml:1:8: name must be a text"));
}

TEST(ExitCode, Is4WithoutACompiler) {
    const Scratch scratch;
    const Grading run = grade_toy(toy / "lessons", scratch.path, {"--cxx", "no-such-compiler"});
    EXPECT_EQ(run.code, 4);
    EXPECT_THAT(run.text, HasSubstr("./setup"));
}

TEST(ExitCode, Is1WithStrictIfAVersionDoesNotPass) {
    const Scratch scratch;
    EXPECT_EQ(grade_toy(toy / "lessons", scratch.path, {"--strict"}).code, 1);
    EXPECT_EQ(grade_toy(toy / "solutions", scratch.path, {"--strict"}).code, 0);
}

TEST(Submission, MayHaveAnyName) {
    const Scratch scratch;
    const fs::path odd = scratch.path / "a 'b' \"c\"\nd $(e)";
    fs::create_directories(odd);
    fs::copy(toy / "lessons/01_toy", odd / "01_toy", fs::copy_options::recursive);
    const Grading run = grade_toy(odd, scratch.path / "out");
    EXPECT_EQ(run.code, 0) << run.text;
}

TEST(Submission, OnlyVersionFilesAreTakenAndOthersNamed) {
    const Scratch scratch;
    write(scratch.path / "s/01_toy/serial.cpp", "#include \"helper.hpp\"\n");
    write(scratch.path / "s/01_toy/helper.hpp", "");
    const Grading run = grade_toy(scratch.path / "s", scratch.path / "out");
    EXPECT_EQ(run.version("serial").at("verdict"), "build_error");
    EXPECT_EQ(run.version("parallel").at("verdict"), "not_started");
    EXPECT_THAT(run.text, HasSubstr("01_toy/helper.hpp: not taken"));
}

TEST(Submission, UnusableFilesCostTheirOwnPointsOnly) {
    const Scratch scratch;
    fs::create_directories(scratch.path / "s");
    fs::copy(toy / "solutions/01_toy", scratch.path / "s/01_toy", fs::copy_options::recursive);
    write(scratch.path / "s/01_toy/serial.cpp", std::string(10 << 20, '/'));
    const Grading run = grade_toy(scratch.path / "s", scratch.path / "out");
    EXPECT_EQ(run.version("serial").at("verdict"), "build_error");
    EXPECT_THAT(run.version("serial").at("message").get<std::string>(), HasSubstr("at most"));
    EXPECT_EQ(run.version("parallel").at("verdict"), "pass");
}

TEST(Result, OfUnchangedContentIsKept) {
    const Scratch scratch;
    const Grading first = grade_toy(toy / "solutions", scratch.path, {"--fresh"});
    const Grading second = grade_toy(toy / "solutions", scratch.path);
    EXPECT_EQ(second.version("serial").at("reused"), true);
    EXPECT_EQ(second.version("serial").at("seed"), first.version("serial").at("seed"));
    EXPECT_THAT(second.text, HasSubstr("kept from"));
    const Grading fresh = grade_toy(toy / "solutions", scratch.path, {"--fresh"});
    EXPECT_EQ(fresh.version("serial").at("reused"), false);
}

TEST(Result, OfWhatIsNotSelectedIsKeptAndTheScoreIsOfTheWhole) {
    const Scratch scratch;
    const Scratch work;
    const fs::path serial = "01_toy/serial.cpp";
    fs::copy(toy / "solutions", work.path, fs::copy_options::recursive);
    grade_toy(work.path, scratch.path, {"--fresh"});
    fs::copy_file(toy / "lessons" / serial, work.path / serial, fs::copy_options::overwrite_existing);
    const Grading run = grade_toy(work.path, scratch.path, {"--version", "serial"});
    EXPECT_EQ(run.version("serial").at("verdict"), "not_started");
    EXPECT_EQ(run.version("parallel").at("reused"), true);
    EXPECT_EQ(run.result.at("score"), run.version("parallel").at("score"));
}

TEST(Result, OfASeedIsRepeatedWithTheSameInputs) {
    const Scratch scratch;
    const Grading first = grade_toy(toy / "solutions", scratch.path, {"--fresh", "--seed", "11"});
    const Grading again = grade_toy(toy / "solutions", scratch.path, {"--fresh", "--seed", "11"});
    EXPECT_EQ(first.version("serial").at("checks"), again.version("serial").at("checks"));
    EXPECT_EQ(again.result.at("seed"), 11);
}

TEST(Result, SaysOnHowManyCoresThreadsWereMeasured) {
    const Scratch scratch;
    const auto grade_solutions = [&](const Arguments& more) {
        return grade_toy(toy / "solutions", scratch.path, more);
    };
    const auto cores = [](const Grading& run) {
        return run.version("parallel").at("sweep").at(0).at("cores");
    };
    const auto has_wall_clock = [](const Grading& run) {
        return run.version("parallel").at("speedup").at(0).at("wall").is_number();
    };
    const Grading on_one = grade_solutions({"--fresh", "--one-core"});
    EXPECT_EQ(cores(on_one), 1);
    EXPECT_FALSE(has_wall_clock(on_one));
    EXPECT_EQ(on_one.result.at("score"), 100.0);
    const Grading kept = grade_solutions({});
    EXPECT_EQ(cores(kept), 1);
    EXPECT_FALSE(has_wall_clock(kept));
    const Grading on_all = grade_solutions({"--fresh"});
    EXPECT_EQ(cores(on_all), on_all.result.at("machine").at("cores"));
    EXPECT_EQ(has_wall_clock(on_all), cores(on_all) != 1);
}

TEST(NewLesson, NeedsNoGraderCode) {
    const Scratch scratch;
    const Grading solved = grade_toy(toy / "solutions", scratch.path / "solved");
    EXPECT_EQ(solved.result.at("score"), 100.0) << solved.text;
    EXPECT_EQ(grade_toy(toy / "lessons", scratch.path / "stubs").result.at("score"), 0.0);
}

TEST(Output, IsPlainTextWithoutATerminal) {
    const Scratch scratch;
    EXPECT_THAT(grade_toy(toy / "lessons", scratch.path).text, Not(HasSubstr("\x1b")));
}

TEST(Options, MayComeFromTheEnvironment) {
    const Scratch scratch;
    const Grading run =
        grading_of(grading::run({GRADER, "grade", "--cache", shared_cache().string(), "--lessons",
                                 (toy / "lessons").string(), "--solutions", (toy / "solutions").string()},
                                {{"KIT_SUBMISSION", (toy / "lessons").string()},
                                 {"KIT_OUT", scratch.path.string()},
                                 {"KIT_STRICT", "1"}}),
                   scratch.path);
    EXPECT_EQ(run.code, 1) << run.text;
    EXPECT_EQ(run.result.at("score"), 0.0);
}

/// A grading of a version that never ends. The constructor returns once its worker runs.
class Endless {
  public:
    Endless() {
        write(submission,
              "#include \"toy.hpp\"\n"
              "void toy::serial(kit::Image&) { for (volatile unsigned i = 0;; i = i + 1) {} }\n");
        grader.emplace(command());
        EXPECT_TRUE(becomes_true(60, [&] { return worker_runs(); })) << "no worker was started";
    }

    [[nodiscard]] Arguments command() const {
        return grade_command(folder / "s", out, cache,
                             {"--lessons", toy / "lessons", "--solutions", toy / "solutions"});
    }
    [[nodiscard]] bool leaves_no_process() const {
        return becomes_true(10, [&] { return processes_of(folder.path(), 0).empty(); });
    }

    TemporaryFolder folder;
    fs::path submission = folder / "s/01_toy/serial.cpp";
    fs::path out = folder / "out";
    fs::path cache = folder / "cache";
    std::optional<Program> grader;

  private:
    [[nodiscard]] bool worker_runs() const {
        return std::ranges::any_of(processes_of(cache, grader->pid()), [&](pid_t pid) {
            const std::string line = command_line("/proc/" + std::to_string(pid));
            return line.starts_with((cache / "built").string()) && line.find("/program") != std::string::npos;
        });
    }
};

TEST(CtrlC, LeavesNoProcessAndNoHalfWrittenResult) {
    Endless endless;
    kill(endless.grader->pid(), SIGINT);
    EXPECT_EQ(endless.grader->wait().exit_code, 130);
    EXPECT_TRUE(endless.leaves_no_process());
    EXPECT_FALSE(fs::exists(endless.out / "result.json"));
}

TEST(KilledGrader, TakesItsWorkersAlongAndTheNextGradingWorks) {
    Endless endless;
    kill(endless.grader->pid(), SIGKILL);
    EXPECT_EQ(endless.grader->wait().exit_code, 128 + SIGKILL);
    EXPECT_TRUE(endless.leaves_no_process());
    const Grading again = grading_of(run(endless.command()), endless.out);
    EXPECT_EQ(again.version("serial").at("verdict"), "timeout") << again.text;
}

}  // namespace
