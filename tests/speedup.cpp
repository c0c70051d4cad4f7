// The predicted speed-up of programs whose speed-up can be computed by hand, quiet and beside busy
// neighbours: two loops, and another grading. Usage: speedup [--rounds N] [PROGRAM...]; one line for each
// program, exit code 1 if one is off.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <thread>

#include "check.hpp"
#include "files.hpp"
#include "measure.hpp"
#include "recipe.hpp"
#include "sandbox/one_cpu.hpp"
#include "sandbox/process.hpp"
#include "scaling.hpp"
#include "score.hpp"
#include "statistics.hpp"
#include "unit/temporary_folder.hpp"
#include "worker_process.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

using Truth = std::function<double(unsigned threads)>;

constexpr double rows = 48;
constexpr double exact = 0.15;    // relative, at 2, 4 and 8 threads
constexpr double dynamic = 0.25;  // who gets which job is the scheduler's choice

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

/// Of a thread for every pixel: the caller starts them all, whoever does the work.
double one_start_after_the_other(unsigned threads) {
    constexpr int count = 2000;
    const auto cpu_s = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    };
    static const double start_s = [&] {
        std::vector<std::jthread> team;
        const double begin_s = cpu_s();
        for (int i = 0; i < count; ++i)
            team.emplace_back([] { std::this_thread::sleep_for(std::chrono::milliseconds(50)); });
        return (cpu_s() - begin_s) / count;
    }();
    static const double pixel_s = [&] {
        const double begin_s = cpu_s();
        for (int i = 0; i < count; ++i) {
            volatile double x = i;
            const double summand = x;
            double sum = 0;
            for (int j = 0; j < 101'000; ++j) sum += summand;
            x = sum;
        }
        return (cpu_s() - begin_s) / count;
    }();
    return std::min<double>(threads, pixel_s / start_s);
}

struct Program {
    std::string name;
    Truth truth;
    double tolerance = exact;
    double at_most = 1e9;  // instead of the truth, where polling blurs it
};

const std::vector<Program> programs = {
    {"static_rows", all},
    {"async_rows", all},
    {"main_works_too", all},
    {"fork_join", all},
    {"promises", all},
    {"short_spin_lock", all},
    {"dynamic_atomic", all, dynamic},
    {"dynamic_mutex", all, dynamic},
    {"pool", all, dynamic},
    {"lasting_pool", all, dynamic},
    {"latch_pool", all, dynamic},
    {"thread_per_pixel", one_start_after_the_other, dynamic},
    {"barrier_phases", phases},
    {"uneven", square_law},
    {"half_serial", [](unsigned threads) { return 1 / (0.5 + 0.5 / threads); }},
    {"semaphore_of_two", [](unsigned) { return 2.0; }},
    {"async_deferred", one},
    {"one_mutex", one},
    {"spin_lock", one},
    {"ticket_lock", one},
    {"idle_threads", one},
    {"joined_in_loop", one},
    {"closed_form", one, exact, 2.5},  // 2 µs: whether the caches are warm decides
    {"turns_by_condition", one},
    {"turns_by_yield", one, exact, 2.5},
    {"turns_by_sleep", one, exact, 2.5},
};

/// Two loops that never rest and gradings of the solutions, one after the other, while it lives.
class BusyNeighbours {
  public:
    explicit BusyNeighbours(const fs::path& out) : grading_(grade_forever(out)) {
        for (std::jthread& each : loops_)
            each = std::jthread([](const std::stop_token& stop) {
                while (!stop.stop_requested()) {
                }
            });
    }

  private:
    static sandbox::Process grade_forever(const fs::path& out) {
        sandbox::Launch launch;
        launch.argv = {"sh",
                       "-c",
                       R"(while :; do "$0" grade --submission "$1" --out "$2" --fresh; done >"$2/log")",
                       fs::path(recipe::build_dir) / "bin/grader",
                       KIT_DIR "/solutions",
                       out};
        launch.cwd = KIT_DIR;
        launch.environment = sandbox::toolchain_environment();
        return sandbox::Process::start(launch);
    }

    sandbox::Process grading_;
    std::array<std::jthread, 2> loops_;
};

struct Row {
    std::map<unsigned, std::vector<double>> predicted;
    std::map<unsigned, std::vector<double>> wall;
    double quiet_wall_of_2 = 0;            // the best of the quiet rounds, with 2 threads
    std::map<double, int> points;          // how often each was given
    std::map<double, int> points_by_wall;  // if the wall clock were banded
    std::map<std::string, int> flags;      // how often each set of flags was
};

std::string percent_off(const Program& program, const Row& row, bool& good) {
    double worst = 0;
    for (const auto& [threads, values] : row.predicted) {
        if (threads > 8) continue;
        for (const double value : values) {
            if (program.at_most < 1e9) {
                good = good && value < program.at_most;
                worst = std::max(worst, value);
            } else {
                const double off = value / program.truth(threads) - 1;
                good = good && std::abs(off) <= program.tolerance;
                if (std::abs(off) > std::abs(worst)) worst = off;
            }
        }
    }
    return program.at_most < 1e9 ? fmt::format("{:.2f}", worst) : fmt::format("{:+.0f} %", 100 * worst);
}

int most_common(const auto& counts) {
    int most = 0;
    for (const auto& [key, count] : counts) most = std::max(most, count);
    return most;
}

std::string changed(const auto& counts, int rounds) {
    return fmt::format("{:d}", rounds - most_common(counts));
}

