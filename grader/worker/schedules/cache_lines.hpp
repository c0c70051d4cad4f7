#pragma once

/// Counts who loads and stores which bytes of which cache line, to find false sharing: threads that use the
/// same line at the same time, though none uses the other's bytes.
///
/// Time is counted in steps of each thread: an access of the instrumented code, or a function that it enters,
/// is one. The scheduler lets the thread go on that has taken the fewest, and what waits for another thread
/// goes on no earlier than that one woke it; so steps are the time that passes if each thread has a core. The
/// time is divided into slices. Two threads use a line at the same time if they do so in the same slice.

#include <array>
#include <cstdint>

#include "schedules/area.hpp"

namespace worker::schedules {

/// One thread's accesses to one line.
struct LineOfThread {
    std::uintptr_t line = 0;
    std::array<std::uint32_t, bytes_of_line / 8> loads{};  // by the word where they begin
    std::array<std::uint32_t, bytes_of_line / 8> stores{};
    std::uint64_t loaded_bytes = 0;
    std::uint64_t stored_bytes = 0;
    std::uint64_t slices = 0;     // a bit for each slice in which it was used
    unsigned scale = 0;           // of these slices
    const void* where = nullptr;  // the instruction that uses it the most, as a rule
    std::uint32_t votes = 0;      // for that one; cf. Boyer, Moore: MJRTY, 1991

    void vote_for(const void* instruction) {
        if (votes == 0) where = instruction;
        votes += instruction == where ? 1 : -1;
    }
};

/// What the calling thread has counted. The steps are only counted while `turn_ends` is set.
class LinesOfThread {
  public:
    std::uint64_t steps = 0;
    std::uint64_t turn_ends = 0;  // the thread has to ask for another turn then

    void count(const void* address, std::size_t bytes, bool is_store, bool is_load, const void* where) {
        const auto first = reinterpret_cast<std::uintptr_t>(address);
        for (std::uintptr_t at = first, end = first + bytes; at < end;) {
            const std::uintptr_t line = at / bytes_of_line;
            const std::uintptr_t stop = end < (line + 1) * bytes_of_line ? end : (line + 1) * bytes_of_line;
            LineOfThread*& known = recent_[line % recent_.size()];
            if (known == nullptr || known->line != line) known = &find(line);
            const std::size_t offset = at % bytes_of_line;
            const std::uint64_t mask = (~std::uint64_t{0} >> (bytes_of_line - (stop - at))) << offset;
            if (is_load) {
                ++known->loads[offset / 8];  // NOLINT(*-constant-array-index)
                known->loaded_bytes |= mask;
            }
            if (is_store) {
                ++known->stores[offset / 8];  // NOLINT(*-constant-array-index)
                known->stored_bytes |= mask;
            }
            if (is_store || known->stored_bytes == 0) known->vote_for(where);
            if (known->scale != scale_) rescale(*known, scale_);
            known->slices |= slice_;
            at = stop;
        }
    }

    /// The slice that the thread's steps are in, in slices of 2^scale steps.
    void begin_turn(unsigned scale, std::uint64_t ends) {
        scale_ = scale;
        slice_ = std::uint64_t{1} << (steps >> scale);
        turn_ends = ends;
    }

    static void rescale(LineOfThread& line, unsigned scale);

  private:
    [[nodiscard]] LineOfThread& find(std::uintptr_t line);

    std::array<LineOfThread*, 64> recent_{};
    std::uint64_t slice_ = 1;
    unsigned scale_ = 0;
};

/// The calling thread's counts; nullptr while lines aren't counted.
extern thread_local constinit LinesOfThread* lines_of_thread;

/// The counts of a thread that begins.
LinesOfThread* new_lines_of_thread(unsigned thread);

/// Sums up what was counted, in slices of 2^scale steps.
void sum_up(unsigned scale, CacheLines& result);

}  // namespace worker::schedules
