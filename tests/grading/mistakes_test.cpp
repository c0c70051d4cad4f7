// Tests that each recorded mistake of the real lessons is told apart from all others and from right answers.
// `make mistakes` grades each as a submission; here only a few are, one for each kind of evidence.

#include <set>

#include "build/compiling_builder.hpp"
#include "diagnose/mistake_records.hpp"
#include "grading.hpp"
#include "recipe.hpp"
#include "run/worker_process.hpp"

namespace {

using namespace grading;
using grader::Flavour;

class Mistakes : public testing::Test {
  protected:
    std::vector<grader::Lesson> lessons_ = grader::read_lessons(kit_dir / "lessons");
    grader::CompilingBuilder builder_{grader::find_compiler(grader::recipe::default_compiler),
                                      kit_dir / "lessons", kit_dir, shared_cache()};
    grader::WorkerLauncher launcher_;
    grader::MistakeRecords records_{builder_, launcher_, kit_dir / "solutions", shared_cache()};
};

TEST_F(Mistakes, are_known_by_their_own_answers_and_by_no_others) {
    for (const grader::Lesson& lesson : lessons_) {
        const grader::KnownMistakes& known = records_.of(lesson);
        if (lesson.public_inputs.empty()) continue;
        EXPECT_EQ(known.right.size(), lesson.public_inputs.size());
        for (const grader::Mistake& mistake : known.mistakes) {
            EXPECT_EQ(mistake.by_answers(), !mistake.answers.empty()) << mistake.file;
            for (const auto& [version, answers] : mistake.answers) {
                const grader::Mistake* found = grader::find_by_answers(known.mistakes, version, answers);
                ASSERT_NE(found, nullptr) << lesson.folder << "/" << mistake.file;
                EXPECT_EQ(found->name, mistake.name) << lesson.folder << "/" << mistake.file;
            }
        }
    }
}

TEST_F(Mistakes, are_not_found_in_the_solutions) {
    for (const grader::Lesson& lesson : lessons_) {
        const grader::KnownMistakes& known = records_.of(lesson);
        for (const grader::Version& version : lesson.versions) {
            const std::string source =
                contents(kit_dir / "solutions" / lesson.folder / (version.name + ".cpp"));
            const grader::Built built = builder_.start(lesson, version, Flavour::checked, source).get();
            ASSERT_TRUE(built.program);
            const auto answers = grader::answers_of(*built.program, lesson, known.right, launcher_);
            EXPECT_EQ(answers.size(), known.right.size()) << "four of them are wrong: " << version.name;
            EXPECT_EQ(grader::find_by_answers(known.mistakes, version.name, answers), nullptr);
        }
    }
}

TEST_F(Mistakes, are_at_least_thirty) {
    std::set<std::string> names;
    std::size_t files = 0;
    for (const grader::Lesson& lesson : lessons_)
        for (const grader::Mistake& mistake : records_.of(lesson).mistakes) {
            names.insert(mistake.name);
            ++files;
        }
    EXPECT_GE(files, 30U);
    for (const char* name : {"captured_by_value",
                             "wrong_loop_count",
                             "square_only",
                             "swapped_axes",
                             "lost_remainder",
                             "overlapping_bands",
                             "off_by_one",
                             "sum_restarts_each_row",
                             "sum_not_carried",
                             "wrong_divisor",
                             "integer_division",
                             "int_accumulator",
                             "unsigned_difference",
                             "float_accumulator",
                             "ignores_input",
                             "writes_wrong_pixel",
                             "shared_accumulator",
                             "loop_variable_by_reference",
                             "thread_not_joined",
                             "detached",
                             "serialised_by_lock",
                             "joined_in_loop",
                             "idle_threads",
                             "uneven_bands",
                             "ignores_threads",
                             "thread_per_pixel",
                             "taking_turns",
                             "work_removed",
                             "deadlock"})
        EXPECT_TRUE(names.contains(name)) << name;
}

TEST(MistakesAsSubmissions, are_named_and_explained) {
    const TemporaryFolder folder;
    make_quick_lessons(folder.path() / "lessons");
    make_private_cache(folder.path() / "cache");
    const std::map<std::string, std::string> of_version[] = {
        {{"serial", "square_only"}, {"parallel", "lost_remainder"}, {"optimized", "swapped_axes-values"}},
        {{"serial", "off_by_one-row_too_many"}, {"parallel", "loop_variable_by_reference"}},
        {{"serial", "work_removed"}, {"parallel", "overlapping_bands"}},
        {{"parallel", "thread_not_joined"}},
        {{"parallel", "detached"}},
        {{"parallel", "deadlock"}},
        {{"parallel", "shared_accumulator"}},
    };
    for (const auto& versions : of_version) {
        const fs::path submission = folder.path() / "submission";
        fs::remove_all(submission);
        fs::create_directories(submission / "01_slow_thing");
        for (const auto& [version, mistake] : versions) {
            std::string source = contents(kit_dir / "solutions/01_slow_thing/mistakes" / (mistake + ".cpp"));
            // The same mistake in a different version.
            if (version == "optimized")
                source =
                    std::regex_replace(source, std::regex("slow_thing::serial"), "slow_thing::optimized");
            std::ofstream(submission / "01_slow_thing" / (version + ".cpp")) << source;
        }
        const Finished grading =
            run(grade_command(submission, folder.path() / "out", folder.path() / "cache",
                              {"--lessons", folder.path() / "lessons", "--lesson", "slow_thing"}));
        ASSERT_EQ(grading.exit_code, 0) << grading.err;
        const json result = read_result(folder.path() / "out");
        for (const auto& [version, mistake] : versions) {
            const json graded = version_of(result, "slow_thing/" + version);
            EXPECT_EQ(graded.at("diagnosis"), mistake.substr(0, mistake.find('-'))) << graded.at("message");
            if (graded.at("verdict") == "pass") continue;
            const Arguments ask{GRADER,      "hint",
                                "--out",     folder.path() / "out",
                                "--cache",   folder.path() / "cache",
                                "--lessons", folder.path() / "lessons",
                                "--fresh",   "--version",
                                version};
            const Finished hint = run(ask);
            const std::string question = graded.at("next").get<std::string>();
            EXPECT_THAT(std::regex_replace(hint.out, std::regex("\\s+"), " "),
                        testing::HasSubstr(question.substr(0, question.find(" See it happen"))));
            const auto says_it_is_old = testing::HasSubstr("as it was when you graded it last");
            EXPECT_THAT(hint.out, testing::Not(says_it_is_old));
            const fs::path edited = folder.path() / "lessons/01_slow_thing" / (version + ".cpp");
            fs::last_write_time(edited, fs::file_time_type::clock::now() + std::chrono::seconds(2));
            EXPECT_THAT(run(ask).out, says_it_is_old);
            fs::last_write_time(edited, fs::file_time_type::clock::now() - std::chrono::hours(1));
        }
    }
}

}  // namespace
