#include "check.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

#include "error.hpp"
#include "evasion.hpp"
#include "files.hpp"
#include "flags.hpp"
#include "intake.hpp"
#include "random_image.hpp"
#include "sandbox/usage.hpp"
#include "sanitizer_report.hpp"
#include "text.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

using End = CallResult::End;
using Kind = SanitizerFinding::Kind;

constexpr int max_lines = 1 << 20;  // of a source file

const char* what_looks_on(Flavour flavour) {
    return flavour == Flavour::tsan ? "thread sanitizer" : "address sanitizer";
}

std::string describe(const CheckCase& at, bool threaded) {
    const std::string size = fmt::format("{}×{}", at.shape.rows, at.shape.cols);
    return threaded ? fmt::format("{}, {}", count_of(at.threads, "thread"), size) : size;
}

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

std::vector<SanitizerFinding> findings_in(const std::string& report, const Job& job, Flavour flavour) {
    return read_sanitizer_report(report, source_path(job.lesson, job.version),
                                 addr2line_of(*job.builds.at(flavour).get().program));
}

std::string source_line(const std::string& source, int number) {
    std::istringstream lines(source);
    std::string line;
    for (int i = 0; i < number; ++i)
        if (!std::getline(lines, line)) return {};
    if (line.ends_with('\r')) line.pop_back();
    const std::size_t start = line.find_first_not_of(" \t");
    return start == std::string::npos ? "" : line.substr(start, 120);
}

