#include "check/outcome.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "check/finding_in_words.hpp"
#include "sandbox/run.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

using End = CallResult::End;
using Kind = SanitizerFinding::Kind;

constexpr int max_lines = 1 << 20;  // in a source file

std::string signal_name(int number) {
    switch (number) {
        case SIGSEGV:
            return "a segmentation fault (memory that isn't its own)";
        case SIGFPE:
            return "an arithmetic fault (a division of whole numbers by zero?)";
        case SIGABRT:
            return "abort()";
        case SIGILL:
            return "an illegal instruction";
        case SIGBUS:
            return "a bus error (memory that isn't there)";
        default:
            return fmt::format("signal {}", number);
    }
}

/// Names the frames that a sanitizer couldn't name itself (clang without llvm-symbolizer).
Symbolizer addr2line_of(const fs::path& program) {
    return [program](std::string_view, std::uint64_t offset) -> std::vector<SourceLocation> {
        sandbox::Launch launch;
        launch.argv = {"addr2line", "-Cfi", "-e", program.string(), fmt::format("{:#x}", offset)};
        launch.environment = sandbox::toolchain_environment();
        try {
            return read_addr2line_output(sandbox::run(launch, 20, 4096).output);
        } catch (const std::system_error&) {
            return {};
        }
    };
}

std::vector<SanitizerFinding> findings_in(const std::string& report, const Attempt& attempt,
                                          Flavour flavour) {
    return read_sanitizer_report(report, source_path(attempt.lesson, attempt.version),
                                 addr2line_of(*attempt.built(flavour).program));
}

/// The finding in words, with the pixel or variable concerned and the source lines.
std::string explain(const SanitizerFinding& finding, const RunningProgram& program,
                    const std::string& source) {
    std::string subject;
    for (const Access& access : finding.accesses)
        if (const auto pixel = program.pixel_at(access.address); pixel && subject.empty())
            subject = fmt::format("pixel ({}, {})", pixel->first, pixel->second);
    if (const std::string name = name_of_shared_object(finding, source); subject.empty() && !name.empty())
        subject = fmt::format("`{}`", name);
    std::string text = sentence_for_student(finding, subject);
    std::set<int> quoted;
    for (const Access& access : finding.accesses) {
        if (!access.where || !quoted.insert(access.where->line).second) continue;
        if (const std::string line = source_line(source, access.where->line); !line.empty())
            text += fmt::format(" Line {}: `{}`", access.where->line, line);
    }
    return text;
}

const SanitizerFinding* find(const std::vector<SanitizerFinding>& findings, Kind kind) {
    const auto found = std::ranges::find(findings, kind, &SanitizerFinding::kind);
    return found == findings.end() ? nullptr : &*found;
}

/// The first race that is evidence.
const SanitizerFinding* find_race(const std::vector<SanitizerFinding>& findings, const Built& built) {
    const auto found = std::ranges::find_if(findings, [&](const SanitizerFinding& finding) {
        return finding.kind == Kind::race && why_no_evidence(finding, built.imports) == nullptr;
    });
    return found == findings.end() ? nullptr : &*found;
}

bool adds_to(const std::string& source, const std::string& name) {
    for (const char* pattern : {"{} +=", "{} -=", "{0} = {0} +", "++{}", "{}++"})
        if (source.find(fmt::format(fmt::runtime(pattern), name)) != std::string::npos) return true;
    return false;
}

/// The symptom that a race shows, if it shows one.
std::optional<Symptom> symptom_of_race(const SanitizerFinding& race, const RunningProgram& program,
                                       const std::string& source) {
    const auto& accesses = race.accesses;
    const auto line = [&](const Access& access) {
        return access.where ? source_line(source, access.where->line) : std::string();
    };
    const auto by_caller = [](const Access& access) { return access.thread == "main thread"; };
    const auto counts_a_loop = [&](const Access& access) {
        return by_caller(access) && access.is_write && line(access).starts_with("for (");
    };
    if (std::ranges::any_of(accesses, counts_a_loop)) return Symptom::loop_counter_race;
    if (std::ranges::any_of(accesses, by_caller)) return std::nullopt;

    const std::string name = name_of_shared_object(race, source);
    const bool all_write = std::ranges::all_of(accesses, &Access::is_write);
    const bool of_image = std::ranges::any_of(
        accesses, [&](const Access& access) { return program.pixel_at(access.address).has_value(); });
    if (!of_image && !name.empty() && std::ranges::all_of(name, is_identifier))
        return adds_to(source, name) ? std::optional(Symptom::accumulator_race) : std::nullopt;
    const bool one_place = !accesses.empty() && std::ranges::all_of(accesses, [&](const Access& access) {
        return access.where && accesses.front().where && access.where->line == accesses.front().where->line;
    });
    // If two threads store the same element, their shares overlap.
    const bool stores = one_place && line(accesses.front()).find(" = ") != std::string::npos;
    return all_write && stores ? std::optional(Symptom::store_race) : std::nullopt;
}

