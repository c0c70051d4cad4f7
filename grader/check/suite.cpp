#include "check/suite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "check/outcome.hpp"

namespace grader {

namespace {

std::size_t next_number() {
    static std::size_t count = 0;
    return ++count;
}

}  // namespace

Suite::Suite(const Attempt& attempt, Flavour flavour, References& references, std::size_t most_pixels)
    : attempt_(attempt),
      flavour_(flavour),
      references_(references),
      most_pixels_(most_pixels),
      limits_(flavour == Flavour::timed ? attempt.lesson.limits : sanitized(attempt.lesson.limits)),
      number_(next_number()) {}

void Suite::be_impatient() {
    limits_.cpu_s = attempt_.lesson.limits.cpu_s;
    limits_.wall_s = attempt_.lesson.limits.wall_s;
}

void Suite::be_hasty() {
    limits_.cpu_s = std::min(limits_.cpu_s, 0.5);
    limits_.idle_s = std::min(limits_.idle_s, 0.7);
    limits_.wall_s = std::min(limits_.wall_s, 2.0);
}

std::string Suite::name() const {
    return fmt::format("{}/{}/{}", attempt_.lesson.name, attempt_.version.name, grader::name(flavour_));
}

Check Suite::run(const CheckCase& at) {
    Check check;
    const bool sanitizer_works = references_.works(attempt_.lesson, flavour_);
    if (!sanitizer_works) {
        not_checked(check, fmt::format("the {} doesn't run on this machine", sanitizer(flavour_)));
    } else if (const Built& built = attempt_.built(flavour_); !built.program) {
        check.outcome = Verdict::build_error;
        check.message = fmt::format("it compiles, but not with the {}", sanitizer(flavour_));
        check.details = built.diagnostics;
        over_ = true;
    } else {
        if (!program_) {
            if (flavour_ == Flavour::schedules) cpu_.emplace();
            program_ = references_.launcher().start({.program = *built.program,
                                                     .flavour = flavour_,
                                                     .limits = limits_,
                                                     .arena_pixels = most_pixels_,
                                                     .cpu = cpu_ ? cpu_->number() : std::nullopt});
        }
        check = call(at, *program_);
        const bool failed = check.outcome && check.outcome != Verdict::pass;
        if (const std::string place = where(at); failed && !check.message.empty() && !place.empty())
            check.message = fmt::format("{}: {}", place, check.message);
    }
    check.flavour = flavour_;
    check.at = at;
    running_ = check;
    return check;
}

void Suite::conclude(bool passed, bool skipped) {
    ++concluded_cases_;
    const std::optional<Check> check = std::exchange(running_, std::nullopt);
    if (!check) {
        if (!skipped) throw_fault_of_kit(fmt::format("{}: a case ended without a result", name()));
        return;
    }
    if (passed != (check->outcome == Verdict::pass))
        throw_fault_of_kit(
            fmt::format("{}, {}: GoogleTest and the comparison disagree", name(), label(check->at)));
    if (is_check(*check)) checks_.push_back(*check);
}

void Suite::look_for_race(Check& check) {
    if (flavour_ != Flavour::tsan || check.outcome == Verdict::race) return;
    // Only what ThreadSanitizer says is read: a program may write anything into its report.
    if (program_->race_reports() == seen_reports_) return;
    seen_reports_ = program_->race_reports();
    Races races = races_in(*program_, attempt_);
    is_report_lost_ = is_report_lost_ || races.is_text_lost;
    if (races.evident) {
        check = *std::move(races.evident);
        over_ = true;
    } else if (races.doubted != nullptr) {
        doubt_ = races.doubted;
        over_ = over_ || !doubt_->only_of_released;  // no other race in this program would be evidence
    }
}

void Suite::not_checked(Check& check, std::string why) {
    check.outcome.reset();
    check.message = std::move(why);
    over_ = true;
}

void Suite::keep(FailingSchedule schedule) {
    if (!schedule_) schedule_ = std::move(schedule);
}

void Suite::keep(Mismatch mismatch) {
    if (!mismatch_) mismatch_ = std::move(mismatch);
}

/// If the sanitizer reported only races that are no evidence, or that can't be read, the last check becomes
/// "not checked".
void Suite::finish() {
    if (concluded_cases_ != expected_cases_ || expected_cases_ == 0)
        throw_fault_of_kit(
            fmt::format("{}: GoogleTest ran {} of {} checks", name(), concluded_cases_, expected_cases_));
    if (program_) output_ = printable(program_->output(), true);
    program_.reset();
    cpu_.reset();
    if (checks_.empty() || checks_.back().outcome != Verdict::pass) return;
    if (is_report_lost_)
        not_checked(checks_.back(), "ThreadSanitizer reported a fault, but its text didn't arrive");
    else if (doubt_ != nullptr)
        not_checked(checks_.back(),
                    fmt::format("its reports of races can't be relied on here ({})", doubt_->reason));
}

void Suite::add_to(CheckResult& checked) const {
    checked.checks.insert(checked.checks.end(), checks_.begin(), checks_.end());
    if (!checked.mismatch) checked.mismatch = mismatch_;
    if (!checked.schedule) checked.schedule = schedule_;
    if (checked.output.empty()) checked.output = output_;
    add_findings(checked);
    for (const Check& check : checks_) {
        if (flavour_ == Flavour::timed && check.at.threads == 1 && check.outcome != Verdict::pass)
            checked.right_on_one_thread = false;
        if (!check.outcome) checked.flags.emplace_back(flag_if_not_checked(flavour_));
        const bool counts =
            check.outcome &&
            (!checked.verdict || *check.outcome < *checked.verdict ||
             (check.outcome == checked.verdict && explains() && check.outcome != Verdict::pass));
        if (counts) {
            checked.verdict = check.outcome;
            checked.message = check.message;
            checked.details = check.details;
            checked.symptom = check.symptom;
        }
    }
    if (flavour_ != Flavour::timed) return;
    if (over_)
        checked.right_on_one_thread = false;
    else
        conclude_all(checked);
}

std::shared_ptr<Suite> make_suite(const Attempt& attempt, Flavour flavour, References& references) {
    const auto make = attempt.lesson.kind == &judging_kind ? make_judging_suite
                      : flavour == Flavour::schedules      ? make_schedule_suite
                                                           : make_image_suite;
    return make(attempt, flavour, references);
}

}  // namespace grader
