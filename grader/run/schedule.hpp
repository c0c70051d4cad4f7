#pragma once

/// A schedule of a program's threads, as it is asked for and as it went.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "worker/schedules/area.hpp"

namespace grader {

using Deviations = std::vector<worker::schedules::Deviation>;

struct Plan {
    std::optional<std::uint64_t> seed;  // empty: the default schedule, but for the deviations
    Deviations deviations = {};         // by rising choice
    bool is_traced = false;             // whether its events are of interest
    bool is_side_by_side = false;       // as if each thread had a core; cache lines are counted, or:
    bool is_timed = false;              // its span is measured
    double cost_of_start = 1;           // the time to start a thread counts that much; 0 to 1000
};

struct LineRhythms {
    std::vector<worker::schedules::Rhythm> loads;
    std::vector<worker::schedules::Rhythm> stores;
};

/// What a program's threads did to cache lines that they used at the same time.
struct LinesRun {
    double steps = 0;                              // of the thread that took the most; > 0
    std::vector<worker::schedules::LineUse> uses;  // those with the most loads and stores first
    LineRhythms of_all;
    std::vector<LineRhythms> of_thread;
};

/// How long the call takes if each thread has a core.
struct TimedRun {
    double span_s = 0;  // > 0
    double work_s = 0;  // of all threads, without their waits
};

/// What the program claims.
struct ScheduleRun {
    worker::schedules::Ending ending = worker::schedules::Ending::none;
    std::uint32_t choices = 0;
    std::uint32_t threads = 0;  // that took part, with the caller
    std::uint32_t races = 0;    // that were seen
    worker::schedules::Race race{};
    std::uint32_t told = 0;  // times that a thread yielded, slept, or read what another one had stored
    Deviations deviations;   // the schedule, without a seed
    std::vector<worker::schedules::Event> events;
    std::uint64_t program_address = 0;  // where its file was mapped
    std::optional<LinesRun> lines;      // if it ran side by side to the end
    std::optional<TimedRun> timed;      // likewise
};

/// Writes the plan where the program finds it.
void write_plan(const Plan& plan, worker::schedules::Area& area);
/// Reads what became of the plan. Whatever stands there, it is a possible run.
ScheduleRun read_run(const worker::schedules::Area& area);

/// The schedule's name, for SCHEDULE=: "12.2-15.1" (at choice 12 thread 2 goes on, at choice 15 thread 1), or
/// "0" for the default one.
std::string name_of(const Deviations& deviations);
/// Empty if the name is no schedule's.
std::optional<Deviations> deviations_of(const std::string& name);

}  // namespace grader
