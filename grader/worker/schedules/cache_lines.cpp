#include "schedules/cache_lines.hpp"

#ifdef KIT_SCHEDULES

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <memory_resource>
#include <new>
#include <numeric>
#include <unordered_map>
#include <vector>

#include "schedules/own_memory.hpp"

namespace worker::schedules {

thread_local constinit LinesOfThread* lines_of_thread = nullptr;

namespace {

/// Never destroyed: threads may outlive main().
struct Counts {
    std::pmr::map<unsigned, LinesOfThread> threads{own_memory()};
    // By thread and line. A record stays where it is.
    std::pmr::map<const LinesOfThread*, std::pmr::unordered_map<std::uintptr_t, LineOfThread>> lines{
        own_memory()};
};

Counts& counts() {
    alignas(Counts) static std::byte place[sizeof(Counts)];  // NOLINT(modernize-avoid-c-arrays)
    static auto* const counts = new (place) Counts;
    return *counts;
}

struct Use {
    unsigned thread;
    LineOfThread* line;
};

/// Accesses to a line while others use it, too.
struct Overlap {
    double accesses = 0;
    double slices = 0;  // in which others use it
    double others = 0;  // threads in each of these, on average
};

struct Overlaps {
    Overlap loads;
    Overlap stores;
};

std::uint64_t word_mask(std::size_t word) {
    return std::uint64_t{0xff} << (8 * word);
}

double sum_of(const std::array<std::uint32_t, bytes_of_line / 8>& counts) {
    return std::accumulate(counts.begin(), counts.end(), 0.0);
}

/// The accesses to bytes of the thread's own while others use the line, too. A load of a byte that others
/// store to may be one of what they stored, so as many are left out as there are such stores; likewise for
/// stores. And no more loads of a line wait than others store to it meanwhile.
Overlaps overlaps_of(const Use& own, const std::vector<Use>& uses) {
    std::array<double, bytes_of_line / 8> stored_by_others{};  // words of which this thread loads a byte
    std::array<double, bytes_of_line / 8> used_by_others{};    // words of which it stores a byte
    std::uint64_t slices_of_stores = 0;
    std::uint64_t slices_of_uses = 0;
    double stores_meanwhile = 0;
    double uses_meanwhile = 0;
    Overlaps overlap;
    for (const auto& [thread, line] : uses) {
        if (thread == own.thread) continue;
        const double common = std::popcount(own.line->slices & line->slices);
        const double share = common / std::popcount(line->slices);
        const double stores = sum_of(line->stores);
        slices_of_uses |= line->slices;
        uses_meanwhile += (stores + sum_of(line->loads)) * share;
        stores_meanwhile += stores * share;
        overlap.stores.others += common;
        for (std::size_t word = 0; word < bytes_of_line / 8; ++word) {
            const std::uint64_t mask = word_mask(word);
            if ((own.line->loaded_bytes & line->stored_bytes & mask) != 0)
                stored_by_others.at(word) += line->stores.at(word);
            if ((own.line->stored_bytes & (line->stored_bytes | line->loaded_bytes) & mask) != 0)
                used_by_others.at(word) += line->stores.at(word) + line->loads.at(word);
        }
        if (stores == 0) continue;
        slices_of_stores |= line->slices;
        overlap.loads.others += common;
    }
    for (std::size_t word = 0; word < bytes_of_line / 8; ++word) {
        overlap.loads.accesses += std::max(0.0, own.line->loads.at(word) - stored_by_others.at(word));
        overlap.stores.accesses += std::max(0.0, own.line->stores.at(word) - used_by_others.at(word));
    }
    const auto reduce = [&](Overlap& accesses, std::uint64_t slices, double most) {
        accesses.slices = std::popcount(own.line->slices & slices);
        if (accesses.slices > 0) accesses.others /= accesses.slices;
        accesses.accesses =
            std::min(accesses.accesses * accesses.slices / std::popcount(own.line->slices), most);
    };
    reduce(overlap.loads, slices_of_stores, stores_meanwhile);
    reduce(overlap.stores, slices_of_uses, uses_meanwhile);
    return overlap;
}

void add(std::array<Rhythm, most_rhythms>& rhythms, const Overlap& overlap, double slice_steps) {
    if (overlap.accesses < 1) return;
    const double between = std::max(1.0, overlap.slices * slice_steps / overlap.accesses);
    const auto number = std::min(most_rhythms - 1, static_cast<std::size_t>(std::log2(between)));
    Rhythm& rhythm = rhythms.at(number);
    rhythm.accesses += overlap.accesses;
    rhythm.steps += overlap.accesses * between;
    rhythm.others += overlap.accesses * overlap.others;
}

}  // namespace

void LinesOfThread::rescale(LineOfThread& line, unsigned scale) {
    for (; line.scale < scale; ++line.scale) {
        std::uint64_t wider = 0;
        for (unsigned i = 0; i < 32; ++i)
            if ((line.slices >> (2 * i) & 3) != 0) wider |= std::uint64_t{1} << i;
        line.slices = wider;
    }
}

LineOfThread& LinesOfThread::find(std::uintptr_t line) {
    LineOfThread& found = counts().lines[this][line];
    if (found.line == 0) {
        found.line = line;
        found.scale = scale_;
    }
    return found;
}

LinesOfThread* new_lines_of_thread(unsigned thread) {
    return &counts().threads[thread];
}

void sum_up(unsigned scale, CacheLines& result) {
    std::pmr::unordered_map<std::uintptr_t, std::vector<Use>> lines;
    result.steps = 1;
    for (auto& [thread, of_thread] : counts().threads) {
        result.steps = std::max(result.steps, of_thread.steps);
        for (auto& [number, line] : counts().lines[&of_thread]) {
            LinesOfThread::rescale(line, scale);
            lines[number].push_back({thread, &line});
        }
    }
    std::vector<LineUse> found;
    const double slice_steps = std::exp2(static_cast<double>(scale));
    for (const auto& [number, uses] : lines) {
        if (uses.size() < 2) continue;
        for (const Use& use : uses) {
            const Overlaps overlaps = overlaps_of(use, uses);
            if (overlaps.loads.accesses + overlaps.stores.accesses < 1) continue;
            found.push_back({.line = number,
                             .loads = static_cast<std::uint64_t>(overlaps.loads.accesses),
                             .stores = static_cast<std::uint64_t>(overlaps.stores.accesses),
                             .loaded_bytes = use.line->loaded_bytes,
                             .stored_bytes = use.line->stored_bytes,
                             .where = reinterpret_cast<std::uintptr_t>(use.line->where),
                             .thread = use.thread,
                             .reserved = 0});
            const auto add_to = [&](Rhythms& rhythms) {
                add(rhythms.loads, overlaps.loads, slice_steps);
                add(rhythms.stores, overlaps.stores, slice_steps);
            };
            add_to(result.of_all);
            if (use.thread < most_threads) add_to(result.of_thread.at(use.thread));
        }
    }
    std::ranges::sort(found, [](const LineUse& one, const LineUse& other) {
        return one.loads + one.stores > other.loads + other.stores;
    });
    result.uses = static_cast<std::uint32_t>(std::min(found.size(), most_line_uses));
    std::copy_n(found.begin(), result.uses, result.use.begin());
}

}  // namespace worker::schedules

#endif
