#include "score.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "flags.hpp"
#include "intake.hpp"
#include "sandbox/usage.hpp"
#include "scaling.hpp"
#include "text.hpp"

namespace grader {

namespace {

std::string try_command(const Job& job, const CheckCase& at) {
    std::string text = fmt::format("make try LESSON={} VERSION={} ROWS={} COLS={}", job.lesson.name,
                                   job.version.name, at.shape.rows, at.shape.cols);
    if (job.version.threaded()) text += fmt::format(" THREADS={}", at.threads);
    return text + fmt::format(" SEED={}", at.seed);
}

const CheckCase* first_case_with(const Checked& checked, const std::optional<Verdict>& outcome) {
    const auto found = std::ranges::find(checked.checks, outcome, &Check::outcome);
    return found == checked.checks.end() ? nullptr : &found->at;
}

std::string next_after_failure(const Job& job, const Checked& checked,
                               const std::optional<Mistake>& mistake) {
    const CheckCase* at = first_case_with(checked, checked.verdict);
    const std::string look =
        at == nullptr || job.lesson.judging ? "" : " See it happen: " + try_command(job, *at);
    if (mistake) return mistake->hint + (checked.verdict == Verdict::race ? "" : look);
    const std::string version_file = source_path(job.lesson, job.version);
    switch (checked.verdict.value()) {
        case Verdict::not_started:
            return fmt::format("Open {}.cpp in {} and follow its TODO.", job.version.name, job.lesson.folder);
        case Verdict::build_error:
            return checked.advice.empty() ? "Mend the first error first: later ones often follow from it."
                                          : checked.advice;
        case Verdict::race:
            return "Does each thread need one of its own? Then declare it inside the thread's function. What "
                   "they really share is best written by each to a place of its own and combined after "
                   "join(); or guard it with a std::mutex or std::atomic.";
        case Verdict::memory_error:
            return "What does that line touch, or compute, that it may not, and for which index or value?" +
                   look;
        case Verdict::timeout:
            return "What does it wait for, or which loop doesn't end?" + look;
        case Verdict::out_of_memory:
            return "What grows with every pixel or every thread?" + look;
        case Verdict::crash:
            return (checked.details.empty() ? fmt::format("What in {} ends the program?", version_file)
                                            : "The details say more.") +
                   look;
        case Verdict::wrong:
            if (job.lesson.judging)
                return checked.judgement && checked.judgement->rejected < checked.judgement->wrong
                           ? "On which image does a mistake show? Compare what the candidate makes of it "
                             "with what the plain loops make of it."
                           : "Show your check the versions that you wrote in the lesson that it judges: "
                             "which of its comparisons says no, and should it?";
            return "Compare your loops with the lesson's README." + look;
        case Verdict::pass:
            return "";
    }
    return "";
}

/// "6×" and not "6.00×": an edge is exact.
std::string band_name(const Version& version, const Band& band) {
    if (version.judges()) return fmt::format("{:.0f} % of the wrong versions rejected", 100 * band.min);
    if (version.threaded()) return fmt::format("{:.0f} % of the ideal speed-up", 100 * band.min);
    return fmt::format("{} the speed of the reference's {}",
                       band.min < 100 ? fmt::format("{:g}×", band.min) : factor(band.min),
                       version.speed.baseline);
}

/// What the next band asks for.
std::string next_after_pass(const Version& version, const std::optional<Interval>& speed, bool work_removed) {
    if (work_removed)
        return fmt::format(
            "A better algorithm belongs in optimized.cpp; {} has to do the lesson's additions one "
            "by one.",
            version.name);
    if (!speed) return "";
    for (const Band& band : version.bands) {
        if (speed->high >= band.min) continue;
        if (version.judges())
            return fmt::format("The next band asks for {:.0f} % of the wrong versions.", 100 * band.min);
        if (version.threaded())
            return fmt::format(
                "The next band asks for {:.0f} % of the ideal speed-up (geometric mean over the thread "
                "counts); "
                "it reaches {:.0f} %.",
                100 * band.min, 100 * speed->value);
        return fmt::format("The next band asks for {}; it reaches {}.", band_name(version, band),
                           factor(speed->value));
    }
    return "";
}

/// What was rejected, and which mistakes weren't.
std::string judged_in_words(const Judgement& judgement) {
    std::string text = fmt::format("It accepts every right version and rejects {} of {} wrong ones.",
                                   judgement.rejected, judgement.wrong);
    std::vector<std::string> slipped;
    for (const auto& [mistake, count] : judgement.slipped)
        slipped.push_back(count == 1 ? mistake : fmt::format("{} ({}×)", mistake, count));
    std::string kinds = fmt::format("{}", fmt::join(slipped, ", "));
    std::ranges::replace(kinds, '_', ' ');
    return kinds.empty() ? text : fmt::format("{} Slipped through: {}.", text, kinds);
}

Interval rejected_share(const Judgement& judgement) {
    const double share = static_cast<double>(judgement.rejected) / static_cast<double>(judgement.wrong);
    return {share, share, share};
}

/// A line for right answers, and one for each band with what it adds to the band below.
std::vector<RubricLine> unearned(const Version& version, double scale) {
    std::vector<RubricLine> rubric = {{"right answers", 0, version.right * scale}};
    double below = 0;
    for (const Band& band : version.bands) {
        rubric.push_back({band_name(version, band), 0, (band.points - below) * scale});
        below = band.points;
    }
    return rubric;
}

bool beats_reference(const Version& version, const Measured& measured) {
    return measured.ratio && version.max_speedup && measured.ratio->low > *version.max_speedup;
}

bool beats_additions(const Version& version, const Measured& measured) {
    return measured.pixel_s && version.least_ns_per_pixel &&
           *measured.pixel_s < 1e-9 * *version.least_ns_per_pixel;
}

std::string removed_in_words(const Version& version, const Measured& measured) {
    if (beats_reference(version, measured))
        return fmt::format("Right, but {} as fast as the plain loops on one thread can be.",
                           factor(measured.ratio->value));
    return fmt::format("Right, but a pixel takes {}, and the plain loops take {} or more on any machine.",
                       duration(*measured.pixel_s), duration(1e-9 * *version.least_ns_per_pixel));
}

std::string with_dot(std::string text) {
    if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != '`') text += '.';
    return text;
}

/// Caches that are cold and pages that are new cost a first call no more than that.
bool keeps_answers(const FirstCall& first_call) {
    constexpr double tolerance = 3;
    constexpr double noise_s = 1e-3;
    return first_call.time_s > tolerance * first_call.batch_s + noise_s;
}

}  // namespace

