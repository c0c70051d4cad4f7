// Tests of checking, without a compiler and without a process.

#include "check/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include "base/error.hpp"
#include "fakes.hpp"

namespace grader {
namespace {

using fakes::path_of;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using End = CallResult::End;

/// Runs the cases in a loop, as GoogleTest can't run inside a test.
class PlainRunner : public CaseRunner {
  public:
    void add(const std::shared_ptr<Suite>& suite, std::uint64_t seed) override {
        cases_[suite.get()] = suite->cases(seed);
        for (std::size_t i = 0; i < cases_[suite.get()].size(); ++i) suite->expect_case();
    }
    void run(Suite& suite) override {
        for (const CheckCase& at : cases_.at(&suite)) {
            const bool skipped = suite.over();
            const std::optional<Verdict> outcome = skipped ? std::nullopt : suite.run(at).outcome;
            suite.conclude(outcome == Verdict::pass, !outcome);
        }
        suite.finish();
    }

  private:
    std::map<const Suite*, std::vector<CheckCase>> cases_;
};

class Checking : public testing::Test {
  protected:
    fakes::Behaviour& submission(Flavour flavour) {
        return launcher_.behaviours[path_of("submission", flavour)];
    }
    /// Submits the same behaviour in all flavours.
    void submit(const fakes::Behaviour& behaviour) {
        for (const Flavour flavour : all_flavours) submission(flavour) = behaviour;
    }
    CheckResult check_it(const char* version = "parallel") {
        Attempt attempt{lesson_, lesson_.version(version), {"source", ""}};
        check({&attempt}, builder_, references_, runner_, 7, [](auto&&...) {});
        return attempt.checked;
    }
    static std::string recorded(const char* report) {
        std::ifstream file(std::string(TEST_DATA_DIR "/sanitizer/") + report);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    Lesson lesson_ =
        read_lesson(std::filesystem::path(KIT_DIR "/tests/toy_lesson/lessons/01_toy/lesson.toml"));
    fakes::Builder builder_;
    fakes::Launcher launcher_;
    PlainRunner runner_;
    References references_{builder_, launcher_, KIT_DIR "/tests/toy_lesson/solutions"};
};

TEST_F(Checking, a_right_version_passes_in_every_flavour) {
    const CheckResult checked = check_it();
    EXPECT_EQ(checked.verdict, Verdict::pass);
    EXPECT_TRUE(checked.right_on_one_thread);
    EXPECT_THAT(checked.flags, IsEmpty());
    for (const Flavour flavour : all_flavours)
        EXPECT_THAT(checked.checks, Contains(testing::Field(&Check::flavour, flavour)));
}

TEST_F(Checking, a_wrong_pixel_is_named_with_what_was_expected) {
    submit({.change = [](std::span<double> image, unsigned) {
        for (double& pixel : image) pixel *= 2;
        if (image.size() == 6) image[4] = -1;
    }});
    const CheckResult checked = check_it("serial");
    EXPECT_EQ(checked.verdict, Verdict::wrong);
    EXPECT_THAT(checked.message, StartsWith("2×3: pixel (1, 1) is -1, expected "));
    ASSERT_TRUE(checked.mismatch);
    EXPECT_EQ(checked.mismatch->first, 4U);
    EXPECT_EQ(checked.mismatch->wrong_pixels, 1U);
}

TEST_F(Checking, an_answer_that_comes_after_the_return_is_wrong) {
    fakes::Behaviour late;
    late.change = [](auto&&...) {};
    late.after_return = [](std::span<double> image) {
        for (double& pixel : image) pixel *= 2;
    };
    submit(late);
    EXPECT_THAT(check_it().message, HasSubstr("only after the function had returned"));
}

TEST_F(Checking, what_is_wrong_with_many_threads_only_is_right_on_one) {
    submit({.change = [](std::span<double> image, unsigned threads) {
        for (double& pixel : image) pixel *= threads > 1 ? 3 : 2;
    }});
    const CheckResult checked = check_it();
    EXPECT_EQ(checked.verdict, Verdict::wrong);
    EXPECT_TRUE(checked.right_on_one_thread);
}

TEST_F(Checking, a_stub_costs_one_build) {
    submit({.end = End::not_implemented});
    EXPECT_EQ(check_it().verdict, Verdict::not_started);
    EXPECT_THAT(builder_.started, ElementsAre(Flavour::timed));
}

TEST_F(Checking, what_does_not_compile_is_not_run) {
    builder_.submission[Flavour::timed].diagnostics = "line 3: error";
    const CheckResult checked = check_it();
    EXPECT_EQ(checked.verdict, Verdict::build_error);
    EXPECT_EQ(checked.details, "line 3: error");
    EXPECT_THAT(launcher_.started, IsEmpty());
}

TEST_F(Checking, a_version_must_compile_in_every_flavour) {
    builder_.submission[Flavour::tsan].diagnostics = "error";
    const CheckResult checked = check_it();
    EXPECT_EQ(checked.verdict, Verdict::build_error);
    EXPECT_THAT(checked.message, HasSubstr("not with the thread sanitizer"));
}

TEST_F(Checking, a_race_that_is_reported_counts_though_the_answer_is_right) {
    submission(Flavour::tsan).report = recorded("race_global.gcc.txt");
    const CheckResult checked = check_it();
    EXPECT_EQ(checked.verdict, Verdict::race);
    EXPECT_THAT(checked.details, HasSubstr("ThreadSanitizer"));
    EXPECT_EQ(std::ranges::count(checked.checks, Flavour::tsan, &Check::flavour), 1)
        << "what comes after a race would say the same";
}

TEST_F(Checking, a_race_that_the_sanitizer_can_not_know_is_not_checked) {
    builder_.submission[Flavour::tsan] = {.program = path_of("submission", Flavour::tsan),
                                          .diagnostics = {},
                                          .advice = {},
                                          .imports = {"__tsan_atomic_thread_fence"}};
    submission(Flavour::tsan).report = recorded("race_global.gcc.txt");
    EXPECT_THAT(check_it().flags, IsEmpty()) << "no schedule shows one";
    submission(Flavour::schedules).races = 1;
    EXPECT_EQ(check_it().verdict, Verdict::race);
}

TEST_F(Checking, a_race_that_the_library_may_have_ordered_unseen_is_not_checked) {
    for (const Flavour flavour : {Flavour::timed, Flavour::tsan, Flavour::schedules})
        builder_.submission[flavour] = {
            .program = path_of("submission", flavour),
            .diagnostics = {},
            .advice = {},
            .imports = {"_ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv"}};
    submission(Flavour::tsan).report = recorded("race_global.gcc.txt");
    submission(Flavour::schedules).races = 1;
    const CheckResult checked = check_it();
    EXPECT_EQ(checked.verdict, Verdict::pass);
    EXPECT_THAT(checked.flags, ElementsAre("race_not_checked"));
}

TEST_F(Checking, a_report_whose_text_is_lost_is_not_checked) {
    submission(Flavour::tsan).race_reports = 1;
    const CheckResult checked = check_it();
    EXPECT_EQ(checked.verdict, Verdict::pass);
    EXPECT_THAT(checked.flags, ElementsAre("race_not_checked"));
}

TEST_F(Checking, a_sanitizer_that_does_not_run_here_is_told_and_nothing_passes_by_it) {
    launcher_.behaviours[path_of("kit", Flavour::tsan)].end = End::died;
    const CheckResult checked = check_it();
    EXPECT_EQ(checked.verdict, Verdict::pass);
    EXPECT_THAT(checked.flags, ElementsAre("race_not_checked"));
}

TEST_F(Checking, every_end_of_a_call_has_its_verdict) {
    const std::map<End, Verdict> verdicts = {{End::threw, Verdict::crash},
                                             {End::out_of_memory, Verdict::out_of_memory},
                                             {End::resized, Verdict::wrong},
                                             {End::busy, Verdict::timeout},
                                             {End::idle, Verdict::timeout},
                                             {End::slow, Verdict::timeout},
                                             {End::crowd, Verdict::crash},
                                             {End::nonsense, Verdict::crash},
                                             {End::not_implemented, Verdict::not_started},
                                             {End::died, Verdict::crash}};
    for (const auto& [end, verdict] : verdicts) {
        submit({.end = end});
        EXPECT_EQ(check_it().verdict, verdict) << static_cast<int>(end);
    }
}

TEST_F(Checking, a_deadlock_is_a_symptom) {
    submit({.end = End::idle});
    EXPECT_EQ(check_it().symptom, Symptom::all_threads_blocked);
    EXPECT_EQ(check_it("serial").symptom, std::nullopt) << "one thread waits for nobody";
}

TEST_F(Checking, the_first_verdict_by_the_order_of_verdicts_counts) {
    submit({.end = End::died, .exit = {.code = 0, .signal = SIGSEGV}});
    submission(Flavour::tsan) = {};
    submission(Flavour::tsan).report = recorded("race_global.gcc.txt");
    EXPECT_EQ(check_it().verdict, Verdict::race);
}

TEST_F(Checking, a_machine_without_memory_ends_the_grading) {
    fakes::Behaviour killed;
    killed.end = End::died;
    killed.exit.signal = SIGKILL;
    killed.lacks_memory = true;
    submit(killed);
    try {
        check_it();
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::environment);
        EXPECT_THAT(error.what(), HasSubstr("the machine ran out of memory"));
    }
}

TEST_F(Checking, a_reference_that_fails_ends_the_grading) {
    launcher_.behaviours[path_of("kit", Flavour::timed)].end = End::died;
    try {
        check_it();
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::lesson);
    }
}

}  // namespace
}  // namespace grader
