// Measures the predicted speed-up of programs whose speed-up can be computed by hand, and how often a grade
// changes from one measurement to the next. tests/speedup.sh runs it, alone and next to busy programs:
//
//   speedup measure --condition NAME --rounds N FOLDER    leaves a file for each program and round
//   speedup table FOLDER                                  prints them; exit code 1 if something is off
//   speedup cost [--only PROGRAM]...                      the virtual clock's share of a call
//
// Several processes may measure into one folder. They share the work and disturb each other. Existing files
// aren't measured again.

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/files.hpp"
#include "base/image_data.hpp"
#include "build/compiling_builder.hpp"
#include "check/attempt.hpp"
#include "measure/bands.hpp"
#include "measure/measure.hpp"
#include "measure/scaling.hpp"
#include "measure/statistics.hpp"
#include "recipe.hpp"
#include "run/worker_process.hpp"
#include "sandbox/descriptor.hpp"
#include "sandbox/machine.hpp"
#include "sandbox/one_cpu.hpp"
#include "score/score.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;
using json = nlohmann::json;

using Truth = std::function<double(unsigned threads)>;

constexpr double rows = 48;
constexpr double exact = 0.15;    // relative tolerance at 2, 4 and 8 threads
constexpr double dynamic = 0.25;  // relative tolerance if the scheduler chooses which thread gets which job

double all(unsigned threads) {
    return threads;
}
double one(unsigned) {
    return 1;
}

double phases(unsigned threads) {
    double span = 0;
    for (int phase = 0; phase < 5; ++phase) {
        const double height = std::floor((phase + 1) * rows / 5) - std::floor(phase * rows / 5);
        span += std::ceil(height / threads);
    }
    return rows / span;
}

double square_law(unsigned threads) {
    const double square = threads * threads;
    double highest = 0;
    for (unsigned t = 0; t < threads; ++t)
        highest = std::max(highest,
                           std::floor((t + 1) * (t + 1) * rows / square) - std::floor(t * t * rows / square));
    return rows / highest;
}