/// The finding in words, with the pixel or variable that it is about and the lines of source.
std::string explain(const SanitizerFinding& finding, const Worker& worker, const std::string& source) {
    std::string subject;
    for (const Access& access : finding.accesses)
        if (const auto pixel = worker.pixel_at(access.address); pixel && subject.empty())
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

/// The mistake that a race gives away, or none.
std::string mistake_of_race(const SanitizerFinding& race, const Worker& worker, const std::string& source) {
    const auto& accesses = race.accesses;
    const auto line = [&](const Access& access) {
        return access.where ? source_line(source, access.where->line) : std::string();
    };
    const auto by_caller = [](const Access& access) { return access.thread == "main thread"; };
    const auto counts_a_loop = [&](const Access& access) {
        return by_caller(access) && access.is_write && line(access).starts_with("for (");
    };
    if (std::ranges::any_of(accesses, counts_a_loop)) return "loop_variable_by_reference";
    if (std::ranges::any_of(accesses, by_caller)) return "";

    const std::string name = name_of_shared_object(race, source);
    const bool all_write = std::ranges::all_of(accesses, &Access::is_write);
    const bool of_image = std::ranges::any_of(
        accesses, [&](const Access& access) { return worker.pixel_at(access.address).has_value(); });
    if (!of_image && !name.empty() && std::ranges::all_of(name, is_identifier))
        return adds_to(source, name) ? "shared_accumulator" : "";
    const bool one_place = !accesses.empty() && std::ranges::all_of(accesses, [&](const Access& access) {
        return access.where && accesses.front().where && access.where->line == accesses.front().where->line;
    });
    // Two threads that store the same element have shares that overlap.
    const bool stores = one_place && line(accesses.front()).find(" = ") != std::string::npos;
    return all_write && stores ? "overlapping_bands" : "";
}

struct Death {
    Verdict verdict = Verdict::crash;
    std::string message;
    std::string mistake;
};

constexpr const char* index_error = "kit::index_error: ";

/// "kit::index_error: …" without its name, and with the line of source that it ends on, as "(line 9)".
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

/// A thread's uncaught exception, or none.
Death of_terminate(const std::string& what, const std::string& source) {
    if (what.starts_with(index_error)) return {Verdict::memory_error, explain_index_error(what, source), ""};
    if (what.starts_with("std::bad_alloc"))
        return {Verdict::out_of_memory, "a thread got no more memory", ""};
    if (what.starts_with("kit::not_implemented")) return {Verdict::not_started, "", ""};
    if (what.starts_with("no exception"))
        return {Verdict::crash,
                "std::terminate was called without an exception: was a std::thread destroyed before join()?",
                "thread_not_joined"};
    return {Verdict::crash, fmt::format("an exception left a thread: {}", what), ""};
}

Death understand_death(Worker& worker, const Job& job, Flavour flavour) {
    // A failed assertion of the standard library is printed, not reported. Whoever prints one for fun fails.
    const auto findings = findings_in(worker.output() + worker.report(), job, flavour);
    const auto explained = [&](const SanitizerFinding& finding) {
        return explain(finding, worker, job.source);
    };
    if (const auto* race = find_race(findings, job.builds.at(flavour).get()))
        return {Verdict::race, explained(*race), mistake_of_race(*race, worker, job.source)};
    if (const auto* error = find(findings, Kind::memory_error))
        return {Verdict::memory_error, explained(*error), ""};
    if (const auto* memory = find(findings, Kind::out_of_memory))
        return {Verdict::out_of_memory, explained(*memory), ""};
    if (const auto* ended = find(findings, Kind::terminated)) return of_terminate(ended->what, job.source);
    if (const auto* crash = find(findings, Kind::crash)) return {Verdict::crash, explained(*crash), ""};
    const sandbox::Exit exit = worker.exit();
    if (worker.died_for_lack_of_memory())
        throw Error(ExitCode::environment,
                    fmt::format("the machine ran out of memory while it ran {}::{}", job.lesson.name,
                                job.version.name),
                    "end other programs (free -h shows the memory), then grade again");
    if (exit.signal == SIGKILL)
        return {Verdict::out_of_memory,
                fmt::format("the operating system stopped the program, as it does when memory runs out "
                            "(at most {} MB may be used)",
                            worker.limits().memory_mb),
                ""};
    if (exit.signal != 0) return {Verdict::crash, "the program was ended by " + signal_name(exit.signal), ""};
    return {Verdict::crash,
            fmt::format("the program ended itself (exit code {}) instead of returning from {}::{}", exit.code,
                        job.lesson.name, job.version.name),
            ""};
}

/// Why a death under the thread sanitizer is the sanitizer's own; empty: it is the program's. Whoever forges
/// one has a version whose races are flagged as not looked for.
std::string death_of_thread_sanitizer(Worker& worker, const Job& job) {
    // What goes wrong while it reports goes where programs print.
    const auto findings = findings_in(worker.output() + worker.report(), job, Flavour::tsan);
    if (find(findings, Kind::race) != nullptr) return {};
    if (const auto* broken = find(findings, Kind::unavailable))
        return fmt::format("the thread sanitizer itself broke down ({})", broken->what);
    // Once it is up, it reports every fault: this one came before, as in the resolvers of target_clones.
    const bool silent = findings.empty() && worker.exit().signal == SIGSEGV;
    return silent ? "the program ended before the thread sanitizer was up" : "";
}

std::string number(double pixel) {
    return fmt::format("{:.17g}", pixel);
}

}  // namespace

Check outcome_of(const CallResult& result, Worker& worker, const Job& job, Flavour flavour) {
    const Limits& limits = worker.limits();
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
                set(Verdict::memory_error, printable(explain_index_error(result.text, job.source)));
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
                job.version.threaded()
                    ? fmt::format(
                          "every thread has been waiting for {} s: a deadlock, each waiting for another",
                          limits.idle_s)
                    : fmt::format("it has been waiting for {} s without computing anything: for what?",
                                  limits.idle_s));
            if (job.version.threaded()) check.mistake = "deadlock";
            break;
        case End::slow:
            set(Verdict::timeout, fmt::format("no answer after {} s", limits.wall_s));
            break;
        case End::flood:
            set(Verdict::crash,
                fmt::format("it was stopped after printing more than {} KB", limits.output_kb));
            break;
        case End::crowd:
            set(Verdict::crash, fmt::format("it was stopped with more than {} threads", limits.threads));
            break;
        case End::nonsense:
            set(Verdict::crash, "the program wrote into the grader's own connection");
            break;
        case End::died: {
            Death death = understand_death(worker, job, flavour);
            set(death.verdict, printable(death.message));
            check.mistake = death.mistake;
        }
    }
    check.details = printable(worker.report(), true);
    return check;
}

