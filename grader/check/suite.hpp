#pragma once

/// The checks of one version in one flavour.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/attempt.hpp"
#include "check/sanitizer_report.hpp"
#include "reference/references.hpp"
#include "run/running_program.hpp"
#include "sandbox/one_cpu.hpp"

namespace grader {

/// The cases share one running program. After a death or a race the other cases are left out, since they
/// would show the same again. Each kind of lesson has its own suite, which make_suite() picks.
class Suite {
  public:
    virtual ~Suite() = default;
    Suite(const Suite&) = delete;
    Suite& operator=(const Suite&) = delete;

    /// The cases to be checked. `seed` is the grading's.
    [[nodiscard]] virtual std::vector<CheckCase> cases(std::uint64_t seed) const = 0;
    /// A case's name: "2 threads, 5×3".
    [[nodiscard]] virtual std::string label(const CheckCase& at) const = 0;

    /// Gives the program no more time than without a sanitizer, since it has already run out of time there.
    void be_impatient();
    /// Gives a program with threads only as much time as these images take on a quiet machine. If it doesn't
    /// answer, its schedules tell why sooner than a clock does.
    void be_hasty();

    [[nodiscard]] bool over() const { return over_; }
    /// Whether something was not checked since ThreadSanitizer doesn't know what the program uses.
    [[nodiscard]] bool doubts_program() const { return died_in_sanitizer_ || doubt_ != nullptr; }
    /// Whether races were looked for in all cases, in another way than ThreadSanitizer's, and none was found.
    [[nodiscard]] virtual bool found_no_race() const { return false; }
    /// "slow_thing/parallel/tsan"
    [[nodiscard]] std::string name() const;
    /// Its number among all suites of this process.
    [[nodiscard]] std::size_t number() const { return number_; }

    void expect_case() { ++expected_cases_; }
    /// An empty outcome means not checked. Throws Error if the machine or the kit is at fault.
    Check run(const CheckCase& at);
    /// Records GoogleTest's result of the case that ran. Nothing passes without it.
    void conclude(bool passed, bool skipped);
    /// Ends the program. Throws Error if not every case was concluded.
    void finish();
    /// To be called once, after finish().
    void add_to(CheckResult& checked) const;

  protected:
    /// `most_pixels` is the size of the largest image.
    Suite(const Attempt& attempt, Flavour flavour, References& references, std::size_t most_pixels);

    /// Runs one case. run() fills in the check's flavour and case.
    virtual Check call(const CheckCase& at, RunningProgram& program) = 0;
    /// The start of a message about this case; it may be empty.
    [[nodiscard]] virtual std::string where(const CheckCase& at) const = 0;
    /// Whether this outcome counts as one of the version's checks.
    [[nodiscard]] virtual bool is_check(const Check&) const { return true; }
    /// Whether a failure here explains one of another flavour that has the same verdict.
    [[nodiscard]] virtual bool explains() const { return false; }
    /// Adds what only this kind of suite finds out.
    virtual void add_findings(CheckResult&) const {}
    /// Adds what only all the timed cases together show.
    virtual void conclude_all(CheckResult&) const {}

    [[nodiscard]] const Attempt& attempt() const { return attempt_; }
    [[nodiscard]] Flavour flavour() const { return flavour_; }
    [[nodiscard]] References& references() const { return references_; }
    /// Replaces the outcome by a reported race. If that is no evidence, only notes it.
    void look_for_race(Check& check);
    void not_checked(Check& check, std::string why);
    /// The sanitizer broke down, which it does because of this program, not of the machine.
    void note_death_in_sanitizer() { died_in_sanitizer_ = true; }
    void end_here() { over_ = true; }
    void keep(Mismatch mismatch);
    void keep(FailingSchedule schedule);

  private:
    const Attempt& attempt_;
    Flavour flavour_;
    References& references_;
    std::size_t most_pixels_;
    Limits limits_;
    std::unique_ptr<RunningProgram> program_;
    std::string output_;
    bool over_ = false;
    bool died_in_sanitizer_ = false;
    bool is_report_lost_ = false;
    std::uint32_t seen_reports_ = 0;  // of races, from the running program
    std::size_t number_;
    std::size_t expected_cases_ = 0;
    std::size_t concluded_cases_ = 0;
    std::optional<Check> running_;        // GoogleTest hasn't concluded it yet
    const Unsupported* doubt_ = nullptr;  // why the reported races are no evidence
    std::vector<Check> checks_;
    std::optional<Mismatch> mismatch_;
    std::optional<FailingSchedule> schedule_;
    std::optional<sandbox::OneCpu> cpu_;  // of a program whose threads run one at a time
};

std::shared_ptr<Suite> make_suite(const Attempt& attempt, Flavour flavour, References& references);

/// The suite of a lesson whose versions change an image.
std::shared_ptr<Suite> make_image_suite(const Attempt& attempt, Flavour flavour, References& references);

/// The suite of the flavour `schedules`, for versions with threads that change an image.
std::shared_ptr<Suite> make_schedule_suite(const Attempt& attempt, Flavour flavour, References& references);

/// The suite of a lesson whose versions judge others' code.
std::shared_ptr<Suite> make_judging_suite(const Attempt& attempt, Flavour flavour, References& references);

}  // namespace grader