struct Death {
    Verdict verdict = Verdict::crash;
    std::string message;
    std::optional<Symptom> symptom = {};
};

constexpr const char* index_error = "kit::index_error: ";

/// The text of "kit::index_error: …" without that name, followed by the source line that its final "(line 9)"
/// names.
std::string explain_index_error(const std::string& what, const std::string& source) {
    const std::string text = what.substr(std::string(index_error).size());
    const std::string before = "(line ";
    const std::size_t at = text.rfind(before);
    if (at == std::string::npos) return text;
    int number = 0;
    std::from_chars(text.data() + at + before.size(), text.data() + text.size(), number);
    const std::string line = source_line(source, std::min(number, max_lines));
    return line.empty() ? text : fmt::format("{}: `{}`", text, line);
}

/// The death by std::terminate, called for a thread's uncaught exception or without one.
Death of_terminate(const std::string& what, const std::string& source) {
    if (what.starts_with(index_error)) return {Verdict::memory_error, explain_index_error(what, source)};
    if (what.starts_with("std::bad_alloc")) return {Verdict::out_of_memory, "a thread got no more memory"};
    if (what.starts_with("kit::not_implemented")) return {Verdict::not_started, ""};
    if (what.starts_with("no exception"))
        return {Verdict::crash,
                "std::terminate was called without an exception: was a std::thread destroyed before join()?",
                Symptom::terminated_without_exception};
    return {Verdict::crash, fmt::format("an exception left a thread: {}", what)};
}

Death understand_death(RunningProgram& program, const sandbox::Exit& exit, const Attempt& attempt,
                       Flavour flavour) {
    // The standard library writes a failed assertion to the output, not to the report. A program that prints
    // such a line for fun fails.
    const auto findings = findings_in(program.output() + program.report(), attempt, flavour);
    const auto explained = [&](const SanitizerFinding& finding) {
        return explain(finding, program, attempt.source());
    };
    if (const auto* race = find_race(findings, attempt.built(flavour)))
        return {Verdict::race, explained(*race), symptom_of_race(*race, program, attempt.source())};
    if (const auto* error = find(findings, Kind::memory_error))
        return {Verdict::memory_error, explained(*error)};
    if (const auto* memory = find(findings, Kind::out_of_memory))
        return {Verdict::out_of_memory, explained(*memory)};
    if (const auto* ended = find(findings, Kind::terminated))
        return of_terminate(ended->what, attempt.source());
    if (const auto* crash = find(findings, Kind::crash)) return {Verdict::crash, explained(*crash)};
    if (program.died_for_lack_of_memory())
        throw Error(ExitCode::environment,
                    fmt::format("the machine ran out of memory while it ran {}", attempt.name()),
                    "end other programs (free -h shows the memory), then grade again");
    if (exit.signal == SIGKILL)
        return {Verdict::out_of_memory,
                fmt::format("the operating system stopped the program, as it does when memory runs out "
                            "(at most {} MB may be used)",
                            program.limits().memory_mb)};
    if (exit.signal != 0) return {Verdict::crash, "the program was ended by " + signal_name(exit.signal)};
    return {Verdict::crash,
            fmt::format("the program ended itself (exit code {}) instead of returning from {}", exit.code,
                        attempt.name())};
}

}  // namespace

std::string source_line(const std::string& source, int number) {
    std::istringstream lines(source);
    std::string line;
    for (int i = 0; i < number; ++i)
        if (!std::getline(lines, line)) return {};
    if (line.ends_with('\r')) line.pop_back();
    const std::size_t start = line.find_first_not_of(" \t");
    return start == std::string::npos ? "" : line.substr(start, 120);
}