namespace {

/// The checks of one version in one flavour, with the worker that they share. After a death or a race the
/// rest is left out: it would say the same again.
class Suite {
  public:
    Suite(const Job& job, Flavour flavour, References& references)
        : job_(job),
          flavour_(flavour),
          references_(references),
          limits_(flavour == Flavour::timed ? job.lesson.limits : sanitized(job.lesson.limits)) {}

    /// For a program that has already run out of time without a sanitizer: no more of it than then.
    void be_impatient() {
        limits_.cpu_s = job_.lesson.limits.cpu_s;
        limits_.wall_s = job_.lesson.limits.wall_s;
    }

    [[nodiscard]] bool over() const { return over_; }
    [[nodiscard]] std::string name() const {
        return fmt::format("{}/{}/{}", job_.lesson.name, job_.version.name, grader::name(flavour_));
    }
    /// Among all suites of this process, of which GoogleTest forgets none.
    [[nodiscard]] std::string unique_name() const { return fmt::format("{}/{}", name(), number_); }
    [[nodiscard]] const Job& job() const { return job_; }
    [[nodiscard]] Flavour flavour() const { return flavour_; }

    void expect_case() { ++expected_cases_; }
    Check run(const CheckCase& at);
    void conclude(const testing::TestResult& result);
    void finish();
    void add_to(Checked& checked) const;

  private:
    Check call(const CheckCase& at);
    Check judge(const CheckCase& at);
    void compare(const CheckCase& at, std::span<const double> actual, std::uint64_t returned, Check& check);
    void look_for_race(Check& check);
    void not_checked(Check& check, std::string why);

