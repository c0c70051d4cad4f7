#include "score/score.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "measure/bands.hpp"
#include "measure/scaling.hpp"
#include "score/words.hpp"

namespace grader {

namespace {

/// One line for right answers, and one for each band with the points that it adds to the band below.
std::vector<RubricLine> unearned(const Lesson& lesson, const Version& version, double scale) {
    std::vector<RubricLine> rubric = {{"right answers", 0, version.right * scale}};
    double below = 0;
    for (const Band& band : version.bands) {
        rubric.push_back({band_name(lesson, version, band), 0, (band.points - below) * scale});
        below = band.points;
    }
    return rubric;
}

/// Whether a first call takes longer than cold caches and new pages can explain.
bool keeps_answers(const FirstCall& first_call) {
    constexpr double tolerance = 3;
    constexpr double noise_s = 1e-3;
    return first_call.time_s > tolerance * first_call.batch_s + noise_s;
}

void add_sentence(std::string& message, const std::string& sentence) {
    message += (message.empty() ? "Right. " : " ") + sentence;
}

/// What a person should look at before believing the result.
std::vector<Doubt> doubts_of(const Attempt& attempt, const Measured& measured, bool removed) {
    std::vector<Doubt> doubts;
    if (!removed) doubts = audit(measured.speedup);
    if (measured.false_sharing && !removed)
        doubts.push_back(
            {flags::false_sharing, false_sharing_in_words(*measured.false_sharing, measured.speedup)});
    if (measured.cache_lines_not_counted)
        doubts.push_back({flags::cache_lines_not_counted,
                          "Threads may share cache lines, but counting who uses which didn't end."});
    if (measured.first_call && keeps_answers(*measured.first_call))
        doubts.push_back({flags::answers_kept, kept_answers_in_words(*measured.first_call)});
    if (attempt.checked.evasion)
        doubts.push_back({flags::checks_evaded, evasion_in_words(*attempt.checked.evasion)});
    return doubts;
}

/// Gives the points for right answers and for the bands reached.
void score_pass(const Attempt& attempt, const Measured& measured, unsigned cores, Graded& graded) {
    const Version& version = attempt.version;
    graded.rubric[0].score = graded.rubric[0].max_score;
    const auto so_far = reached(attempt, measured, cores);
    const bool removed = work_removed(version, measured);
    if (removed) {
        graded.flags.emplace_back(flags::work_removed);
        graded.message = removed_in_words(version, measured);
    } else {
        graded.scaling = measured.false_sharing
                             ? limited_by_false_sharing(*measured.false_sharing, measured.speedup)
                             : limit_of(measured.speedup).sentence;
        const std::size_t bands = so_far ? bands_reached(version.bands, *so_far) : 0;
        for (std::size_t i = 1; i <= bands; ++i) graded.rubric[i].score = graded.rubric[i].max_score;
    }
    for (const Doubt& doubt : doubts_of(attempt, measured, removed)) {
        graded.flags.push_back(doubt.flag);
        add_sentence(graded.message, doubt.why);
    }
    if (!measured.speedup.empty() && !measured.speedup.front().predicted)
        graded.flags.emplace_back(flags::graded_by_wall_clock);
    graded.next = next_after_pass(attempt, so_far, removed);
    if (measured.false_sharing && !removed)
        graded.next =
            "Let each thread add up in a local variable and store once, at the end. Or give each "
            "thread's place a cache line of its own: struct alignas(64) Place { double sum; };" +
            std::string(graded.next.empty() ? "" : " ") + graded.next;
    if (measured.nothing_beside) {
        const std::string baseline = version.speed.baseline + ".cpp";
        graded.message = fmt::format(
            "Right. Its speed is measured beside your own {}, as soon as that has passed.", baseline);
        graded.next = fmt::format("First {}: all its loops, and the right answers.", baseline);
    }
}

/// Gives a racy version the points for being right on one thread, if it is.
void score_race(const Attempt& attempt, double scale, Graded& graded) {
    if (!attempt.version.race || !attempt.checked.right_on_one_thread) return;
    RubricLine& right = graded.rubric[0];
    right.score = *attempt.version.race * scale;
    graded.message += fmt::format(" On one thread it is right, which earns {:.1f} points.", right.score);
}

void add_mistake(const Mistake& mistake, Graded& graded) {
    graded.diagnosis = mistake.name;
    add_sentence(graded.message, mistake.explanation);
    if (graded.verdict == Verdict::pass)
        graded.next = mistake.hint + (graded.next.empty() ? "" : " ") + graded.next;
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
    graded.rubric = unearned(lesson, version, scale);
    graded.stated_exponent = version.exponent;
    graded.baseline = version.speed.baseline;
    graded.ratio_shape = version.speed.shape;
    return graded;
}

Graded not_in_handout(const Lesson& lesson, const Version& version, double scale) {
    Graded graded = ungraded(lesson, version, scale);
    graded.message = lesson.kind->not_in_handout;
    graded.next = fmt::format("Follow the TODO in {}. Only the official grade can say how good it is.",
                              source_path(lesson, version));
    return graded;
}

Graded score(const Attempt& attempt, const Measured& measured, const std::optional<Mistake>& mistake,
             double scale, unsigned cores) {
    const CheckResult& checked = attempt.checked;
    Graded graded = ungraded(attempt.lesson, attempt.version, scale);
    graded.verdict = verdict_of(checked, measured);
    graded.message = with_dot(measured.failure ? measured.failure->message : checked.message);
    graded.details = measured.failure ? measured.failure->details : checked.details;
    graded.next = next_after_failure(attempt, mistake);
    graded.output = checked.output;
    graded.flags = checked.flags;
    graded.checks = checked.checks;
    graded.mismatch = checked.mismatch;
    graded.schedule = checked.schedule;
    graded.measured = measured;
    graded.took_s = attempt.took_s;
    if (measured.ratio) graded.ratio_shape = measured.shape;
    if (graded.verdict == Verdict::race) score_race(attempt, scale, graded);
    if (graded.verdict == Verdict::pass) score_pass(attempt, measured, cores, graded);
    if (mistake) add_mistake(*mistake, graded);
    for (const RubricLine& line : graded.rubric) graded.score += line.score;
    return graded;
}

}  // namespace grader
