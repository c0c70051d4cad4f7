#pragma once

/// Looks for data races in a schedule: two accesses to the same bytes by two threads, at least one a store
/// and not both atomic, that no synchronisation orders. Which are ordered, the memory orders and fences of
/// the program say, not the order in which the scheduler let them happen; after
///   Flanagan, Freund: FastTrack: Efficient and Precise Dynamic Race Detection, PLDI 2009.
///
/// It sees less than ThreadSanitizer: only what instrumented code does, not the accesses of the C++
/// library. But it knows fences and timed locks, so it can clear up a doubt of ThreadSanitizer's; and it
/// looks at hundreds of schedules. Nothing is noted while the threads run side by side.

#include <array>
#include <cstddef>
#include <cstdint>

#include "schedules/area.hpp"

namespace worker::schedules::races {

enum class Access { load, store };

/// The last plain accesses of a thread. The same one again, in the same step (until the thread tells others
/// of what it did), shows nothing new: whoever comes in between and isn't ordered after the first one races
/// with that. Loops mostly repeat a few accesses.
class RecentAccesses {
  public:
    std::uint32_t step = 0;  // 0: none yet

    /// Whether the access is known. It is from now on.
    bool knows(const void* address, std::size_t bytes, Access kind, std::uint32_t forgotten) {
        const auto number = reinterpret_cast<std::uintptr_t>(address);
        const std::uint64_t is_store = kind == Access::store ? 1 : 0;
        constexpr unsigned bits_for_the_kind = 7;
        const Entry wanted{number << bits_for_the_kind | bytes << 1 | is_store,
                           std::uint64_t{step} << 32 | forgotten};
        // A place that is loaded is often stored to next.
        const std::uint64_t place = number / sizeof(double) * 2 + is_store;
        Entry& entry = entries_[place % entries_.size()];  // NOLINT(*-constant-array-index)
        if (entry.access == wanted.access && entry.when == wanted.when) return true;
        entry = wanted;
        return false;
    }

  private:
    struct Entry {
        std::uint64_t access = 0;
        std::uint64_t when = 0;
    };
    std::array<Entry, 64> entries_{};
};

extern thread_local constinit RecentAccesses recent;
extern std::uint32_t forgotten;  // how often memory was used anew

/// Use access(), which leaves out what is known.
void note_access(const void* address, std::size_t bytes, Access kind, const void* where);

/// The calling thread's plain access, and the return address of the function that tells of it.
inline void access(const void* address, std::size_t bytes, Access kind, const void* where) {
    if (recent.step != 0 && recent.knows(address, bytes, kind, forgotten)) return;
    note_access(address, bytes, kind, where);
}

/// Its atomic operations. `order` is a __ATOMIC_… constant.
void atomic_load(const void* object, std::size_t bytes, int order);
void atomic_store(const void* object, std::size_t bytes, int order);
void atomic_exchange(const void* object, std::size_t bytes, int order);
void fence(int order);

/// What the thread did before release() is seen by one that calls acquire() for the same object later.
void release(const void* object);
void acquire(const void* object);

void starts(unsigned thread);
void ends();
void joins(unsigned thread);

/// The memory is used anew.
void forget(const void* address, std::size_t bytes);

/// How many atomic operations have read what another thread had stored.
std::uint32_t told();
/// How many races were found, and the first one.
std::uint32_t found();
Race first();

}  // namespace worker::schedules::races