    const Job& job_;
    Flavour flavour_;
    References& references_;
    Limits limits_;
    std::unique_ptr<Worker> worker_;
    std::string output_;
    bool over_ = false;
    static inline std::size_t count_ = 0;
    std::size_t number_ = ++count_;
    std::size_t expected_cases_ = 0;
    std::size_t concluded_cases_ = 0;
    std::optional<Check> running_;        // that GoogleTest hasn't concluded yet
    const Unsupported* doubt_ = nullptr;  // why races that were reported are no evidence
    std::vector<Check> checks_;
    std::optional<Mismatch> mismatch_;
    std::unique_ptr<CandidateRunner> candidates_;
    Judgement judgement_;
    bool noticed_ = false;  // a candidate that came back with a wrong image was rejected
};

Check Suite::run(const CheckCase& at) {
    Check check = call(at);
    check.flavour = flavour_;
    check.at = at;
    const bool of_this_case =
        check.outcome && check.outcome != Verdict::pass && check.outcome != Verdict::build_error;
    if (of_this_case && !check.message.empty() && !job_.lesson.judging)
        check.message = fmt::format("{}: {}", describe(at, job_.version.threaded()), check.message);
    running_ = check;
    return check;
}

/// What GoogleTest says of a case is its outcome: without its word nothing has passed.
void Suite::conclude(const testing::TestResult& result) {
    ++concluded_cases_;
    const std::optional<Check> check = std::exchange(running_, std::nullopt);
    if (!check) {
        if (!result.Skipped())
            throw Error(ExitCode::environment, fmt::format("{}: a case ended without a result", name()));
        return;
    }
    if (result.Passed() != (check->outcome == Verdict::pass))
        throw Error(ExitCode::environment,
                    fmt::format("{}, {}: GoogleTest says otherwise than the comparison", name(),
                                describe(check->at, true)));
    // A wrong candidate that slips through counts in the judgement: it is no check that failed, nor one that
    // passed.
    const bool of_wrong_candidate =
        job_.lesson.judging && check->outcome == Verdict::pass &&
        !references_.candidates(*job_.lesson.judging).candidates()[check->at.candidate].right();
    if (!of_wrong_candidate) checks_.push_back(*check);
}

Check Suite::call(const CheckCase& at) {
    Check check;
    if (!references_.works(job_.lesson, flavour_)) {
        not_checked(check, fmt::format("the {} doesn't run on this machine", what_looks_on(flavour_)));
        return check;
    }
    const Built& built = job_.builds.at(flavour_).get();
    if (!built.program) {
        check.outcome = Verdict::build_error;
        check.message = fmt::format("it compiles, but not with the {}", what_looks_on(flavour_));
        check.details = built.diagnostics;
        over_ = true;
        return check;
    }
    if (!worker_) {
        const std::size_t most_pixels =
            job_.lesson.judging ? job_.lesson.judging->pixels : job_.lesson.most_checked_pixels();
        worker_ = std::make_unique<Worker>(*built.program, flavour_, limits_, most_pixels);
    }
    if (job_.lesson.judging) return judge(at);
    const std::span<double> image = worker_->image(0, at.shape.pixels());
    fill_random(image, at.seed);
    const CallResult result = worker_->checked_call(at.shape, at.threads);
    check = outcome_of(result, *worker_, job_, flavour_);
    over_ = check.outcome && check.outcome != Verdict::wrong;
    if (flavour_ == Flavour::tsan && result.end == End::died)
        if (std::string why = death_of_thread_sanitizer(*worker_, job_); !why.empty()) {
            check = {};
            not_checked(check, std::move(why));
        }
    if (result.end == End::done) compare(at, image, result.fingerprint, check);
    look_for_race(check);
    return check;
}

Check Suite::judge(const CheckCase& at) {
    const Judging& judging = *job_.lesson.judging;
    const CandidateProgram& program = references_.candidates(judging);
    if (!candidates_) candidates_ = std::make_unique<CandidateRunner>(program, judging);
    const Candidate& candidate = program.candidates().at(at.candidate);
    unsigned calls = 0;
    std::string failure;  // of the candidate
    const CallResult result = worker_->judge([&](const Shape& shape, std::span<double> pixels) {
        failure = ++calls > judging.calls ? fmt::format("it was called more than {} times", judging.calls)
                                          : candidates_->run(at.candidate, shape, pixels);
        return failure.empty();
    });
    // A candidate's failure that accepts() lets through is as good as a no.
    const bool let_through = result.end == End::threw && !failure.empty();
    Check check;
    if (!let_through) check = outcome_of(result, *worker_, job_, flavour_);
    over_ = check.outcome.has_value();
    look_for_race(check);
    if (over_) return check;
    const bool accepted = result.accepted && !let_through;
    check.outcome = Verdict::pass;
    if (candidate.right()) {
        if (!accepted) {
            check.outcome = Verdict::wrong;
            check.message = fmt::format("it rejects a version that is right ({}){}", candidate.file.label,
                                        failure.empty() ? "" : ": " + failure);
        }
        return check;
    }
    ++judgement_.wrong;
    if (accepted)
        ++judgement_.slipped[candidate.file.mistake];
    else
        ++judgement_.rejected;
    noticed_ = noticed_ || (!accepted && failure.empty());
    return check;
}

/// `returned` is the fingerprint of the image that the function left.
void Suite::compare(const CheckCase& at, std::span<const double> actual, std::uint64_t returned,
                    Check& check) {
    const std::vector<double>& expected = references_.answer(job_.lesson, job_.version, at.shape, at.seed);
    const std::vector<double> answer(actual.begin(), actual.end());  // the worker could still change it
    const auto wrong = difference(expected, answer);
    check.outcome = Verdict::pass;
    if (!wrong && worker::fingerprint(answer) == returned) return;
    check.outcome = Verdict::wrong;
    if (!wrong) {
        check.message =
            "the image was finished only after the function had returned: join every thread first";
        return;
    }
    check.message =
        fmt::format("pixel ({}, {}) is {}, expected {}; {} of {} wrong", wrong->first / at.shape.cols,
                    wrong->first % at.shape.cols, number(answer[wrong->first]),
                    number(expected[wrong->first]), wrong->count, count_of(expected.size(), "pixel"));
    if (!mismatch_) mismatch_ = Mismatch{flavour_, at, wrong->first, wrong->count, expected, answer};
}

void Suite::look_for_race(Check& check) {
    if (flavour_ != Flavour::tsan || check.outcome == Verdict::race) return;
    const Built& built = job_.builds.at(flavour_).get();
    const auto findings = findings_in(worker_->report(), job_, flavour_);
    if (const auto* race = find_race(findings, built)) {
        check.outcome = Verdict::race;
        check.message = printable(explain(*race, *worker_, job_.source));
        check.mistake = mistake_of_race(*race, *worker_, job_.source);
        check.details = printable(worker_->report(), true);
        over_ = true;
    } else if (const auto* no_evidence = find(findings, Kind::race)) {
        doubt_ = why_no_evidence(*no_evidence, built.imports);
        over_ = over_ || !doubt_->only_of_released;  // no race in this program would be evidence
    }
}

void Suite::not_checked(Check& check, std::string why) {
    check.outcome.reset();
    check.message = std::move(why);
    over_ = true;
}

/// Ends the worker, and says so if it reported races that this sanitizer can't be trusted with, and no other.
void Suite::finish() {
    if (concluded_cases_ != expected_cases_ || expected_cases_ == 0)
        throw Error(
            ExitCode::environment,
            fmt::format("{}: GoogleTest ran {} of {} checks", name(), concluded_cases_, expected_cases_),
            "this is a fault of the kit: please report it");
    if (worker_) output_ = printable(worker_->output(), true);
    worker_.reset();
    if (doubt_ == nullptr || checks_.empty() || checks_.back().outcome != Verdict::pass) return;
    not_checked(checks_.back(),
                fmt::format("what it says of races here can't be relied on ({})", doubt_->reason));
}

void Suite::add_to(Checked& checked) const {
    checked.checks.insert(checked.checks.end(), checks_.begin(), checks_.end());
    if (!checked.mismatch) checked.mismatch = mismatch_;
    if (checked.output.empty()) checked.output = output_;
    for (const Check& check : checks_) {
        if (flavour_ == Flavour::timed && check.at.threads == 1 && check.outcome != Verdict::pass)
            checked.right_on_one_thread = false;
        if (!check.outcome)
            checked.flags.emplace_back(flavour_ == Flavour::tsan ? flags::race_not_checked
                                                                 : flags::memory_not_checked);
        if (check.outcome && (!checked.verdict || *check.outcome < *checked.verdict)) {
            checked.verdict = check.outcome;
            checked.message = check.message;
            checked.details = check.details;
            checked.mistake = check.mistake;
        }
    }
    if (flavour_ != Flavour::timed) return;
    if (over_) checked.right_on_one_thread = false;
    if (!job_.lesson.judging || over_) return;
    if (!checked.verdict) checked.verdict = Verdict::pass;  // every case was of a wrong candidate
    checked.judgement = judgement_;
    if (noticed_ || checked.verdict != Verdict::pass) return;
    checked.verdict = Verdict::wrong;
    checked.message = "it accepts whatever comes back, right or wrong";
}

/// One case as GoogleTest sees it.
class CaseTest : public testing::Test {
  public:
    CaseTest(std::shared_ptr<Suite> suite, CheckCase at) : suite_(std::move(suite)), at_(at) {}

