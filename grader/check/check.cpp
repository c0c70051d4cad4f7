#include "check/check.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/time_taken.hpp"
#include "check/evasion.hpp"
#include "check/suite.hpp"
#include "lesson/compile_errors.hpp"
#include "recipe.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

using Suites = std::map<std::pair<Flavour, const Attempt*>, std::shared_ptr<Suite>>;

Suites make_suites(const std::vector<Attempt*>& attempts, References& references, CaseRunner& runner,
                   std::uint64_t seed) {
    Suites suites;
    for (const Flavour flavour : all_flavours)
        for (const Attempt* attempt : attempts) {
            const auto suite = make_suite(*attempt, flavour, references);
            runner.add(suite, attempt->own_seed(seed, references.recorded()));
            suites[{flavour, attempt}] = suite;
        }
    return suites;
}

bool can_run(const std::optional<Verdict>& so_far) {
    return so_far != Verdict::not_started && so_far != Verdict::build_error;
}

/// Whether there can be a race: even a version for one thread may start others. A program that can't start
/// any isn't run under TSan, which has trouble of its own with some, such as the resolvers of target_clones.
bool may_start_threads(const Attempt& attempt) {
    if (attempt.version.threaded()) return true;
    const std::vector<std::string>& imports = attempt.built(Flavour::timed).imports;
    return std::ranges::any_of(imports, [](std::string_view symbol) {
        return symbol == "pthread_create" || symbol == "thrd_create" || symbol == "clone" ||
               symbol == "syscall" || symbol.starts_with("_ZNSt6thread15_M_start_thread") ||
               symbol.starts_with("dl");
    });
}

bool is_checked_in(Flavour flavour, const Attempt& attempt) {
    if (flavour == Flavour::schedules) return attempt.version.threaded();
    return flavour != Flavour::tsan || may_start_threads(attempt);
}

/// Starts the builds that are of use only once a version is known to be more than a stub.
void start_rest(Attempt& attempt, Builder& builder, References& references) {
    for (const Flavour flavour : all_flavours)
        if (flavour != Flavour::timed && is_checked_in(flavour, attempt))
            attempt.builds[flavour] =
                builder.start_submitted(attempt.lesson, attempt.version, flavour, attempt.source());
    if (!attempt.version.changes_images()) return;
    references.start(attempt.lesson, attempt.lesson.version(attempt.version.speed.baseline));
    references.start(attempt.lesson, attempt.version);
}

/// What is known without running anything.
CheckResult before_running(const Attempt& attempt) {
    CheckResult checked;
    if (attempt.is_missing()) {
        checked.verdict = attempt.file.problem.empty() ? Verdict::not_started : Verdict::build_error;
        checked.message = attempt.file.problem;
        return checked;
    }
    const Built& built = attempt.built(Flavour::timed);
    if (!built.program) {
        checked.verdict = Verdict::build_error;
        static const CompileErrors errors(fs::path(recipe::kit_dir) / "lessons/kit/compiler_errors.toml");
        const std::string why =
            errors.in_words(built.diagnostics, source_path(attempt.lesson, attempt.version));
        checked.message = why.empty() ? "it doesn't compile" : "it doesn't compile, " + why;
        checked.details = built.diagnostics;
    }
    checked.advice = built.advice;
    return checked;
}

bool was_run(Flavour flavour, const CheckResult& checked) {
    return std::ranges::any_of(checked.checks, [&](const Check& check) { return check.flavour == flavour; });
}

bool fails_in(Flavour flavour, const CheckResult& checked) {
    return std::ranges::any_of(checked.checks, [&](const Check& check) {
        return check.flavour == flavour && check.outcome && check.outcome != Verdict::pass;
    });
}

/// A version with threads ran out of the short time that it got first, and its schedules don't tell why. So
/// it gets all the time that it may use.
void look_again(Attempt& attempt, const Suite& of_schedules, References& references, CaseRunner& runner,
                std::uint64_t seed) {
    const auto patient = make_suite(attempt, Flavour::timed, references);
    runner.add(patient, attempt.own_seed(seed, references.recorded()));
    runner.run(*patient);
    attempt.checked = before_running(attempt);
    patient->add_to(attempt.checked);
    of_schedules.add_to(attempt.checked);
}

void check_in(Flavour flavour, Attempt& attempt, Suite& suite, Builder& builder, References& references,
              CaseRunner& runner, std::uint64_t seed) {
    CheckResult& checked = attempt.checked;
    if (flavour == Flavour::timed) checked = before_running(attempt);
    const std::optional<Verdict> so_far = checked.verdict;
    const bool has_schedules = is_checked_in(Flavour::schedules, attempt);
    if (can_run(so_far) && is_checked_in(flavour, attempt)) {
        builder.take_turns();
        if (has_schedules && (flavour == Flavour::timed || so_far == Verdict::timeout))
            suite.be_hasty();
        else if (so_far == Verdict::timeout)
            suite.be_impatient();
        runner.run(suite);
        suite.add_to(checked);
        if (flavour == Flavour::schedules && so_far == Verdict::timeout && !fails_in(flavour, checked))
            look_again(attempt, suite, references, runner, seed);
    }
    if (!checked.verdict) throw_fault_of_kit(attempt.name() + ": no check could decide anything");
    if (flavour == Flavour::timed && can_run(checked.verdict)) start_rest(attempt, builder, references);
}

/// ThreadSanitizer doesn't know everything that a program may use: fences, say. The schedules do.
void clear_up_doubt(Attempt& attempt, const Suite& tsan, const Suite& of_schedules) {
    CheckResult& checked = attempt.checked;
    if (checked.verdict != Verdict::pass || !tsan.doubts_program() || !of_schedules.found_no_race()) return;
    std::erase(checked.flags, flag_if_not_checked(Flavour::tsan));
}

}  // namespace

void check(const std::vector<Attempt*>& attempts, Builder& builder, References& references,
           CaseRunner& runner, std::uint64_t seed, const CheckProgress& progress) {
    for (Attempt* attempt : attempts)
        if (!attempt->is_missing())
            attempt->builds[Flavour::timed] =
                builder.start_submitted(attempt->lesson, attempt->version, Flavour::timed, attempt->source());
    const Suites suites = make_suites(attempts, references, runner, seed);
    const auto check_one = [&](Attempt& attempt, Flavour flavour) {
        const TimeTaken checking(attempt.took_s);
        check_in(flavour, attempt, *suites.at({flavour, &attempt}), builder, references, runner, seed);
        progress(attempt, flavour);
    };
    for (const Flavour flavour : all_flavours)
        for (Attempt* attempt : attempts) {
            const bool is_done = flavour == Flavour::schedules && was_run(flavour, attempt->checked);
            if (!is_done) check_one(*attempt, flavour);
            // The schedules tell why, and whether the other flavours are worth waiting for.
            if (flavour == Flavour::timed && attempt->checked.verdict == Verdict::timeout)
                check_one(*attempt, Flavour::schedules);
        }
    for (Attempt* attempt : attempts)
        clear_up_doubt(*attempt, *suites.at({Flavour::tsan, attempt}),
                       *suites.at({Flavour::schedules, attempt}));
    for (Attempt* attempt : attempts)
        if (attempt->checked.verdict == Verdict::pass)
            attempt->checked.evasion = evasion(builder, attempt->lesson, attempt->version, attempt->source(),
                                               attempt->built(Flavour::timed).imports);
}

}  // namespace grader