double scale_to_100(const std::vector<Lesson>& lessons) {
    double points = 0;
    for (const Lesson& lesson : lessons)
        for (const Version& version : lesson.versions) points += version.points;
    return 100 / points;
}

Graded ungraded(const Lesson& lesson, const Version& version, double scale) {
    Graded graded;
    graded.lesson = lesson.name;
    graded.version = version.name;
    graded.max_score = version.points * scale;
    graded.message = "Not graded yet: left out by LESSON or VERSION.";
    graded.next = fmt::format("make grade LESSON={} VERSION={}", lesson.name, version.name);
    graded.rubric = unearned(version, scale);
    graded.stated_exponent = version.exponent;
    graded.baseline = version.speed.baseline;
    graded.ratio_shape = version.speed.shape;
    return graded;
}

Graded unjudged(const Lesson& lesson, const Version& version, double scale) {
    Graded graded = ungraded(lesson, version, scale);
    graded.message =
        "Only the official grade can judge it: the versions that it is shown aren't in a handout.";
    graded.next = fmt::format("Follow the TODO in {}. Only the official grade can say how good it is.",
                              source_path(lesson, version));
    return graded;
}

std::optional<Interval> banded_speed(const Version& version, const Measured& measured, unsigned cores) {
    return version.threaded() ? mean_efficiency(measured.speedup, cores) : measured.ratio;
}

