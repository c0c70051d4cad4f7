#include "score/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/text.hpp"
#include "measure/bands.hpp"

namespace grader {

namespace {

std::string try_command(const Attempt& attempt, const CheckCase& at, const std::string& schedule) {
    std::string text = fmt::format("make try LESSON={} VERSION={} ROWS={} COLS={}", attempt.lesson.name,
                                   attempt.version.name, at.shape.rows, at.shape.cols);
    if (attempt.version.threaded()) text += fmt::format(" THREADS={}", at.threads);
    text += fmt::format(" SEED={}", at.seed);
    return schedule.empty() ? text : fmt::format("{} SCHEDULE={}", text, schedule);
}

/// The check that decided: of those with the verdict, the one that has a schedule, else the first.
const Check* deciding_check(const CheckResult& checked) {
    const auto decides = [&](const Check& check) { return check.outcome == checked.verdict; };
    const auto has_schedule = [&](const Check& check) {
        return decides(check) && checked.schedule && check.flavour == Flavour::schedules;
    };
    auto found = std::ranges::find_if(checked.checks, has_schedule);
    if (found == checked.checks.end()) found = std::ranges::find_if(checked.checks, decides);
    return found == checked.checks.end() ? nullptr : &*found;
}

/// " See it happen: make try …"; empty where that can't show it.
std::string look_at(const Attempt& attempt) {
    const Check* const check = deciding_check(attempt.checked);
    if (check == nullptr || !attempt.version.changes_images()) return "";
    const auto& schedule = attempt.checked.schedule;
    return " See it happen: " +
           try_command(attempt, check->at,
                       schedule && check->flavour == Flavour::schedules ? schedule->name : "");
}

/// "64 %"; with as many digits as it takes to be seen below the edge that it misses.
std::string percent_below(double share, double edge) {
    constexpr int most_digits = 3;
    for (int digits = 0;; ++digits) {
        const double unit = std::pow(10.0, -2 - digits);
        const double shown = std::floor(share / unit) * unit;
        if (shown < edge - unit / 2 || digits == most_digits)
            return fmt::format("{:.{}f} %", 100 * shown, digits);
    }
}

}  // namespace

/// Writes "6×" rather than "6.00×", since a band's edge is exact.
std::string band_name(const Lesson& lesson, const Version& version, const Band& band) {
    switch (version.yardstick) {
        case Yardstick::speedup:
            return fmt::format("{} the speed of the reference's {}",
                               band.min < 100 ? fmt::format("{:g}×", band.min) : factor(band.min),
                               version.speed.baseline);
        case Yardstick::efficiency:
            return fmt::format("{:.0f} % of the ideal speed-up", 100 * band.min);
        case Yardstick::share:
            return fmt::format("{:.0f} % {}", 100 * band.min, lesson.kind->share);
    }
    return "";
}

std::string next_after_failure(const Attempt& attempt, const std::optional<Mistake>& mistake) {
    const CheckResult& checked = attempt.checked;
    const std::string look = look_at(attempt);
    if (mistake) return mistake->hint + (checked.verdict == Verdict::race ? "" : look);
    const std::string version_file = source_path(attempt.lesson, attempt.version);
    switch (checked.verdict.value()) {
        case Verdict::not_started:
            return fmt::format("Open {}.cpp in {} and follow its TODO.", attempt.version.name,
                               attempt.lesson.folder);
        case Verdict::build_error:
            return checked.advice.empty() ? "Mend the first error first: later ones often follow from it."
                                          : checked.advice;
        case Verdict::race:
            return "Does each thread need one of its own? Then declare it inside the thread's function. What "
                   "they really share is best written by each to a place of its own and combined after "
                   "join(); or guard it with a std::mutex or std::atomic." +
                   (checked.schedule ? look : "");
        case Verdict::memory_error:
            return "Which index or value makes that line go wrong?" + look;
        case Verdict::timeout:
            return "What does it wait for, or which loop doesn't end?" + look;
        case Verdict::out_of_memory:
            return "What grows with every pixel or every thread?" + look;
        case Verdict::crash:
            return (checked.details.empty() ? fmt::format("What in {} ends the program?", version_file)
                                            : "The details say more.") +
                   look;
        case Verdict::wrong:
            return checked.advice.empty() ? "Compare your loops with the lesson's README." + look
                                          : checked.advice;
        case Verdict::pass:
            return "";
    }
    return "";
}

std::string next_after_pass(const Attempt& attempt, const std::optional<Reached>& reached,
                            bool work_removed) {
    const Version& version = attempt.version;
    if (work_removed) {
        const std::string own = fmt::format("{} has to do the lesson's additions one by one.", version.name);
        const auto free = std::ranges::find_if(attempt.lesson.versions, [](const Version& other) {
            return !other.max_speedup && !other.least_ns_per_pixel;
        });
        if (free == attempt.lesson.versions.end()) return own;
        return fmt::format("A better algorithm belongs in {}.cpp; {}", free->name, own);
    }
    if (!reached) return "";
    const std::size_t bands = bands_reached(version.bands, *reached);
    if (bands == version.bands.size()) return "";
    const Band& next = version.bands[bands];
    switch (version.yardstick) {
        case Yardstick::speedup:
            return fmt::format("The next band asks for {}; it reaches {}.",
                               band_name(attempt.lesson, version, next), factor(reached->value.value));
        case Yardstick::efficiency:
            return fmt::format(
                "The next band asks for {:.0f} % of the ideal speed-up (geometric mean over the thread "
                "counts){}; it reaches {}.",
                100 * next.min, reached->value.value < next.min ? "" : " with the cache lines moving",
                percent_below(reached->counted_in(next).value, next.min));
        case Yardstick::share:
            return fmt::format("The next band asks for {}.", band_name(attempt.lesson, version, next));
    }
    return "";
}

std::string removed_in_words(const Version& version, const Measured& measured) {
    if (beats_reference(version, measured))
        return fmt::format("Right, but {} as fast as the plain loops on one thread can be.",
                           factor(measured.ratio->value));
    return fmt::format("Right, but a pixel takes {}, and the plain loops take {} or more on any machine.",
                       duration(*measured.pixel_s), duration(1e-9 * *version.least_ns_per_pixel));
}

std::string kept_answers_in_words(const FirstCall& first_call) {
    return fmt::format(
        "Its first call on {}×{} pixels takes {}, but other calls suggest {}: does it keep answers from one "
        "call to the next?",
        first_call.shape.rows, first_call.shape.cols, duration(first_call.time_s),
        duration(first_call.batch_s));
}

std::string false_sharing_in_words(const FalseSharing& sharing, const std::vector<Speedup>& speedups) {
    std::vector<std::string> threads;
    std::uint64_t uses = 0;
    for (const LineOwner& owner : sharing.owners) {
        threads.push_back(fmt::format("{}", owner.thread));
        uses = std::max(uses, owner.loads + owner.stores);
    }
    const std::string last = threads.empty() ? "" : threads.back();
    if (!threads.empty()) threads.pop_back();
    const std::string where =
        sharing.line == 0
            ? ""
            : fmt::format("line {}{}: ", sharing.line,
                          sharing.variable.empty() ? "" : fmt::format(", `{}`", sharing.variable));
    std::string text = fmt::format(
        "False sharing: {}threads {} and {} use the same cache line, up to {} times each, though none uses "
        "the "
        "other's bytes.",
        where, fmt::join(threads, ", "), last, uses);
    const auto at = std::ranges::find(speedups, sharing.threads, &Speedup::threads);
    if (at != speedups.end() && at->predicted && at->with_lines_moving)
        text +=
            fmt::format(" With {} threads and the cache lines moving, it reaches {:.1f}× instead of {:.1f}×.",
                        at->threads, *at->with_lines_moving, at->predicted->value);
    return text;
}

std::string limited_by_false_sharing(const FalseSharing& sharing, const std::vector<Speedup>& speedups) {
    const auto at = std::ranges::find(speedups, sharing.threads, &Speedup::threads);
    if (at == speedups.end() || !at->with_lines_moving) return "";
    return fmt::format(
        "With {} threads it reaches {:.0f} % of the ideal speed-up. What limits it: cache lines that move "
        "from "
        "core to core.",
        at->threads, 100 * *at->with_lines_moving / at->threads);
}

std::string evasion_in_words(const std::string& where) {
    return fmt::format("The checks may not see all that it does ({}): a person should read it.", where);
}

std::string with_dot(std::string text) {
    if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != '`') text += '.';
    return text;
}

}  // namespace grader