double cpu_s() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// The highest speed-up with a thread for every pixel, since the caller starts and joins them all.
double one_start_after_the_other() {
    constexpr int count = 2000;
    constexpr int times = 5;  // the best counts, as with the program's repetitions
    const auto pixel = [](int i) {
        volatile double x = i;
        const double summand = x;
        double sum = 0;
        for (int j = 0; j < 101'000; ++j) sum += summand;
        x = sum;
    };
    double pixels_s = 1e9;
    double caller_s = 1e9;
    for (int time = 0; time < times; ++time) {
        const double begin_s = cpu_s();
        for (int i = 0; i < count; ++i) pixel(i);
        const double middle_s = cpu_s();
        std::vector<std::jthread> team;
        for (int i = 0; i < count; ++i) team.emplace_back(pixel, i);
        team.clear();
        pixels_s = std::min(pixels_s, middle_s - begin_s);
        caller_s = std::min(caller_s, cpu_s() - middle_s);
    }
    return pixels_s / caller_s;
}

struct Program {
    std::string name;
    Truth truth;  // empty: a solution, where only the grade counts
    double tolerance = exact;
    double at_most = 1e9;         // upper limit in place of the truth, where polling blurs it
    bool meets_on_lines = false;  // its threads compete for cache lines, their own or the kernel's: only the
                                  // wall clock feels it
    double (*bound)() = nullptr;  // the truth's bound, if it depends on the machine: measured with each round
};

const std::vector<Program> programs = {
    {"static_rows", all},
    {"async_rows", all},
    {"main_works_too", all},
    {"fork_join", all},
    {"promises", all},
    {"short_spin_lock", all, exact, 1e9, true},
    {"dynamic_atomic", all, dynamic},
    {"dynamic_mutex", all, dynamic},
    {"pool", all, dynamic},
    {"lasting_pool", all, dynamic},
    {"latch_pool", all, dynamic},
    {"thread_per_pixel", all, dynamic, 1e9, true, one_start_after_the_other},
    {"barrier_phases", phases},
    {"uneven", square_law},
    {"half_serial", [](unsigned threads) { return 1 / (0.5 + 0.5 / threads); }},
    {"semaphore_of_two", [](unsigned) { return 2.0; }},
    {"async_deferred", one},
    {"one_mutex", one},
    {"spin_lock", one, exact, 1e9, true},
    {"ticket_lock", one, exact, 1e9, true},
    {"idle_threads", one},
    {"joined_in_loop", one},
    {"closed_form", one, exact, 2.5},  // takes 2 µs, so warm or cold caches decide
    {"turns_by_condition", one},
    {"turns_by_yield", one, exact, 2.5, true},
    {"turns_by_sleep", one, exact, 2.5, true},
    {"slow_thing/serial", {}},
    {"slow_thing/parallel", {}},
    {"slow_thing/optimized", {}},
    {"silly_sum/serial", {}},
    {"silly_sum/parallel", {}},
    {"silly_sum/optimized", {}},
};

constexpr const char* alone = "alone";  // the condition under which the wall clock can be believed

// ---- Measuring

/// The lessons, and the objects that build and answer for them.
struct Kit {
    std::vector<Lesson> lessons = read_lessons(KIT_DIR "/lessons");
    CompilingBuilder builder{find_compiler(recipe::default_compiler), KIT_DIR "/lessons", KIT_DIR,
                             fs::path(recipe::build_dir) / "test-cache"};
    WorkerLauncher launcher;
    References references{builder, launcher, KIT_DIR "/solutions"};

    /// The program as an attempt that has passed its checks.
    Attempt attempt(const Program& program) {
        const std::size_t slash = program.name.find('/');
        const Lesson& lesson =
            slash == std::string::npos
                ? lessons.front()
                : *std::ranges::find(lessons, program.name.substr(0, slash), &Lesson::name);
        const Version& version =
            lesson.version(slash == std::string::npos ? "parallel" : program.name.substr(slash + 1));
        Attempt attempt{lesson, version, {source(program, lesson, version), ""}};
        attempt.builds[Flavour::timed] = builder.start(lesson, version, Flavour::timed, attempt.source());
        attempt.checked.verdict = Verdict::pass;
        return attempt;
    }

  private:
    static std::string source(const Program& program, const Lesson& lesson, const Version& version) {
        if (!program.truth) return read_file(KIT_DIR "/solutions/" + source_path(lesson, version));
        return read_file(KIT_DIR "/tests/speedup/work.hpp") +
               read_file(fmt::format(KIT_DIR "/tests/speedup/{}.cpp", program.name));
    }
};

const fs::path& program_of(const Attempt& attempt) {
    const Built& built = attempt.built(Flavour::timed);
    if (!built.program) throw std::runtime_error(built.diagnostics);
    return *built.program;
}

double band_points(const Version& version, const Interval& efficiency) {
    const std::size_t bands = bands_reached(version.bands, {efficiency, efficiency});
    return bands == 0 ? 0 : version.bands[bands - 1].points;
}

/// One measurement and the grade that follows from it.
json measured_once(const Program& program, const Attempt& attempt, References& references,
                   std::uint64_t seed) {
    const auto quietly = [](auto&&...) {};
    const Measured measured = attempt.version.threaded() ? measure_speedup(attempt, references, seed, quietly)
                                                         : measure(attempt, references, seed, false, quietly);
    if (measured.failure) throw std::runtime_error(measured.failure->message);
    const Graded graded = score(attempt, measured, {}, 1, sandbox::cores());
    json row = {{"points", graded.score}, {"flags", graded.flags}, {"speedup", json::array()}};
    const double bound = program.bound == nullptr ? 1e9 : program.bound();
    std::vector<Speedup> by_wall = measured.speedup;
    for (Speedup& speedup : by_wall) {
        row["speedup"].push_back({{"threads", speedup.threads},
                                  {"predicted", speedup.predicted ? speedup.predicted->value : 0},
                                  {"wall", speedup.wall ? speedup.wall->value : 0},
                                  {"inflation", speedup.inflation},
                                  {"runnable", speedup.runnable.value_or(0)}});
        if (program.truth) row["speedup"].back()["truth"] = std::min(bound, program.truth(speedup.threads));
        speedup.predicted.reset();
    }
    if (const auto efficiency = mean_efficiency(by_wall, 2))
        row["points_by_wall"] = band_points(attempt.version, *efficiency);
    return row;
}

fs::path row_file(const fs::path& folder, const std::string& condition, const Program& program, int round) {
    std::string name = program.name;
    std::ranges::replace(name, '/', '.');
    return folder / condition / fmt::format("{}.{}.json", name, round);
}

/// Claims the row for this process. Returns whether no other process has done so.
bool claim(const fs::path& row) {
    const std::string name = row.string() + ".claim";
    if (fs::exists(row)) return false;
    return sandbox::Descriptor(open(name.c_str(), O_CREAT | O_EXCL | O_CLOEXEC, 0644)).get() >= 0;
}

/// Whether the program is named. If there are no names, every program is.
bool is_one_of(const std::vector<std::string>& names, const Program& program) {
    return names.empty() || std::ranges::find(names, program.name) != names.end();
}

void measure_rounds(const fs::path& folder, const std::string& condition, int rounds,
                    const std::vector<std::string>& only) {
    fs::create_directories(folder / condition);
    Kit kit;
    std::vector<std::pair<Program, Attempt>> chosen;
    for (const Program& program : programs)
        if (is_one_of(only, program)) chosen.emplace_back(program, kit.attempt(program));
    for (const auto& [program, attempt] : chosen) program_of(attempt);
    for (int round = 0; round < rounds; ++round) {
        for (const auto& [program, attempt] : chosen) {
            const fs::path row = row_file(folder, condition, program, round);
            if (!claim(row)) continue;
            fmt::print("{} {} {}\n", condition, round + 1, program.name);
            std::fflush(stdout);
            const std::uint64_t seed =
                derived_seed(static_cast<std::uint64_t>(round), condition + program.name, 0);
            write_file(row, measured_once(program, attempt, kit.references, seed).dump());
            fs::remove(row.string() + ".claim");
        }
    }
}

// ---- The table

/// One program's measurements under all conditions.
struct Summary {
    std::map<unsigned, std::vector<double>> predicted;
    std::map<unsigned, std::vector<double>> wall;
    std::map<unsigned, std::vector<double>> truths;
    double wall_of_2_alone = 0;            // in the best round
    std::map<double, int> points;          // how often each number of points was given
    std::map<double, int> points_by_wall;  // the same if the bands went by the wall clock
    std::map<std::string, int> flags;      // how often each set of flags was given
    int rounds = 0;

    void add(const json& row, bool is_alone) {
        ++rounds;
        ++points[row.at("points")];
        ++flags[fmt::format("{}", fmt::join(row.at("flags").get<std::vector<std::string>>(), " "))];
        if (row.contains("points_by_wall")) ++points_by_wall[row.at("points_by_wall")];
        for (const json& each : row.at("speedup")) {
            const unsigned threads = each.at("threads");
            predicted[threads].push_back(each.at("predicted"));
            wall[threads].push_back(each.at("wall"));
            if (each.contains("truth")) truths[threads].push_back(each.at("truth"));
            if (is_alone && threads == 2) wall_of_2_alone = std::max(wall_of_2_alone, wall[threads].back());
        }
    }

    /// The median over all rounds, since a measured truth is off as far as a prediction in a single round.
    [[nodiscard]] double truth(unsigned threads) const { return median(truths.at(threads)); }

    /// The number of rounds with points of other bands than the truth's.
    [[nodiscard]] int beside_truth(const Version& version) const {
        if (truths.empty()) return 0;
        std::vector<Speedup> speedups;
        for (const auto& [threads, of_rounds] : truths) {
            const double value = truth(threads);
            speedups.emplace_back().threads = threads;
            speedups.back().predicted = Interval{value, value, value};
        }
        const auto right = points.find(version.right + band_points(version, *mean_efficiency(speedups, 1)));
        return rounds - (right == points.end() ? 0 : right->second);
    }
};

Summary summary_of(const fs::path& folder, const Program& program) {
    Summary summary;
    for (const auto& condition : fs::directory_iterator(folder)) {
        const std::string name = condition.path().filename();
        for (int round = 0;; ++round) {
            const fs::path row = row_file(folder, name, program, round);
            if (!fs::exists(row)) break;
            summary.add(json::parse(read_file(row)), name == alone);
        }
    }
    return summary;
}

/// The largest error of the predictions at 2, 4 and 8 threads. `good` becomes false if it is too large.
std::string off(const Program& program, const Summary& summary, bool& good) {
    double worst = 0;
    for (const auto& [threads, values] : summary.predicted) {
        if (threads > 8) continue;
        const double truth = summary.truth(threads);
        for (const double value : values) {
            if (program.at_most < 1e9) {
                good = good && value < program.at_most;
                worst = std::max(worst, value);
            } else {
                const double off = value / truth - 1;
                good = good && std::abs(off) <= program.tolerance;
                if (std::abs(off) > std::abs(worst)) worst = off;
            }
        }
    }
    return program.at_most < 1e9 ? fmt::format("≤ {:.2f}", worst) : fmt::format("{:+.0f} %", 100 * worst);
}

/// In how many rounds the value differed from the most frequent one.
int changed(const auto& counts, int rounds) {
    int most = 0;
    for (const auto& [key, count] : counts) most = std::max(most, count);
    return rounds - most;
}

std::string range(const std::vector<double>& values) {
    const auto [low, high] = std::ranges::minmax(values);
    return fmt::format("{:.2f} … {:.2f}", low, high);
}

/// One line of the table, in Markdown. `good` becomes false if something in it is off.
std::string line_of(const Program& program, const Summary& summary, const Version& version, bool& good) {
    constexpr double wall_tolerance = 0.1;
    std::string line = fmt::format("| {} |", program.name);
    for (const auto& [threads, values] : summary.predicted) line += fmt::format(" {} |", range(values));
    if (summary.predicted.empty()) line += " | | | |";
    if (program.truth) {
        line += fmt::format(" {:.2f} | {} |", summary.truth(8), off(program, summary, good));
    } else {
        line += " | |";
    }
    if (summary.wall_of_2_alone > 0) {
        const double ratio = median(summary.predicted.at(2)) / summary.wall_of_2_alone;
        const bool must_agree = program.truth && program.at_most >= 1e9 && !program.meets_on_lines;
        if (must_agree && std::abs(ratio - 1) > wall_tolerance) good = false;
        line += fmt::format(" {:.2f} |", summary.wall_of_2_alone);
    } else {
        line += " |";
    }
    line += summary.wall.contains(8) ? fmt::format(" {} |", range(summary.wall.at(8))) : " |";
    const int points_changed = changed(summary.points, summary.rounds);
    const int flags_changed = changed(summary.flags, summary.rounds);
    const int beside_truth = summary.beside_truth(version);
    if (points_changed + flags_changed + beside_truth > 0) good = false;
    const auto usual =
        std::ranges::max_element(summary.flags, {}, [](const auto& each) { return each.second; });
    return line + fmt::format(" {} | {} | {} | {} | {} | {:g} | {} |", summary.rounds, beside_truth,
                              points_changed,
                              summary.points_by_wall.empty()
                                  ? ""
                                  : fmt::format("{}", changed(summary.points_by_wall, summary.rounds)),
                              flags_changed, summary.points.begin()->first, usual->first);
}

int print_table(const fs::path& folder) {
    fmt::print(
        "| program | T=2 | T=4 | T=8 | T=16 | truth at 8 | off | wall, 2, alone | wall, 8 | rounds | "
        "other bands than the truth's | points changed | by wall | flags changed | points | flags | |\n"
        "|{}\n",
        [] {
            std::string rule;
            for (int i = 0; i < 17; ++i) rule += " --- |";
            return rule;
        }());
    const std::vector<Lesson> lessons = read_lessons(KIT_DIR "/lessons");
    const Version& version = lessons.front().version("parallel");
    bool all_good = true;
    for (const Program& program : programs) {
        const Summary summary = summary_of(folder, program);
        if (summary.rounds == 0) continue;
        bool good = true;
        const std::string line = line_of(program, summary, version, good);
        fmt::print("{} {} |\n", line, good ? "ok" : "MISS");
        all_good = all_good && good;
    }
    return all_good ? 0 : 1;
}

// ---- What the clock costs

/// CPU time with the clock over CPU time without it, side by side.
double cost_of_clock(const fs::path& program, const Lesson& lesson, const Shape& shape) {
    constexpr unsigned threads = 8;
    constexpr int pairs = 100;
    const sandbox::OneCpu cpu;
    Worker worker(
        {.program = program, .limits = lesson.limits, .arena_pixels = shape.pixels(), .cpu = cpu.number()});
    std::vector<double> ratios;
    for (int i = 0; i < pairs; ++i) {
        const double without = worker.unclocked_call(shape, 1, threads).cpu_s.value();
        ratios.push_back(worker.clocked_call(shape, 1, threads).cpu_s.value() / without);
    }
    return median(ratios);
}

void print_costs(const std::vector<std::string>& only) {
    Kit kit;
    // The same number of pixels, in different numbers of rows. Each row is a job, a turn or a lock.
    constexpr std::array shapes = {Shape{12, 12}, Shape{48, 3}};
    fmt::print("The clock's share of a call of some 10 ms with 8 threads, by the number of rows\n{:<20}", "");
    for (const Shape& shape : shapes) fmt::print(" {:>8}", shape.rows);
    fmt::print("\n");
    for (const Program& program : programs) {
        if (!program.truth || !is_one_of(only, program)) continue;
        const Attempt attempt = kit.attempt(program);
        fmt::print("{:<20}", program.name);
        for (const Shape& shape : shapes)
            fmt::print(" {:>+6.1f} %", 100 * (cost_of_clock(program_of(attempt), attempt.lesson, shape) - 1));
        fmt::print("\n");
        std::fflush(stdout);
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("The predicted speed-up of programs whose speed-up is known.");
    app.require_subcommand(1);
    std::string condition = alone;
    std::string folder;
    int rounds = 1;
    std::vector<std::string> only;
    CLI::App* measure = app.add_subcommand("measure", "measure what isn't there yet");
    measure->add_option("--condition", condition, "a name for what else is running")->required();
    measure->add_option("--rounds", rounds, "of each program");
    CLI::App* table = app.add_subcommand("table", "print what was measured");
    for (CLI::App* command : {measure, table}) command->add_option("folder", folder)->required();
    CLI::App* cost = app.add_subcommand("cost", "what the virtual clock costs");
    for (CLI::App* command : {measure, cost}) command->add_option("--only", only, "these programs");
    CLI11_PARSE(app, argc, argv);
    try {
        if (cost->parsed()) print_costs(only);
        if (measure->parsed()) measure_rounds(folder, condition, rounds, only);
        return table->parsed() ? print_table(folder) : 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