std::size_t bands_reached(const std::vector<Band>& bands, const Interval& speed) {
    return static_cast<std::size_t>(
        std::ranges::count_if(bands, [&](const Band& band) { return speed.high >= band.min; }));
}

Verdict verdict_of(const Checked& checked, const Measured& measured) {
    return measured.failure ? measured.failure->outcome.value() : checked.verdict.value();
}

bool work_removed(const Version& version, const Measured& measured) {
    return beats_reference(version, measured) || beats_additions(version, measured);
}

Graded score(const Job& job, const Checked& checked, const Measured& measured,
             const std::optional<Mistake>& mistake, double scale) {
    Graded graded = ungraded(job.lesson, job.version, scale);
    graded.verdict = verdict_of(checked, measured);
    graded.message = with_dot(measured.failure ? measured.failure->message : checked.message);
    graded.details = measured.failure ? measured.failure->details : checked.details;
    graded.next = next_after_failure(job, checked, mistake);
    graded.output = checked.output;
    graded.flags = checked.flags;
    graded.checks = checked.checks;
    graded.mismatch = checked.mismatch;
    graded.measured = measured;
    if (measured.ratio) graded.ratio_shape = measured.shape;

    RubricLine& right = graded.rubric[0];
    if (graded.verdict == Verdict::race && job.version.race && checked.right_on_one_thread) {
        right.score = *job.version.race * scale;
        graded.message += fmt::format(" On one thread it is right, which earns {:.1f} points.", right.score);
    } else if (graded.verdict == Verdict::pass) {
        right.score = right.max_score;
        const auto reached = checked.judgement ? rejected_share(*checked.judgement)
                                               : banded_speed(job.version, measured, sandbox::cores());
        if (checked.judgement) graded.message = judged_in_words(*checked.judgement);
        const bool removed = work_removed(job.version, measured);
        if (removed) {
            graded.flags.emplace_back(flags::work_removed);
            graded.message = removed_in_words(job.version, measured);
        } else if (reached) {
            const std::size_t bands = bands_reached(job.version.bands, *reached);
            for (std::size_t i = 1; i <= bands; ++i) graded.rubric[i].score = graded.rubric[i].max_score;
        }
        if (!removed) graded.scaling = limit_of(measured.speedup).sentence;
        std::vector<Doubt> doubts;
        if (!removed) doubts = audit(measured.speedup);
        if (measured.first_call && keeps_answers(*measured.first_call))
            doubts.push_back(
                {flags::answers_kept,
                 fmt::format(
                     "Its first call on {}×{} pixels takes {}, where others say {}: does it keep answers "
                     "from one call to the next?",
                     measured.first_call->shape.rows, measured.first_call->shape.cols,
                     duration(measured.first_call->time_s), duration(measured.first_call->batch_s))});
        if (checked.evasion)
            doubts.push_back(
                {flags::checks_evaded,
                 fmt::format("The checks may not see all that it does ({}): a person should read it.",
                             *checked.evasion)});
        for (const Doubt& doubt : doubts) {
            graded.flags.push_back(doubt.flag);
            graded.message += (graded.message.empty() ? "Right. " : " ") + doubt.why;
        }
        if (!measured.speedup.empty() && !measured.speedup.front().predicted)
            graded.flags.emplace_back(flags::graded_by_wall_clock);
        graded.next = next_after_pass(job.version, reached, removed);
        if (measured.nothing_beside) {
            const std::string baseline = job.version.speed.baseline + ".cpp";
            graded.message = fmt::format(
                "Right. Its speed is measured beside your own {}, as soon as that has passed.", baseline);
            graded.next = fmt::format("First {}: all its loops, and the right answers.", baseline);
        }
    }
    if (mistake) {
        graded.diagnosis = mistake->name;
        graded.message += (graded.message.empty() ? "Right. " : " ") + mistake->explanation;
        if (graded.verdict == Verdict::pass)
            graded.next = mistake->hint + (graded.next.empty() ? "" : " ") + graded.next;
    }
    for (const RubricLine& line : graded.rubric) graded.score += line.score;
    return graded;
}

}  // namespace grader
