#include "check/schedule_in_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>

#include "check/outcome.hpp"
#include "sandbox/run.hpp"

namespace grader {

namespace fs = std::filesystem;
namespace schedules = worker::schedules;

using schedules::Event;
using schedules::EventKind;
using schedules::WaitKind;

namespace {

constexpr std::size_t steps_in_words = 9;

std::string thread_name(unsigned number) {
    return number == 0 ? "the caller" : fmt::format("thread {}", number);
}

/// An atomic's value. Its type isn't known: it may be a number of either kind.
std::string value_in_words(std::uint64_t bits, std::uint32_t bytes) {
    double real = 0;
    std::memcpy(&real, &bits, sizeof real);
    const bool may_be_real = bytes == sizeof real && std::isfinite(real) && std::abs(real) < 1e15;
    constexpr std::uint64_t large = 1ULL << 52;
    if (may_be_real && bits >= large && std::abs(real) > 1e-15) return fmt::format("{:g}", real);
    const auto signed_value = static_cast<std::int64_t>(bits);
    if (bytes == 8 && signed_value < 0 && signed_value > -1'000'000) return fmt::format("{}", signed_value);
    if (bytes == 4 && bits > 0xffffffffU - 1'000'000)
        return fmt::format("{}", static_cast<std::int32_t>(bits));
    return bits > 1ULL << 40 ? "a pointer" : fmt::format("{}", bits);
}

std::string wait_in_words(WaitKind kind, std::optional<unsigned> holder, unsigned other) {
    switch (kind) {
        case WaitKind::mutex:
        case WaitKind::shared_mutex:
            return holder ? fmt::format("waits for the mutex that {} holds", thread_name(*holder))
                          : "waits for a mutex";
        case WaitKind::condition:
            return "waits for a notification";
        case WaitKind::futex:
            return "waits until another thread wakes it";
        case WaitKind::thread:
            return fmt::format("waits for {} to end", thread_name(other));
        case WaitKind::once:
            return "waits for the one that runs the once-function";
        case WaitKind::semaphore:
            return "waits for a semaphore";
        case WaitKind::barrier:
            return "waits at a barrier";
        case WaitKind::time:
        case WaitKind::none:
            break;
    }
    return "waits";
}

/// Knows who holds which lock, and which thread a thread's record belongs to.
class Narrator {
  public:
    std::string tell(const Event& event) {
        const auto value = [&] { return value_in_words(event.value, event.bytes); };
        const auto before = [&] { return value_in_words(event.before, event.bytes); };
        switch (event.kind) {
            case EventKind::starts_thread:
                thread_at_[event.object] = event.other;
                return fmt::format("starts {}", thread_name(event.other));
            case EventKind::ends:
                return "ends";
            case EventKind::joins:
                return fmt::format("joins {}", thread_name(event.other));
            case EventKind::locks:
                holder_[event.object] = event.thread;
                return "locks a mutex";
            case EventKind::locks_shared:
                return "locks a mutex shared";
            case EventKind::unlocks:
                holder_.erase(event.object);
                return "unlocks it";
            case EventKind::fails_to_lock:
                return "doesn't get the mutex";
            case EventKind::waits: {
                const auto holder = holder_.find(event.object);
                const auto thread = thread_at_.find(event.object);
                return wait_in_words(event.wait,
                                     holder == holder_.end() ? std::nullopt : std::optional(holder->second),
                                     thread == thread_at_.end() ? 0 : thread->second);
            }
            case EventKind::goes_on:
                return "goes on";
            case EventKind::times_out:
                return "goes on, since its time is over";
            case EventKind::wakes_up:
                return "wakes up without a notification, as a condition variable may";
            case EventKind::notifies:
                return event.value == 0 ? "notifies, but nobody waits"
                                        : fmt::format("wakes {}", event.value == 1 ? "one" : "all");
            case EventKind::loads:
                return fmt::format("reads {}", value());
            case EventKind::stores:
                return fmt::format("writes {}", value());
            case EventKind::exchanges:
                return fmt::format("reads {} and writes {}", before(), value());
            case EventKind::fails_to_exchange:
                return fmt::format("finds {}, which isn't what it expected", before());
            case EventKind::yields:
                return "yields";
            case EventKind::sleeps:
                return "sleeps";
            case EventKind::reads_outside:
                return "reads beside the image";
            case EventKind::writes_outside:
                return "writes beside the image";
        }
        return "";
    }