  private:
    void TestBody() override {
        if (suite_->over()) GTEST_SKIP() << "left out after the case before";
        const Check check = suite_->run(at_);
        if (!check.outcome) GTEST_SKIP() << check.message;
        EXPECT_EQ(check.outcome, Verdict::pass) << check.message;
    }

    std::shared_ptr<Suite> suite_;
    CheckCase at_;
};

/// Tells the suite that runs what GoogleTest says of each of its cases.
class Listener : public testing::EmptyTestEventListener {
  public:
    void listen_for(Suite& suite) { suite_ = &suite; }
    void OnTestEnd(const testing::TestInfo& test) override { suite_->conclude(*test.result()); }

  private:
    Suite* suite_ = nullptr;
};

/// In an order that nobody can know. Sanitizers look on only for the right candidates and a few others.
std::vector<CheckCase> candidates_in_random_order(const Job& job, const CandidateProgram& program,
                                                  Flavour flavour, std::uint64_t seed) {
    constexpr std::size_t wrong_ones_for_sanitizers = 3;
    std::vector<CheckCase> result;
    for (std::size_t i = 0; i < program.candidates().size(); ++i)
        result.push_back(
            {.shape = {}, .threads = 1, .seed = derived_seed(seed, job.lesson.name, i), .candidate = i});
    std::ranges::sort(result, {}, &CheckCase::seed);
    if (flavour == Flavour::timed) return result;
    std::size_t wrong = 0;
    std::erase_if(result, [&](const CheckCase& at) {
        return !program.candidates()[at.candidate].right() && ++wrong > wrong_ones_for_sanitizers;
    });
    return result;
}

std::vector<CheckCase> cases(const Job& job, Flavour flavour, std::uint64_t seed) {
    std::vector<unsigned> threads = {1};
    if (job.version.threaded()) {
        threads = job.lesson.check_threads;
        const unsigned more_than_cores = sandbox::cores() + 1;
        if (std::ranges::find(threads, more_than_cores) == threads.end()) threads.push_back(more_than_cores);
    }
    const std::vector<CheckedImage> images = checked_images(job.lesson, seed);
    const std::size_t large = job.lesson.check_shapes.size();  // from here on
    std::vector<CheckCase> result;
    for (std::size_t i = 0; i < large; ++i)
        for (const unsigned count : threads) result.push_back({images[i].shape, count, images[i].seed});
    if (flavour == Flavour::timed)
        for (std::size_t i = large; i < images.size(); ++i)
            result.push_back({images[i].shape, threads.back(), images[i].seed});
    return result;
}

void register_suite(const std::shared_ptr<Suite>& suite, References& references, std::uint64_t seed) {
    const Job& job = suite->job();
    const auto& judging = job.lesson.judging;
    for (const CheckCase& at :
         judging ? candidates_in_random_order(job, references.candidates(*judging), suite->flavour(), seed)
                 : cases(job, suite->flavour(), seed)) {
        suite->expect_case();
        testing::RegisterTest(
            suite->unique_name().c_str(),
            judging ? fmt::format("candidate {}", at.candidate).c_str() : describe(at, true).c_str(), nullptr,
            nullptr, __FILE__, __LINE__, [=]() -> testing::Test* { return new CaseTest(suite, at); });
    }
}

/// GoogleTest runs, filters and concludes; what it would print, the reports say. An exception of a case
/// leaves it, and ends the grading. main() has seen to it that no variable of the environment steers it.
Listener& start_googletest() {
    static Listener* const the_listener = [] {
        int argc = 1;
        char program[] = "grader";
        char* argv[] = {program, nullptr};
        testing::InitGoogleTest(&argc, argv);
        testing::GTEST_FLAG(catch_exceptions) = false;
        auto& listeners = testing::UnitTest::GetInstance()->listeners();
        delete listeners.Release(listeners.default_result_printer());
        auto* const listener = new Listener;
        listeners.Append(listener);  // which owns it from now on
        return listener;
    }();
    return *the_listener;
}

void run_suite(Suite& suite, Listener& listener) {
    listener.listen_for(suite);
    testing::GTEST_FLAG(filter) = suite.unique_name() + ".*";
    [[maybe_unused]] const int failed = RUN_ALL_TESTS();  // every outcome is in the suite
    suite.finish();
}

bool can_run(const std::optional<Verdict>& so_far) {
    return so_far != Verdict::not_started && so_far != Verdict::build_error;
}

/// Whether there can be a race: also a version that is to have one thread may start others. A program that
/// can't needn't be run where the sanitizer has trouble of its own, as with the resolvers of target_clones.
bool may_start_threads(const Job& job) {
    if (job.version.threaded()) return true;
    const std::vector<std::string>& imports = job.builds.at(Flavour::timed).get().imports;
    return std::ranges::any_of(imports, [](std::string_view symbol) {
        return symbol == "pthread_create" || symbol == "thrd_create" || symbol == "clone" ||
               symbol == "syscall" || symbol.starts_with("_ZNSt6thread15_M_start_thread") ||
               symbol.starts_with("dl");
    });
}

bool is_checked_in(Flavour flavour, const Job& job) {
    return flavour != Flavour::tsan || may_start_threads(job);
}

/// Once a version is known to be more than a stub: the builds that only then are of use.
void start_rest(Job& job, Builder& builder, References& references) {
    for (const Flavour flavour : all_flavours)
        if (flavour != Flavour::timed && is_checked_in(flavour, job))
            job.builds[flavour] = builder.submitted(job.lesson, job.version, flavour, job.source);
    if (job.lesson.judging) return;
    references.start(job.lesson, job.lesson.version(job.version.speed.baseline));
    references.start(job.lesson, job.version);
}

/// What is known without running anything.
Checked before_running(const Job& job) {
    Checked checked;
    if (job.source.empty()) {
        checked.verdict = job.problem.empty() ? Verdict::not_started : Verdict::build_error;
        checked.message = job.problem;
        return checked;
    }
    const Built& built = job.builds.at(Flavour::timed).get();
    if (!built.program) {
        checked.verdict = Verdict::build_error;
        checked.message = "it doesn't compile";
        checked.details = built.diagnostics;
    }
    checked.advice = built.advice;
    return checked;
}

}  // namespace

