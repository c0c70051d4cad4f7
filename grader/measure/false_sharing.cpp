#include "measure/false_sharing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <utility>

#include "base/image_data.hpp"
#include "check/changed_expression.hpp"
#include "check/schedule_in_words.hpp"
#include "measure/bench.hpp"
#include "measure/scaling.hpp"
#include "measure/side_by_side.hpp"
#include "measure/transfer_cost.hpp"
#include "run/running_program.hpp"
#include "sandbox/machine.hpp"

namespace grader {

namespace {

namespace schedules = worker::schedules;

/// False sharing is told if fetching the line for each use of it would take this share of the call. What it
/// costs here may be less: a core goes on while its stores wait.
constexpr double told_share = 0.1;
/// Less than it takes to start a thread is neither told nor counted.
constexpr double least_fetched_s = 10e-6;
/// The same for the first look, at a small image. The code of that program isn't optimized, so it spends a
/// smaller share of its time so.
constexpr double suspicious_share = 0.02;
/// Lines are counted on images with fewer columns than are timed, one in so many: threads share rows out, as
/// a rule. Where that takes too long, with even fewer.
constexpr std::size_t column_shares[] = {3, 12, 48};

/// If the predicted waits are a smaller share of a call, they aren't compared with the machine's.
constexpr double least_lost_share = 0.01;
/// Calls on the machine's cores:
constexpr std::uint64_t batches_on_cores = 7;
constexpr double least_together = 0.75;  // of the threads that would run at a time

/// A program whose cache lines are counted.
class Counter {
  public:
    Counter(const Attempt& attempt, References& references, const std::filesystem::path& program,
            std::uint64_t seed)
        : program_(attempt, references, program, seed) {}

    /// Empty if the call doesn't end in time, or not as it should.
    std::optional<CallResult> call(const Shape& shape, unsigned threads) {
        auto result = program_.call(shape, threads, {});
        if (!result || !result->schedule.lines) return std::nullopt;
        return result;
    }

    struct Counted {
        ScheduleRun run;
        double part;  // of the timed image's columns
    };

    /// On as many columns as can be counted in time.
    std::optional<Counted> count(const Shape& timed, unsigned threads) {
        for (; column_share_ < std::size(column_shares); ++column_share_) {
            const std::size_t share = column_shares[column_share_];  // NOLINT(*-constant-array-index)
            const Shape shape{timed.rows, (timed.cols + share - 1) / share};
            if (auto result = call(shape, threads))
                return Counted{std::move(result->schedule),
                               static_cast<double>(shape.cols) / static_cast<double>(timed.cols)};
        }
        return std::nullopt;
    }

