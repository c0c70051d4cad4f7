#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <span>

#include "base/image_data.hpp"
#include "check/outcome.hpp"
#include "check/suite.hpp"
#include "reference/candidates.hpp"

namespace grader {

namespace {

constexpr const char* to_notice_more =
    "On which image does a mistake show? Compare what the candidate makes of it with what the plain loops "
    "make "
    "of it.";
constexpr const char* to_reject_less =
    "Show your check the versions that you wrote in the lesson that it judges: which of its comparisons says "
    "no, and should it?";

/// The answers about the candidates.
struct Judgement {
    std::size_t wrong = 0;                       // wrong candidates shown
    std::size_t rejected = 0;                    // wrong candidates rejected
    std::map<std::string, std::size_t> slipped;  // wrong candidates accepted, by mistake's name

    [[nodiscard]] double rejected_share() const {
        return static_cast<double>(rejected) / static_cast<double>(wrong);
    }
};

std::string in_words(const Judgement& judgement) {
    std::string text = fmt::format("It accepts every right version and rejects {} of {} wrong ones.",
                                   judgement.rejected, judgement.wrong);
    std::vector<std::string> slipped;
    for (const auto& [mistake, count] : judgement.slipped)
        slipped.push_back(count == 1 ? mistake : fmt::format("{} ({}×)", mistake, count));
    std::string kinds = fmt::format("{}", fmt::join(slipped, ", "));
    std::ranges::replace(kinds, '_', ' ');
    return kinds.empty() ? text : fmt::format("{} Slipped through: {}.", text, kinds);
}

class JudgingSuite : public Suite {
  public:
    JudgingSuite(const Attempt& attempt, Flavour flavour, References& references)
        : Suite(attempt, flavour, references, attempt.lesson.judging->pixels),
          judging_(*attempt.lesson.judging),
          candidates_program_(references.candidates(judging_)) {}

    [[nodiscard]] std::vector<CheckCase> cases(std::uint64_t seed) const override;
    [[nodiscard]] std::string label(const CheckCase& at) const override {
        return fmt::format("candidate {}", at.candidate);
    }

  private:
    Check call(const CheckCase& at, RunningProgram& program) override;
    /// A candidate's number means nothing to the student, and its name would give it away.
    [[nodiscard]] std::string where(const CheckCase&) const override { return ""; }
    /// Accepting or rejecting a wrong candidate counts in the judgement, neither as a passed nor as a failed
    /// check.
    [[nodiscard]] bool is_check(const Check& check) const override {
        return check.outcome != Verdict::pass || candidate(check.at).right();
    }
    void conclude_all(CheckResult& checked) const override;
    void judge(bool accepted, const std::string& failure, const CheckCase& at, Check& check);

    [[nodiscard]] const Candidate& candidate(const CheckCase& at) const {
        return candidates_program_.candidates().at(at.candidate);
    }

    const Judging& judging_;
    const CandidateProgram& candidates_program_;
    std::unique_ptr<CandidateRunner> candidates_;
    Judgement judgement_;
    bool noticed_ = false;  // a candidate that returned a wrong image was rejected
};

/// In an order that nobody can predict. Under a sanitizer, only the right candidates and a few wrong ones.
std::vector<CheckCase> JudgingSuite::cases(std::uint64_t seed) const {
    constexpr std::size_t wrong_ones_for_sanitizers = 3;
    std::vector<CheckCase> result;
    for (std::size_t i = 0; i < candidates_program_.candidates().size(); ++i)
        result.push_back({.shape = {},
                          .threads = 1,
                          .seed = derived_seed(seed, attempt().lesson.name, i),
                          .candidate = i});
    std::ranges::sort(result, {}, &CheckCase::seed);
    if (flavour() == Flavour::timed) return result;
    std::size_t wrong = 0;
    std::erase_if(result, [&](const CheckCase& at) {
        return !candidate(at).right() && ++wrong > wrong_ones_for_sanitizers;
    });
    return result;
}

Check JudgingSuite::call(const CheckCase& at, RunningProgram& program) {
    if (!candidates_)
        candidates_ =
            std::make_unique<CandidateRunner>(candidates_program_, judging_, references().launcher());
    unsigned calls = 0;
    std::string failure;  // why the candidate gave no answer
    const CallResult result = program.judge([&](const Shape& shape, std::span<double> pixels) {
        failure = ++calls > judging_.calls ? fmt::format("it was called more than {} times", judging_.calls)
                                           : candidates_->run(at.candidate, shape, pixels);
        return failure.empty();
    });
    // An accepts() that lets the candidate's exception through has rejected it.
    const bool let_through = result.end == CallResult::End::threw && !failure.empty();
    Check check;
    if (!let_through) check = outcome_of(result, program, attempt(), flavour());
    if (check.outcome) end_here();
    look_for_race(check);
    if (!over()) judge(result.accepted && !let_through, failure, at, check);
    return check;
}

void JudgingSuite::judge(bool accepted, const std::string& failure, const CheckCase& at, Check& check) {
    check.outcome = Verdict::pass;
    const Candidate& judged = candidate(at);
    if (judged.right()) {
        if (accepted) return;
        check.outcome = Verdict::wrong;
        check.message = fmt::format("it rejects a version that is right ({}){}", judged.file.label,
                                    failure.empty() ? "" : ": " + failure);
        return;
    }
    ++judgement_.wrong;
    if (accepted)
        ++judgement_.slipped[judged.file.mistake];
    else
        ++judgement_.rejected;
    noticed_ = noticed_ || (!accepted && failure.empty());
}

void JudgingSuite::conclude_all(CheckResult& checked) const {
    if (!checked.verdict) checked.verdict = Verdict::pass;  // no case had a right candidate
    checked.share = judgement_.rejected_share();
    checked.advice = judgement_.rejected < judgement_.wrong ? to_notice_more : to_reject_less;
    if (checked.verdict == Verdict::pass) checked.message = in_words(judgement_);
    if (noticed_ || checked.verdict != Verdict::pass) return;
    checked.verdict = Verdict::wrong;
    checked.message = "it accepts whatever comes back, right or wrong";
}

}  // namespace

std::shared_ptr<Suite> make_judging_suite(const Attempt& attempt, Flavour flavour, References& references) {
    return std::make_shared<JudgingSuite>(attempt, flavour, references);
}

}  // namespace grader
