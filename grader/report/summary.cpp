#include "report/summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

#include "base/text.hpp"

namespace grader {

namespace {

using Colour = Terminal::Colour;

std::string sign(const std::optional<Verdict>& verdict) {
    if (!verdict || verdict == Verdict::not_started) return "·";
    return verdict == Verdict::pass ? "✓" : "✗";
}

Colour colour_of(const std::optional<Verdict>& verdict) {
    if (!verdict || verdict == Verdict::not_started) return Colour::dim;
    return verdict == Verdict::pass ? Colour::green : Colour::red;
}

/// The speed of a version in a few words.
std::string measured_in_words(const Graded& graded) {
    const Measured& measured = graded.measured;
    if (measured.sweep.empty()) return "";
    const SweepPoint& point = measured.sweep[std::min<std::size_t>(3, measured.sweep.size() - 1)];
    std::string text = fmt::format(
        "{} for {}×{}{} ({} a pixel)", duration(point.time_s), point.shape.rows, point.shape.cols,
        point.threads > 1
            ? fmt::format(" with {} threads{}", point.threads, point.cores == 1 ? " on one core" : "")
            : "",
        duration(point.time_s / static_cast<double>(point.shape.pixels())));
    // A wider interval can't tell linear growth from quadratic.
    if (measured.exponent && measured.exponent->high - measured.exponent->low < 1)
        text += fmt::format("; grows like pixels^{:.2f} ({:.2f} to {:.2f})", measured.exponent->value,
                            measured.exponent->low, measured.exponent->high);
    if (!measured.speedup.empty()) {
        std::vector<std::string> speedups;
        for (const Speedup& speedup : measured.speedup)
            if (speedup.predicted)
                speedups.push_back(fmt::format("{:.1f}× with {}", speedup.predicted->value, speedup.threads));
        if (speedups.empty()) {
            const Speedup& first = measured.speedup.front();
            text +=
                fmt::format("; {:.2f}× on {} threads by wall clock", first.wall.value().value, first.threads);
        } else {
            text += fmt::format("; predicted speed-up {} threads", fmt::join(speedups, ", "));
        }
    } else if (measured.ratio && graded.version == graded.baseline) {
        text += fmt::format("; {} as fast as the reference", factor(measured.ratio->value));
    } else if (measured.ratio) {
        text +=
            fmt::format("; {} as fast as the reference's {}", factor(measured.ratio->value), graded.baseline);
    }
    return text;
}

void print_version(Terminal& terminal, const Graded& graded, bool in_full) {
    const Colour colour = colour_of(graded.verdict);
    const std::string verdict = graded.verdict ? title(*graded.verdict) : "not graded yet";
    const std::string kept = graded.reused && graded.verdict != Verdict::not_started
                                 ? "  kept from " + graded.graded_at.substr(0, 16)
                                 : "";
    terminal.line(fmt::format("  {} {:<11} {} {:5.1f} of {:<3.0f}{}",
                              terminal.paint(colour, sign(graded.verdict)), graded.version,
                              terminal.paint(colour, fmt::format("{:<16}", verdict)), graded.score,
                              graded.max_score, terminal.paint(Colour::dim, kept)));
    if (!in_full) return;
    if (const std::string words = measured_in_words(graded); !words.empty())
        terminal.line(terminal.paint(Colour::dim, wrapped(words, text_indent)));
    if (!graded.message.empty() && graded.verdict) terminal.line(wrapped(graded.message, text_indent));
    if (graded.verdict == Verdict::build_error) {
        std::istringstream lines(first_lines(graded.details, 12));
        for (std::string line; std::getline(lines, line);) terminal.line(text_indent + line);
    }
    if (!graded.scaling.empty() && graded.verdict == Verdict::pass)
        terminal.line(wrapped(graded.scaling, text_indent));
    for (const std::string& flag : graded.flags)
        terminal.line(terminal.paint(Colour::yellow, fmt::format("{}flag: {}", text_indent, flag)));
    if (!graded.next.empty() && graded.verdict && graded.verdict != Verdict::not_started)
        terminal.line(wrapped_advice("→ " + graded.next, text_indent));
}

/// The first version, in the order of the lessons, of which that holds.
template <class Condition>
const Graded* first(const Result& result, Condition&& condition) {
    const auto found = std::ranges::find_if(result.versions, condition);
    return found == result.versions.end() ? nullptr : &*found;
}

bool is_failed(const Graded& graded) {
    return graded.verdict && graded.verdict != Verdict::pass && graded.verdict != Verdict::not_started;
}

/// Still to be written, or written and not graded yet.
bool is_ahead(const Graded& graded) {
    return !graded.verdict || graded.verdict == Verdict::not_started;
}

bool can_gain(const Graded& graded) {
    return graded.verdict == Verdict::pass && !graded.next.empty();
}

/// What was just written comes first: mend it, then improve it. Only then the next stub.
std::string next_step(const Result& result) {
    const auto label = [](const Graded& graded) { return graded.lesson + "::" + graded.version; };
    if (const Graded* failed = first(result, is_failed))
        return fmt::format("mend {}. {}", label(*failed), failed->next);
    const Graded* stub = first(result, is_ahead);
    const Graded* improvable =
        first(result, [](const Graded& graded) { return can_gain(graded) && !graded.reused; });
    if (improvable == nullptr && stub == nullptr) improvable = first(result, can_gain);
    if (improvable != nullptr) {
        const std::string gain = fmt::format("{} can gain another {:.1f} points. {}", label(*improvable),
                                             improvable->max_score - improvable->score, improvable->next);
        return stub == nullptr ? gain : fmt::format("{} Or go on with {}.", gain, label(*stub));
    }
    if (stub != nullptr) {
        const bool any_pass =
            first(result, [](const Graded& graded) { return graded.verdict == Verdict::pass; }) != nullptr;
        return fmt::format("{} with {}{} {}", any_pass ? "go on" : "start", label(*stub),
                           stub->next.starts_with("make ") ? ":" : ".", stub->next);
    }
    return result.score() > 99.9 ? "full marks. Open the report and look at the curves."
                                 : "look at the report.";
}

}  // namespace

void print_summary(Terminal& terminal, const Result& result, const std::vector<std::string>& messages,
                   const std::string& page, const std::function<bool(const Graded&)>& in_full) {
    for (const Lesson& lesson : result.lessons) {
        terminal.line();
        terminal.line(terminal.paint(Colour::bold, lesson.name) + "  " + lesson.title);
        for (const Graded& graded : result.versions)
            if (graded.lesson == lesson.name) print_version(terminal, graded, in_full(graded));
    }
    terminal.line();
    for (const std::string& message : messages) terminal.line(terminal.paint(Colour::yellow, message));
    terminal.line(terminal.paint(Colour::bold, fmt::format("Score   {:.1f} of 100", result.score())));
    terminal.line(wrapped_advice(next_step(result), "Next    "));
    if (!page.empty()) terminal.line("Report  " + page);
}

}  // namespace grader
