// The table of contents: plan → check → measure → diagnose → score → report.

#include "command/grade.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"
#include "base/time_taken.hpp"
#include "check/check.hpp"
#include "command/grading.hpp"
#include "diagnose/diagnose.hpp"
#include "measure/bands.hpp"
#include "measure/false_sharing.hpp"
#include "measure/measure.hpp"
#include "measure/side_by_side.hpp"
#include "recipe.hpp"
#include "report/exports.hpp"
#include "report/page.hpp"
#include "report/result_json.hpp"
#include "report/summary.hpp"
#include "report/to_do.hpp"
#include "sandbox/isolation.hpp"
#include "sandbox/machine.hpp"
#include "score/score.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

std::string now_utc() {
    return now_in_utc("%Y-%m-%dT%H:%M:%SZ");
}

Machine this_machine(const Compiler& compiler) {
    Machine machine{.cpu = sandbox::cpu_model(),
                    .cores = sandbox::cores(),
                    .memory_mb = sandbox::memory_mb(),
                    .os = sandbox::operating_system(),
                    .compiler = compiler.version,
                    .flags = {}};
    for (const Flavour flavour : all_flavours)
        machine.flags[name(flavour)] = fmt::format("{}", fmt::join(compiler.flags(flavour), " "));
    return machine;
}

/// What the timed flavour's checks have found out; the others may still know better.
std::string first_verdict(const CheckResult& checked) {
    switch (checked.verdict.value()) {
        case Verdict::pass:
            return fmt::format("right so far ({} checks); memory and races come next", checked.checks.size());
        case Verdict::wrong:
            return "not right; looking for the reason";
        default:
            return title(*checked.verdict);
    }
}

/// Tells the first verdict of a version as soon as there is one.
CheckProgress check_progress(Terminal& terminal) {
    return [&terminal](const Attempt& attempt, Flavour flavour) {
        if (flavour != Flavour::timed) {
            terminal.status(fmt::format("{:<24} looking for {}", attempt.name(), looks_for(flavour)));
            return;
        }
        const auto verdict = attempt.checked.verdict;
        const auto colour = verdict == Verdict::pass          ? Terminal::Colour::green
                            : verdict == Verdict::not_started ? Terminal::Colour::dim
                                                              : Terminal::Colour::red;
        terminal.line(
            fmt::format("{:<24} {}", attempt.name(), terminal.paint(colour, first_verdict(attempt.checked))));
    };
}

/// Where the solutions are recorded, a version that was graded before is a baseline too, as long as it is the
/// same.
void take_kept_baselines(const std::vector<VersionInGrading>& versions, Grading& grading) {
    if (!grading.references.recorded()) return;
    for (const VersionInGrading& each : versions) {
        const Lesson& lesson = each.attempt.lesson;
        const Version& version = each.attempt.version;
        if (!each.kept || !is_baseline(lesson, version)) continue;
        const std::optional<Graded> known = grading.store.find(each.key);
        if (!known || known->verdict != Verdict::pass) continue;
        if (std::ranges::find(known->flags, flags::work_removed) != known->flags.end()) continue;
        grading.references.set_own_baseline(
            lesson, version,
            grading.builder
                .start_submitted(lesson, version, Flavour::timed, each.attempt.file.content.value_or(""))
                .get());
    }
}

void measure_one(VersionInGrading& each, Grading& grading, Terminal& terminal) {
    const auto progress = [&terminal](const Attempt& attempt, const std::string& what) {
        terminal.status(fmt::format("{:<24} measuring {}", attempt.name(), what));
    };
    const TimeTaken measuring(each.attempt.took_s);
    const Lesson& lesson = each.attempt.lesson;
    const Version& version = each.attempt.version;
    References& references = grading.references;
    const bool baseline = is_baseline(lesson, version);
    if (baseline) references.set_own_baseline(lesson, version, each.attempt.built(Flavour::timed));
    if (!references.can_measure(lesson, version)) {
        each.measured.nothing_beside = true;
        return;
    }
    const std::uint64_t seed = each.attempt.own_seed(grading.seed, references.recorded());
    each.measured = measure(each.attempt, references, seed, grading.options.one_core, progress);
    predict_again(each.attempt, references, seed, progress, each.measured);
    add_false_sharing(each.attempt, grading.builder, references, seed, progress, each.measured);
    if (baseline && (each.measured.failure || work_removed(version, each.measured)))
        references.set_own_baseline(lesson, version, {});
}