Check outcome_of(const CallResult& result, RunningProgram& program, const Attempt& attempt, Flavour flavour) {
    const Limits& limits = program.limits();
    Check check;
    check.flavour = flavour;
    const auto set = [&](Verdict verdict, std::string message) {
        check.outcome = verdict;
        check.message = std::move(message);
    };
    switch (result.end) {
        case End::done:
            break;
        case End::not_implemented:
            set(Verdict::not_started, "");
            break;
        case End::threw:
            if (result.text.starts_with(index_error)) {
                set(Verdict::memory_error, printable(explain_index_error(result.text, attempt.source())));
            } else {
                set(Verdict::crash, "an exception left the function: " + printable(result.text));
            }
            break;
        case End::out_of_memory:
            set(Verdict::out_of_memory,
                fmt::format("it needs more memory than there is (at most {} MB may be used)",
                            limits.memory_mb));
            break;
        case End::resized:
            set(Verdict::wrong, fmt::format("the image came back with {} rows and {} columns",
                                            result.shape.rows, result.shape.cols));
            break;
        case End::busy:
            set(Verdict::timeout,
                fmt::format("no answer after {} s of CPU time: does a loop never end?", limits.cpu_s));
            break;
        case End::idle:
            set(Verdict::timeout,
                attempt.version.threaded()
                    ? fmt::format(
                          "every thread has been waiting for {} s: a deadlock, each waiting for another",
                          limits.idle_s)
                    : fmt::format("it has been waiting for {} s without computing anything: for what?",
                                  limits.idle_s));
            if (attempt.version.threaded()) check.symptom = Symptom::all_threads_blocked;
            break;
        case End::slow:
            set(Verdict::timeout, fmt::format("no answer after {} s", limits.wall_s));
            break;
        case End::crowd:
            set(Verdict::crash, fmt::format("it was stopped with more than {} threads", limits.threads));
            break;
        case End::nonsense:
            set(Verdict::crash, "the program wrote into the grader's own connection");
            break;
        case End::died: {
            Death death = understand_death(program, program.exit(), attempt, flavour);
            set(death.verdict, printable(death.message));
            check.symptom = death.symptom;
            break;
        }
        case End::broke: {
            if (result.broken.signal == SIGXCPU) {
                set(Verdict::timeout, "one call takes seconds of CPU time: does a loop never end?");
                break;
            }
            Death death = understand_death(program, result.broken, attempt, flavour);
            set(death.verdict, printable(death.message));
            check.symptom = death.symptom;
            break;
        }
        case End::stuck:
            set(Verdict::timeout, "a deadlock: every thread waits, and none can go on");
            check.symptom = Symptom::all_threads_blocked;
            break;
        case End::endless:
            set(Verdict::timeout, "the threads ask and ask, and none gets any further");
            break;
        case End::outside:
            set(Verdict::memory_error, "it leaves the image");
            break;
        case End::abandoned:
            check.message = "its threads are too many to try out their schedules";
            break;
    }
    check.details = printable(program.report(), true);
    return check;
}

Races races_in(RunningProgram& program, const Attempt& attempt) {
    const Built& built = attempt.built(Flavour::tsan);
    const auto findings = findings_in(program.report(), attempt, Flavour::tsan);
    Races races;
    if (const auto* race = find_race(findings, built)) {
        Check& evident = races.evident.emplace();
        evident.outcome = Verdict::race;
        evident.message = printable(explain(*race, program, attempt.source()));
        evident.symptom = symptom_of_race(*race, program, attempt.source());
        evident.details = printable(program.report(), true);
    } else if (const auto* no_evidence = find(findings, Kind::race)) {
        races.doubted = why_no_evidence(*no_evidence, built.imports);
    }
    races.is_text_lost = program.race_reports() > thread_sanitizer_reports(program.report());
    return races;
}

std::string death_of_thread_sanitizer(RunningProgram& program, const Attempt& attempt) {
    // If the sanitizer breaks down while it reports, it writes this to the output, not to the report.
    const auto findings = findings_in(program.output() + program.report(), attempt, Flavour::tsan);
    if (find(findings, Kind::race) != nullptr) return {};
    if (const auto* broken = find(findings, Kind::unavailable))
        return fmt::format("the thread sanitizer itself broke down ({})", broken->what);
    // Once initialised, TSan reports every fault, so this one came earlier, as in the resolvers of
    // target_clones.
    const bool silent = findings.empty() && program.exit().signal == SIGSEGV;
    return silent ? "the program ended before the thread sanitizer had started" : "";
}

}  // namespace grader