std::vector<Checked> check(std::vector<Job>& jobs, Builder& builder, References& references,
                           std::uint64_t seed, const CheckProgress& progress) {
    Listener& listener = start_googletest();
    for (Job& job : jobs)
        if (!job.source.empty())
            job.builds[Flavour::timed] =
                builder.submitted(job.lesson, job.version, Flavour::timed, job.source);
    std::map<std::pair<Flavour, const Job*>, std::shared_ptr<Suite>> suites;
    for (const Flavour flavour : all_flavours) {
        for (const Job& job : jobs) {
            const auto suite = std::make_shared<Suite>(job, flavour, references);
            register_suite(suite, references, seed);
            suites[{flavour, &job}] = suite;
        }
    }
    std::vector<Checked> result(jobs.size());
    for (const Flavour flavour : all_flavours) {
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            if (flavour == Flavour::timed) result[i] = before_running(jobs[i]);
            const std::optional<Verdict> so_far = result[i].verdict;
            if (can_run(so_far) && is_checked_in(flavour, jobs[i])) {
                builder.take_turns();
                Suite& suite = *suites.at({flavour, &jobs[i]});
                if (so_far == Verdict::timeout) suite.be_impatient();
                run_suite(suite, listener);
                suite.add_to(result[i]);
            }
            if (!result[i].verdict)
                throw Error(ExitCode::environment,
                            fmt::format("{}::{}: no check could decide anything", jobs[i].lesson.name,
                                        jobs[i].version.name),
                            "this is a fault of the kit: please report it");
            if (flavour == Flavour::timed && can_run(result[i].verdict))
                start_rest(jobs[i], builder, references);
            progress(jobs[i], flavour, result[i]);
        }
    }
    for (std::size_t i = 0; i < jobs.size(); ++i)
        if (result[i].verdict == Verdict::pass)
            result[i].evasion = evasion(builder, jobs[i].lesson, jobs[i].version, jobs[i].source,
                                        jobs[i].builds.at(Flavour::timed).get().imports);
    return result;
}

}  // namespace grader
