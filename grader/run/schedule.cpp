#include "run/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace grader {

namespace schedules = worker::schedules;

void write_plan(const Plan& plan, schedules::Area& area) {
    area.plan.is_random = plan.seed ? 1 : 0;
    area.plan.seed = plan.seed.value_or(0);
    area.plan.is_traced = plan.is_traced ? 1 : 0;
    area.plan.is_side_by_side = plan.is_side_by_side ? 1 : 0;
    area.plan.is_timed = plan.is_timed ? 1 : 0;
    area.plan.cost_of_start =
        static_cast<std::uint32_t>(1'000 * std::clamp(plan.cost_of_start, 0.0, 1'000.0));
    area.span_ns = area.work_ns = 0;
    if (plan.is_side_by_side) std::memset(&area.lines, 0, sizeof area.lines);
    const std::size_t count = std::min(plan.deviations.size(), schedules::most_deviations);
    std::copy_n(plan.deviations.begin(), count, area.plan.deviations.begin());
    area.plan.deviation_count = static_cast<std::uint32_t>(count);
    area.ending = schedules::Ending::none;
    area.choices = area.events = area.threads = area.races = 0;
}

namespace {

std::vector<schedules::Rhythm> read_rhythms(
    const std::array<schedules::Rhythm, schedules::most_rhythms>& all) {
    constexpr double most = 1e18;
    std::vector<schedules::Rhythm> rhythms;
    for (const schedules::Rhythm each : all)
        if (each.accesses > 0 && each.accesses < most && each.steps >= each.accesses && each.steps < most &&
            each.others >= 0 && each.others < most)
            rhythms.push_back(each);
    return rhythms;
}

LineRhythms read_rhythms(const schedules::Rhythms& rhythms) {
    return {read_rhythms(rhythms.loads), read_rhythms(rhythms.stores)};
}

std::optional<LinesRun> read_lines(const schedules::Area& area) {
    const schedules::CacheLines& lines = area.lines;
    if (area.plan.is_side_by_side == 0 || lines.steps == 0) return std::nullopt;
    LinesRun run{.steps = static_cast<double>(lines.steps),
                 .uses = {},
                 .of_all = read_rhythms(lines.of_all),
                 .of_thread = {}};
    const std::size_t uses = std::min<std::size_t>(lines.uses, schedules::most_line_uses);
    run.uses.assign(lines.use.begin(), lines.use.begin() + static_cast<std::ptrdiff_t>(uses));
    for (const schedules::Rhythms& rhythms : lines.of_thread) run.of_thread.push_back(read_rhythms(rhythms));
    return run;
}

}  // namespace

ScheduleRun read_run(const schedules::Area& area) {
    ScheduleRun run;
    run.ending = area.ending;
    if (run.ending > schedules::Ending::outside) run.ending = schedules::Ending::none;
    run.choices = std::min<std::uint32_t>(area.choices, schedules::most_choices);
    run.threads = std::min<std::uint32_t>(area.threads, schedules::most_threads);
    run.races = area.races;
    run.race = area.race;
    run.told = area.told;
    run.program_address = area.program_address;
    for (std::uint32_t i = 0; i < run.choices; ++i)
        if (const schedules::Decision decision = area.decisions.at(i); decision.thread != decision.by_default)
            run.deviations.push_back({i, decision.thread});
    run.lines = read_lines(area);
    if (area.span_ns > 0)
        run.timed =
            TimedRun{1e-9 * static_cast<double>(area.span_ns), 1e-9 * static_cast<double>(area.work_ns)};
    const std::size_t events = std::min<std::size_t>(area.events, schedules::most_events);
    run.events.assign(area.event.begin(), area.event.begin() + static_cast<std::ptrdiff_t>(events));
    for (schedules::Event& event : run.events)
        event.frame_count = std::min<std::uint32_t>(event.frame_count, schedules::most_frames);
    return run;
}

std::string name_of(const Deviations& deviations) {
    std::string name;
    for (const auto& [choice, thread] : deviations)
        name += fmt::format("{}{}.{}", name.empty() ? "" : "-", choice, thread);
    return name.empty() ? "0" : name;
}

std::optional<Deviations> deviations_of(const std::string& name) {
    Deviations deviations;
    if (name == "0") return deviations;
    const char* at = name.data();
    const char* const end = at + name.size();
    for (;;) {
        schedules::Deviation next{};
        const auto choice = std::from_chars(at, end, next.choice);
        if (choice.ec != std::errc() || choice.ptr == end || *choice.ptr != '.') return std::nullopt;
        const auto thread = std::from_chars(choice.ptr + 1, end, next.thread);
        if (thread.ec != std::errc() || next.thread >= schedules::most_threads) return std::nullopt;
        if (!deviations.empty() && next.choice <= deviations.back().choice) return std::nullopt;
        if (deviations.size() == schedules::most_deviations) return std::nullopt;
        deviations.push_back(next);
        if (thread.ptr == end) return deviations;
        if (*thread.ptr != '-') return std::nullopt;
        at = thread.ptr + 1;
    }
}

}  // namespace grader