  private:
    std::map<std::uint64_t, unsigned> holder_;
    std::map<std::uint64_t, unsigned> thread_at_;
};

/// The objects that more than one thread had to do with.
std::set<std::uint64_t> shared_objects(const ScheduleRun& run) {
    std::map<std::uint64_t, unsigned> first;
    std::set<std::uint64_t> shared;
    for (const Event& event : run.events)
        if (event.object != 0 && !first.try_emplace(event.object, event.thread).second &&
            first.at(event.object) != event.thread)
            shared.insert(event.object);
    return shared;
}

bool is_of_interest(const Event& event, const std::set<std::uint64_t>& shared) {
    switch (event.kind) {
        case EventKind::starts_thread:
        case EventKind::ends:
        case EventKind::waits:
        case EventKind::times_out:
        case EventKind::wakes_up:
        case EventKind::reads_outside:
        case EventKind::writes_outside:
        case EventKind::notifies:
            return true;
        case EventKind::goes_on:
        case EventKind::joins:
            return false;
        default:
            return shared.contains(event.object);
    }
}

/// A step, with the event that it tells of.
struct Told {
    Step step;
    const Event& event;
};

std::vector<Told> tell_all(const ScheduleRun& run, const LineFinder& find_lines, const std::string& source) {
    const auto offset_of = [&](std::uint64_t address) { return address - 1 - run.program_address; };
    std::set<std::uint64_t> offsets;
    constexpr std::uint64_t largest_program_bytes = 1 << 30;
    for (const Event& event : run.events)
        for (std::uint32_t i = 0; i < event.frame_count; ++i)
            if (const std::uint64_t offset = offset_of(event.frames.at(i)); offset < largest_program_bytes)
                offsets.insert(offset);
    const std::map<std::uint64_t, int> lines =
        offsets.empty() ? std::map<std::uint64_t, int>() : find_lines({offsets.begin(), offsets.end()});
    const auto line_of = [&](const Event& event) {
        for (std::uint32_t i = 0; i < event.frame_count; ++i)
            if (const auto found = lines.find(offset_of(event.frames.at(i))); found != lines.end())
                return found->second;
        return 0;
    };

    const std::set<std::uint64_t> shared = shared_objects(run);
    Narrator narrator;
    std::vector<Told> told;
    for (const Event& event : run.events) {
        std::string what = narrator.tell(event);
        if (!is_of_interest(event, shared)) continue;
        const int line = line_of(event);
        if (line == 0 && event.kind != EventKind::ends) continue;  // of a library, for itself
        if (!told.empty() && told.back().step.thread == event.thread && told.back().step.line == line &&
            told.back().step.what == what)
            continue;
        const bool is_switch =
            !told.empty() && told.back().step.thread != event.thread &&
            std::ranges::any_of(run.deviations, [&](const schedules::Deviation& deviation) {
                return deviation.choice >= told.back().event.choice && deviation.choice < event.choice &&
                       deviation.thread == event.thread;
            });
        told.push_back({{event.thread, line, source_line(source, line), std::move(what), is_switch}, event});
    }
    return told;
}

/// The numbers of the steps that explain how the schedule fails: what a thread did before and after others
/// came in between, what these did there with the same objects, and in a deadlock the last waits and what
/// happened to the objects waited for.
std::set<std::size_t> steps_that_matter(const std::vector<Told>& told, schedules::Ending ending) {
    std::set<std::size_t> result;
    const auto touches = [&](std::size_t i, std::size_t other) {
        return told[i].event.object != 0 && told[i].event.object == told[other].event.object;
    };
    for (std::size_t k = 1; k < told.size(); ++k) {
        if (!told[k].step.is_switch) continue;
        const unsigned interrupted = told[k - 1].step.thread;
        std::size_t next = k;
        while (next < told.size() && told[next].step.thread != interrupted) ++next;
        if (next == k) continue;
        result.insert(k - 1);
        if (next < told.size()) result.insert(next);
        for (std::size_t i = k; i < next; ++i)
            if (touches(i, k - 1) || (next < told.size() && touches(i, next))) result.insert(i);
    }
    std::map<unsigned, std::size_t> last;  // step of each thread
    for (std::size_t i = 0; i < told.size(); ++i) last[told[i].step.thread] = i;
    if (ending == schedules::Ending::stuck) {
        for (const auto& [thread, i] : last) {
            if (told[i].event.kind != EventKind::waits) continue;
            result.insert(i);
            if (told[i].event.wait == WaitKind::thread) continue;
            std::optional<std::size_t> locked;
            for (std::size_t before = 0; before < i; ++before) {
                if (!touches(before, i)) continue;
                if (told[before].event.kind == EventKind::notifies) result.insert(before);
                if (told[before].event.kind == EventKind::locks) locked = before;
            }
            if (locked) result.insert(*locked);
        }
    } else if (result.empty() || ending == schedules::Ending::outside || ending == schedules::Ending::none) {
        for (std::size_t i = told.size() < 3 ? 0 : told.size() - 3; i < told.size(); ++i) result.insert(i);
    }
    while (result.size() > steps_in_words) result.erase(result.begin());
    return result;
}

/// Whether threads wait for mutexes of each other, or a condition variable's waiter has missed its
/// notification.
std::optional<Symptom> symptom_of_deadlock(const ScheduleRun& run) {
    std::map<std::uint64_t, unsigned> holder;  // by mutex
    std::map<unsigned, std::size_t> waiting;   // number of the event with which a thread began its last wait
    for (std::size_t i = 0; i < run.events.size(); ++i) {
        const Event& event = run.events[i];
        waiting.erase(event.thread);
        if (event.kind == EventKind::locks) holder[event.object] = event.thread;
        if (event.kind == EventKind::unlocks) holder.erase(event.object);
        if (event.kind == EventKind::waits) waiting[event.thread] = i;
    }
    for (const auto& [first, at] : waiting) {
        unsigned thread = first;
        for (std::size_t steps = 0; steps <= waiting.size(); ++steps) {
            const auto wait = waiting.find(thread);
            if (wait == waiting.end() || run.events[wait->second].wait != WaitKind::mutex) break;
            const auto found = holder.find(run.events[wait->second].object);
            if (found == holder.end()) break;
            thread = found->second;
            if (thread == first) return steps == 0 ? std::nullopt : std::optional(Symptom::lock_ring);
        }
    }
    for (const auto& [thread, at] : waiting) {
        if (run.events[at].wait != WaitKind::condition) continue;
        bool too_early = false;
        bool later = false;
        for (std::size_t i = 0; i < run.events.size(); ++i) {
            const Event& event = run.events[i];
            if (event.kind != EventKind::notifies || event.object != run.events[at].object) continue;
            if (i > at) later = true;
            if (i < at && event.value == 0) too_early = true;
        }
        if (later || !too_early) return Symptom::notified_too_few;
        return Symptom::notified_too_early;
    }
    return std::nullopt;
}

/// Whether a thread acted on something that it had read, and that others changed in between.
std::optional<Symptom> symptom_of_switch(const std::vector<Told>& told) {
    std::optional<Symptom> symptom;
    for (std::size_t k = 1; k < told.size(); ++k) {
        if (!told[k].step.is_switch) continue;
        const Event& before = told[k - 1].event;
        std::size_t next = k;
        while (next < told.size() && told[next].event.thread != before.thread) ++next;
        if (next == told.size() || before.object == 0 || told[next].event.object != before.object) continue;
        const auto is_changed = [&](EventKind kind) {
            return std::any_of(told.begin() + static_cast<std::ptrdiff_t>(k),
                               told.begin() + static_cast<std::ptrdiff_t>(next), [&](const Told& each) {
                                   return each.event.object == before.object && each.event.kind == kind;
                               });
        };
        const EventKind after = told[next].event.kind;
        const bool was_written = is_changed(EventKind::stores) || is_changed(EventKind::exchanges);
        const bool was_read = before.kind == EventKind::loads && was_written;
        const bool let_go = before.kind == EventKind::unlocks && is_changed(EventKind::locks);
        if (was_read && after == EventKind::stores)
            symptom = Symptom::stale_store;
        else if ((was_read && after == EventKind::exchanges) || (let_go && after == EventKind::locks))
            symptom = Symptom::stale_test;
    }
    return symptom;
}

std::string in_words(const std::vector<Told>& told, const std::set<std::size_t>& shown) {
    std::string text;
    std::set<int> quoted;
    std::optional<std::size_t> before;
    for (const std::size_t i : shown) {
        const Step& step = told[i].step;
        if (before && told[*before].step.thread == step.thread) {
            text += ", then";
        } else {
            std::string name = thread_name(step.thread);
            name[0] = static_cast<char>(std::toupper(name[0]));
            text += (text.empty() ? "" : ". ") + name;
        }
        text += " " + step.what;
        if (step.line != 0) text += fmt::format(" (line {})", step.line);
        before = i;
    }
    if (!text.empty()) text += ".";
    for (const std::size_t i : shown)
        if (const Step& step = told[i].step; !step.code.empty() && quoted.insert(step.line).second)
            text += fmt::format(" Line {}: `{}`", step.line, step.code);
    return text;
}

}  // namespace

LineFinder lines_by_addr2line(const fs::path& program, const std::string& student_file) {
    return [=](const std::vector<std::uint64_t>& offsets) {
        std::map<std::uint64_t, int> lines;
        sandbox::Launch launch;
        launch.argv = {"addr2line", "-ai", "-e", program.string()};
        for (const std::uint64_t offset : offsets) launch.argv.push_back(fmt::format("{:#x}", offset));
        launch.environment = sandbox::toolchain_environment();
        constexpr std::size_t most_bytes = 4 << 20;
        std::string text;
        try {
            text = sandbox::run(launch, 20, most_bytes).output;
        } catch (const std::system_error&) {
            return lines;
        }
        std::istringstream stream(text);
        std::string line;
        std::uint64_t offset = 0;
        while (std::getline(stream, line)) {
            if (line.starts_with("0x")) {
                std::from_chars(line.data() + 2, line.data() + line.size(), offset, 16);
                continue;
            }
            const std::size_t colon = line.rfind(':');
            if (colon == std::string::npos || lines.contains(offset)) continue;
            const std::string_view file = std::string_view(line).substr(0, colon);
            if (file != student_file && !file.ends_with("/" + student_file)) continue;
            int number = 0;
            std::from_chars(line.data() + colon + 1, line.data() + line.size(), number);
            if (number > 0) lines[offset] = number;
        }
        return lines;
    };
}

Story story_of(const ScheduleRun& run, const LineFinder& find_lines, const std::string& source) {
    const std::vector<Told> told = tell_all(run, find_lines, source);
    Story story;
    for (const Told& each : told) story.steps.push_back(each.step);
    story.text = in_words(told, steps_that_matter(told, run.ending));
    story.symptom =
        run.ending == schedules::Ending::stuck ? symptom_of_deadlock(run) : symptom_of_switch(told);
    return story;
}

}  // namespace grader