void measure_once(const Job& job, References& references, std::uint64_t seed, bool quiet, Row& row) {
    const Measured measured = measure_speedup(job, references, seed, [](auto&&...) {});
    if (measured.failure) throw std::runtime_error(measured.failure->message);
    for (const Speedup& speedup : measured.speedup) {
        row.predicted[speedup.threads].push_back(speedup.predicted ? speedup.predicted->value : 0);
        row.wall[speedup.threads].push_back(speedup.wall.value);
        if (quiet && speedup.threads == 2)
            row.quiet_wall_of_2 = std::max(row.quiet_wall_of_2, speedup.wall.value);
    }
    const Graded graded = score(job, {}, measured, 1);
    ++row.points[graded.score];
    ++row.flags[fmt::format("{}", fmt::join(graded.flags, " "))];
    std::vector<Speedup> by_wall = measured.speedup;
    for (Speedup& speedup : by_wall) speedup.predicted.reset();
    ++row.points_by_wall[band_points(job.version.bands, *mean_efficiency(by_wall, 2))];
}

void print(const Program& program, const Row& row, int rounds, bool& good) {
    bool close = true;
    const std::string off = percent_off(program, row, close);
    std::string line = fmt::format("{:<20}", program.name);
    for (const auto& [threads, values] : row.predicted) {
        const auto [low, high] = std::ranges::minmax(values);
        line += fmt::format(" {:5.2f}…{:<5.2f}", low, high);
    }
    line += fmt::format("  {:5.2f}", program.truth(8));
    line += fmt::format(" {:>6}", off);
    const auto [low, high] = std::ranges::minmax(row.wall.at(8));
    line += fmt::format("  {:4.2f}  {:4.2f}…{:4.2f}", row.quiet_wall_of_2, low, high);
    line += fmt::format(" {:>4} {:>4} {:>4}", changed(row.points, rounds),
                        changed(row.points_by_wall, rounds), changed(row.flags, rounds));
    const auto common = std::ranges::max_element(row.flags, {}, [](const auto& each) { return each.second; });
    fmt::print("{}  {:4.0f}  {} {}\n", line, row.points.begin()->first, close ? "ok  " : "MISS",
               common->first);
    std::fflush(stdout);
    good = good && close;
}

/// CPU time with the clock over CPU time without it, of a call of some 10 ms, side by side.
double cost_of_clock(const fs::path& program, const Lesson& lesson) {
    constexpr Shape shape{48, 3};
    constexpr unsigned threads = 8;
    constexpr int pairs = 60;
    const sandbox::OneCpu cpu;
    Worker worker(program, Flavour::timed, lesson.limits, shape.pixels(), cpu.number());
    std::vector<double> ratios;
    for (int i = 0; i < pairs; ++i) {
        const double without = worker.call(shape, 1, threads).cpu_s.value();
        ratios.push_back(worker.clocked_call(shape, 1, threads).cpu_s.value() / without);
    }
    return median(ratios);
}

int run(int rounds, const std::vector<std::string>& only) {
    const Lesson lesson = read_lesson(KIT_DIR "/lessons/01_slow_thing/lesson.toml");
    const Version& version = lesson.version("parallel");
    Builder builder(find_compiler(recipe::default_compiler), KIT_DIR "/lessons", KIT_DIR,
                    fs::path(recipe::build_dir) / "test-cache");
    References references(builder, KIT_DIR "/solutions");
    const std::string work = read_file(KIT_DIR "/tests/speedup/work.hpp");

    fmt::print("{:<20}", "predicted with");
    for (const unsigned threads : version.speed.threads)
        fmt::print(" {:^11}", fmt::format("{} threads", threads));
    fmt::print("  truth  off  wall,2   wall, 8   changed of {}: points, by wall, flags; points\n", rounds);
    bool good = true;
    const TemporaryFolder neighbours;
    std::string costs;
    for (const Program& program : programs) {
        if (!only.empty() && std::ranges::find(only, program.name) == only.end()) continue;
        Job job{.lesson = lesson,
                .version = version,
                .source = work + read_file(fmt::format(KIT_DIR "/tests/speedup/{}.cpp", program.name)),
                .problem = "",
                .builds = {}};
        job.builds[Flavour::timed] = builder.worker(lesson, version, Flavour::timed, job.source);
        if (const Built& built = job.builds[Flavour::timed].get(); !built.program)
            throw std::runtime_error(program.name + "\n" + built.diagnostics);
        Row row;
        for (int round = 0; round < rounds; ++round) {
            const bool quiet = round % 2 == 0;
            std::optional<BusyNeighbours> busy;
            if (!quiet) busy.emplace(neighbours.path());
            measure_once(job, references, static_cast<std::uint64_t>(round), quiet, row);
        }
        print(program, row, rounds, good);
        costs += fmt::format("{:<20} {:+5.1f} %\n", program.name,
                             100 * (cost_of_clock(*job.builds[Flavour::timed].get().program, lesson) - 1));
    }
    fmt::print("\nthe clock's share of a call of 10 ms, with 8 threads\n{}", costs);
    return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("The predicted speed-up of programs whose speed-up is known.");
    int rounds = 4;
    std::vector<std::string> only;
    app.add_option("--rounds", rounds,
                   "of each program; every other beside two busy loops and another grading");
    app.add_option("program", only, "default: all");
    CLI11_PARSE(app, argc, argv);
    try {
        return run(rounds, only);
    } catch (const std::exception& error) {
        fmt::print("{}\n", error.what());
        return 1;
    }
}