  private:
    SideBySide program_;
    std::size_t column_share_ = 0;
};

/// How long a thread waits for its cache lines in all, if a step takes step_s. It waits for stores only while
/// it doesn't wait for loads.
double waits_s(const LineRhythms& rhythms, double step_s, const TransferCost& cost) {
    const auto sum = [&](const std::vector<schedules::Rhythm>& of, auto&& wait_s) {
        return std::accumulate(
            of.begin(), of.end(), 0.0, [&](double so_far_s, const schedules::Rhythm& each) {
                const double between_s = each.steps / each.accesses * step_s;
                return so_far_s + each.accesses * wait_s(cost, between_s, each.others / each.accesses);
            });
    };
    return std::max(sum(rhythms.loads, load_wait_s), sum(rhythms.stores, store_wait_s));
}

/// How much longer the call takes, of which a thread's share takes span_s, since its cache lines move: what
/// the threads lose on average, or what the one loses that loses the most.
double lost_s(const LinesRun& run, unsigned threads, double span_s, const TransferCost& cost) {
    const double step_s = span_s / run.steps;
    double most_s = waits_s(run.of_all, step_s, cost) / threads;
    for (const LineRhythms& rhythms : run.of_thread)
        most_s = std::max(most_s, waits_s(rhythms, step_s, cost));
    return most_s;
}

/// How much longer a call takes on the machine's cores than predicted: what moving cache lines cost there,
/// however much of it a core hides. Empty if other programs keep the threads from running side by side.
std::optional<double> excess_s(const Attempt& attempt, References& references, const Shape& shape,
                               std::uint64_t seed, const Speedup& speedup) {
    const auto program = references.launcher().start({.program = *attempt.built(Flavour::timed).program,
                                                      .limits = attempt.lesson.limits,
                                                      .arena_pixels = 2 * shape.pixels()});
    const ThreadedCall& predicted = speedup.best;
    const std::size_t count = calls_in_batch(*program, shape, predicted.span_s);
    const auto calls = static_cast<double>(count);
    std::optional<double> shortest_s;
    for (std::uint64_t batch = 0; batch < batches_on_cores; ++batch) {
        for (std::size_t i = 0; i < count; ++i)
            fill_random(program->image(i, shape.pixels()),
                        derived_seed(seed, "on cores", batch * 1'000'000 + i));
        const CallResult done = program->call(shape, count, speedup.threads);
        if (done.end != CallResult::End::done || !done.cpu_s) return std::nullopt;
        const double together = *done.cpu_s / std::max(least_s, done.wall_s);  // threads that ran at a time
        if (together < least_together * predicted.work_s / predicted.span_s) continue;
        shortest_s = std::min(shortest_s.value_or(done.wall_s / calls), done.wall_s / calls);
    }
    if (!shortest_s) return std::nullopt;
    return std::max(0.0, *shortest_s - predicted.span_s);
}

/// How long it would take to fetch the line each time that the thread which does it most often uses it.
double all_fetched_s(const LinesRun& run, unsigned threads) {
    const auto uses = [](const LineRhythms& rhythms) {
        double sum = 0;
        for (const auto* of : {&rhythms.loads, &rhythms.stores})
            for (const schedules::Rhythm& each : *of) sum += each.accesses;
        return sum;
    };
    double most = uses(run.of_all) / threads;
    for (const LineRhythms& rhythms : run.of_thread) most = std::max(most, uses(rhythms));
    return most * TransferCost{}.transfer_s / 2;
}

/// Whether a look at the program that exists already, on a small image, shows anything.
bool is_suspicious(const Attempt& attempt, References& references, std::uint64_t seed) {
    if (!references.works(attempt.lesson, Flavour::schedules)) return false;
    const Built& built = attempt.built(Flavour::schedules);
    if (!built.program) return false;
    const Shape& timed = attempt.version.speed.shape;
    const unsigned threads = std::ranges::max(attempt.version.speed.threads);
    Counter counter(attempt, references, *built.program, seed);
    const auto result = counter.call({(timed.rows + 1) / 2, (timed.cols + 1) / 2}, threads);
    if (!result) return true;
    const double span_s = std::max(1e-9, result->cpu_s.value_or(0) / threads);
    return all_fetched_s(*result->schedule.lines, threads) > suspicious_share * span_s;
}

std::string line_of(const std::string& source, int number) {
    std::istringstream lines(source);
    std::string line;
    for (int i = 0; i < number; ++i) std::getline(lines, line);
    const std::size_t first = line.find_first_not_of(" \t");
    return first == std::string::npos ? "" : line.substr(first);
}

/// The line that is used the most, its users, and where in the student's file.
FalseSharing described(const Attempt& attempt, const std::filesystem::path& program, const ScheduleRun& run) {
    FalseSharing result;
    const std::vector<schedules::LineUse>& uses = run.lines->uses;
    std::set<std::uint64_t> lines;
    for (const schedules::LineUse& use : uses) lines.insert(use.line);
    result.lines = lines.size();
    if (uses.empty()) return result;
    const std::uint64_t most = uses.front().line;
    std::vector<std::uint64_t> offsets;
    for (const schedules::LineUse& use : uses) {
        if (use.line != most) continue;
        result.owners.push_back({use.thread, use.loads, use.stores, use.stored_bytes, use.loaded_bytes});
        offsets.push_back(use.where - run.program_address - 1);  // the call is before its return address
    }
    std::ranges::sort(result.owners, {}, &LineOwner::thread);
    const std::string file = source_path(attempt.lesson, attempt.version);
    const auto found = lines_by_addr2line(program, file)(offsets);
    for (const std::uint64_t offset : offsets)
        if (const auto at = found.find(offset); at != found.end() && at->second > 0 && result.line == 0)
            result.line = at->second;
    result.code = line_of(attempt.source(), result.line);
    result.variable = changed_expression(result.code);
    return result;
}

}  // namespace

void add_false_sharing(const Attempt& attempt, Builder& builder, References& references, std::uint64_t seed,
                       const MeasureProgress& progress, Measured& measured) {
    std::vector<Speedup>& speedups = measured.speedup;
    if (measured.failure || speedups.empty() || !speedups.front().predicted) return;
    progress(attempt, "who uses which cache line");
    if (!is_suspicious(attempt, references, seed)) {
        for (Speedup& speedup : speedups) speedup.with_lines_moving = speedup.predicted->value;
        return;
    }
    measured.cache_lines_not_counted = true;
    const Built built = builder.build_counted(attempt.lesson, attempt.version, attempt.source());
    if (!built.program) return;
    const TransferCost cost = measure_transfer_cost();
    Counter counter(attempt, references, *built.program, seed);
    double most_s = -1;
    double waited_share = 1;  // of the predicted waits
    for (Speedup& speedup : speedups) {
        progress(attempt, fmt::format("who uses which cache line, {} threads", speedup.threads));
        const auto counted = counter.count(measured.shape, speedup.threads);
        if (!counted) return;
        const LinesRun& run = *counted->run.lines;
        const double span_s = speedup.best.span_s * counted->part;
        const double fetched_s = all_fetched_s(run, speedup.threads);
        const bool is_told = fetched_s >= std::max(least_fetched_s, told_share * span_s);
        const double waits_s = fetched_s >= least_fetched_s ? lost_s(run, speedup.threads, span_s, cost) : 0;
        double moving_s = waited_share * waits_s;
        if (is_told && speedup.threads <= sandbox::cores()) {
            if (const auto excess = excess_s(attempt, references, measured.shape, seed, speedup)) {
                moving_s = *excess * counted->part;
                if (waits_s > least_lost_share * span_s) waited_share = moving_s / waits_s;
            }
        }
        speedup.with_lines_moving = speedup.predicted->value * span_s / (span_s + moving_s);
        if (!is_told || moving_s / span_s <= most_s) continue;
        most_s = moving_s / span_s;
        measured.false_sharing = described(attempt, *built.program, counted->run);
        measured.false_sharing->threads = speedup.threads;
        measured.false_sharing->transfer_s = cost.transfer_s;
        measured.false_sharing->is_transfer_measured = cost.is_measured;
    }
    measured.cache_lines_not_counted = false;
}

}  // namespace grader
