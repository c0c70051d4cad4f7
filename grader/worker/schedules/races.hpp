#pragma once

/// Looks for data races in a schedule: two accesses to the same bytes by two threads, at least one a store
/// and not both atomic, that no synchronisation orders. Which are ordered, the memory orders and fences of
/// the program say, not the order in which the scheduler let them happen; after
///   Flanagan, Freund: FastTrack: Efficient and Precise Dynamic Race Detection, PLDI 2009.
///
/// It sees less than ThreadSanitizer: only what instrumented code does, not the accesses of the C++
/// library. But it knows fences and timed locks, so it can clear up a doubt of ThreadSanitizer's; and it
/// looks at hundreds of schedules. Nothing is noted while the threads run side by side.

#include <cstddef>
#include <cstdint>

#include "schedules/area.hpp"

namespace worker::schedules::races {

enum class Access { load, store };

/// The calling thread's plain access, and the return address of the function that tells of it.
void access(const void* address, std::size_t bytes, Access kind, const void* where);

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