/// The baselines first: where the solutions are recorded, the others are measured beside them.
void measure_passed(const std::vector<VersionInGrading*>& versions, Grading& grading, Terminal& terminal) {
    for (const bool baselines : {true, false})
        for (VersionInGrading* each : versions) {
            const Attempt& attempt = each->attempt;
            if (attempt.checked.verdict != Verdict::pass || !attempt.version.changes_images()) continue;
            if (is_baseline(attempt.lesson, attempt.version) == baselines)
                measure_one(*each, grading, terminal);
        }
}

/// A sanitizer or compiler names files of the kit by their paths on this machine, which are no student's
/// business.
void leave_out_places(std::string& text) {
    for (const char* folder : {recipe::build_dir, recipe::kit_dir}) {
        const std::string place = std::string(folder) + "/";
        for (std::size_t at = 0; (at = text.find(place, at)) != std::string::npos;)
            text.erase(at, place.size());
    }
}

void score_and_keep(VersionInGrading& each, const Grading& grading) {
    each.graded = score(each.attempt, each.measured, each.mistake, grading.scale, sandbox::cores());
    leave_out_places(each.graded->details);
    each.graded->graded_at = now_utc();
    each.graded->seed = grading.seed;
    // What couldn't be measured yet is graded again.
    if (!each.measured.nothing_beside) grading.store.keep(each.key, *each.graded);
}

Result result_of(const Grading& grading, const std::vector<VersionInGrading>& versions) {
    Result result{.seed = grading.seed,
                  .recorded = grading.references.recorded(),
                  .graded_at = now_utc(),
                  .submission = grading.submission.name,
                  .machine = this_machine(grading.builder.compiler()),
                  .isolation = sandbox::name(sandbox::isolation()),
                  .lessons = grading.lessons,
                  .versions = {}};
    for (const VersionInGrading& each : versions) result.versions.push_back(each.result());
    return result;
}

bool same_but_for_reuse(const std::vector<Graded>& a, const std::vector<Graded>& b) {
    return std::ranges::equal(a, b, [](Graded left, Graded right) {
        left.reused = right.reused = false;
        return to_json(left) == to_json(right);
    });
}

/// Writes everything into OUT and tells the person at the terminal. Throws Error at the very end if the page
/// can't be drawn: all the rest is there then.
void report(const Result& result, const Grading& grading, Terminal& terminal) {
    const GradeOptions& options = grading.options;
    const fs::path page = options.out / "index.html";
    const bool page_is_current = fs::exists(page) && same_but_for_reuse(grading.earlier, result.versions);
    write_file(options.out / "result.json", to_json(result));
    write_exports(result, options.out);
    std::optional<Error> page_error;
    if (!page_is_current) {
        terminal.status("drawing the report");
        try {
            draw_page(recipe::kit_dir, options.kit.cache, options.out / "result.json", page, to_do(result));
        } catch (const Error& error) {
            page_error = error;
        }
    }
    const auto in_full = [&](const Graded& graded) {
        return !options.brief || !graded.reused || graded.version == options.version;
    };
    print_summary(terminal, result, grading.submission.messages,
                  page_error ? "" : fs::proximate(page).string(), in_full);
    if (page_error) throw *page_error;
}

}  // namespace

ExitCode grade(const GradeOptions& options) {
    Terminal terminal(options.quiet ? Terminal::Mode::silent : Terminal::Mode::normal);
    Grading grading(options);
    make_out_folder(options.out);
    std::vector<VersionInGrading> versions = plan(grading);
    const std::vector<VersionInGrading*> now = due(versions);

    std::vector<Attempt*> attempts;
    for (VersionInGrading* each : now) attempts.push_back(&each->attempt);
    check(attempts, grading.builder, grading.references, grading.runner, grading.seed,
          check_progress(terminal));

    take_kept_baselines(versions, grading);
    measure_passed(now, grading, terminal);

    terminal.status("looking for known mistakes");
    for (VersionInGrading* each : now) {
        each->mistake = diagnose(each->attempt, each->measured, grading.records, sandbox::cores());
        score_and_keep(*each, grading);
    }

    const Result result = result_of(grading, versions);
    report(result, grading, terminal);
    const bool all_passed = std::ranges::all_of(
        result.versions, [](const Graded& graded) { return graded.verdict == Verdict::pass; });
    return options.strict && !all_passed ? ExitCode::not_passed : ExitCode::graded;
}

}  // namespace grader
