#include "report/summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

#include "base/text.hpp"
#include "report/in_words.hpp"
#include "report/to_do.hpp"

namespace grader {

namespace {

using Colour = Terminal::Colour;

Colour colour_of(const Graded& graded) {
    if (is_open(graded)) return Colour::dim;
    return graded.verdict == Verdict::pass ? Colour::green : Colour::red;
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
    // A wider interval doesn't tell linear growth from quadratic.
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
    const Colour colour = colour_of(graded);
    const std::string kept = graded.reused && graded.verdict != Verdict::not_started
                                 ? "  kept from " + graded.graded_at.substr(0, 16)
                                 : "";
    terminal.line(fmt::format("  {} {:<11} {} {:5.1f} of {:<3.0f}{}", terminal.paint(colour, sign_of(graded)),
                              graded.version,
                              terminal.paint(colour, fmt::format("{:<16}", verdict_in_words(graded))),
                              graded.score, graded.max_score, terminal.paint(Colour::dim, kept)));
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

/// The first thing to do, and a stub to go on with if that isn't one.
std::string next_step(const Result& result) {
    const std::vector<const Graded*> open = to_do(result);
    if (open.empty()) {
        return result.score() > 99.9 ? "full marks. Open the report and look at the curves."
                                     : "look at the report.";
    }
    const Graded& first = *open.front();
    if (is_open(first)) {
        const bool any_pass = std::ranges::any_of(
            result.versions, [](const Graded& graded) { return graded.verdict == Verdict::pass; });
        return fmt::format("{} with {}{} {}", any_pass ? "go on" : "start", label(first),
                           first.next.starts_with("make ") ? ":" : ".", first.next);
    }
    if (first.verdict != Verdict::pass) return fmt::format("mend {}. {}", label(first), first.next);
    const double left = first.max_score - first.score;
    const std::string gain =
        left < 0.05 ? fmt::format("{} has all points, but: {}", label(first), first.next)
                    : fmt::format("{} can gain another {:.1f} points. {}", label(first), left, first.next);
    const auto stub = std::ranges::find_if(open, [](const Graded* graded) { return is_open(*graded); });
    return stub == open.end() ? gain : fmt::format("{} Or go on with {}.", gain, label(**stub));
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
