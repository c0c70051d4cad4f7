// Tests of diagnosing, without a compiler and without a process.

#include "diagnose/diagnose.hpp"

#include <gtest/gtest.h>

#include "fakes.hpp"
#include "temporary_folder.hpp"

namespace grader {
namespace {

class Diagnosing : public testing::Test {
  protected:
    Diagnosing() {
        for (Version& version : lesson_.versions)
            if (version.threaded()) version.bands = {{.min = 0.9, .points = 5}};
        keep("waits_for_itself", "all_threads_blocked");
        keep("left_running", "detach_called");
        keep("one_lock", "mutex_held_throughout");
        keep("fixed_number", "same_number_of_threads");
    }
    void keep(const std::string& name, const std::string& evidence) {
        solutions_.write("01_toy/mistakes/" + name + ".cpp",
                         "// It is wrong.\n//\n// Hint: Think.\n//\n// Evidence: " + evidence + "\n");
    }
    std::string named(const CheckResult& checked, const Measured& measured = {},
                      std::vector<std::string> imports = {}) {
        builder_.submission[Flavour::timed] = {.program = fakes::path_of("submission", Flavour::timed),
                                               .diagnostics = {},
                                               .advice = {},
                                               .imports = std::move(imports)};
        Attempt attempt{lesson_, lesson_.version("parallel"), {"source", ""}, {}, checked};
        attempt.builds[Flavour::timed] =
            builder_.start_submitted(lesson_, attempt.version, Flavour::timed, "source");
        MistakeRecords records(builder_, launcher_, solutions_.path(), cache_.path());
        const auto mistake = diagnose(attempt, measured, records, 2);
        return mistake ? mistake->name : "";
    }
    static CheckResult with(Verdict verdict, std::optional<Symptom> symptom = {}) {
        CheckResult checked;
        checked.verdict = verdict;
        checked.symptom = symptom;
        return checked;
    }
    /// Measured with even shares. A band asks for all of the ideal speed-up.
    static Measured reaching(double efficiency) {
        Measured measured;
        measured.shape = {64, 64};
        for (const unsigned threads : {2U, 4U}) {
            Speedup& speedup = measured.speedup.emplace_back();
            speedup.threads = threads;
            const double reached = efficiency * threads;
            speedup.predicted = Interval{reached, reached, reached};
            speedup.best = {.work_s = 1, .span_s = 1 / reached, .threads_started = threads};
        }
        return measured;
    }

    Lesson lesson_ =
        read_lesson(std::filesystem::path(KIT_DIR "/tests/toy_lesson/lessons/01_toy/lesson.toml"));
    fakes::Builder builder_;
    fakes::Launcher launcher_;
    TemporaryFolder solutions_;
    TemporaryFolder cache_;
};

TEST_F(Diagnosing, names_the_mistake_that_shows_the_symptom_whatever_it_is_called) {
    EXPECT_EQ(named(with(Verdict::timeout, Symptom::all_threads_blocked)), "waits_for_itself");
    EXPECT_EQ(named(with(Verdict::timeout)), "");
    EXPECT_EQ(named(with(Verdict::race, Symptom::store_race)), "") << "no mistake of this lesson shows it";
}

TEST_F(Diagnosing, a_call_of_detach_explains_a_failure_and_no_pass) {
    const std::vector<std::string> detaches = {"_ZNSt6thread6detachEv"};
    EXPECT_EQ(named(with(Verdict::race), {}, detaches), "left_running");
    EXPECT_EQ(named(with(Verdict::pass), {}, detaches), "");
}

TEST_F(Diagnosing, a_stub_and_what_does_not_compile_have_no_mistake) {
    EXPECT_EQ(named(with(Verdict::not_started, Symptom::all_threads_blocked)), "");
    EXPECT_EQ(named(with(Verdict::build_error, Symptom::all_threads_blocked)), "");
}

TEST_F(Diagnosing, what_limits_the_speed_is_named_where_it_costs_points) {
    Measured measured = reaching(0.3);
    measured.speedup.back().best.most_held_s = measured.speedup.back().best.span_s;
    EXPECT_EQ(named(with(Verdict::pass), measured), "one_lock");
    EXPECT_EQ(named(with(Verdict::pass), reaching(1)), "");
}

TEST_F(Diagnosing, too_many_threads_are_named_also_with_all_points) {
    Measured measured = reaching(1);
    for (Speedup& speedup : measured.speedup) {
        speedup.best.threads_started = 4;
        speedup.runnable = 4;
    }
    EXPECT_EQ(named(with(Verdict::pass), measured), "fixed_number");
}

}  // namespace
}  // namespace grader
