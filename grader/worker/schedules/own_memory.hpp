#pragma once

/// Memory for the scheduler's own records, beside the program's heap: where the program's allocations lie,
/// and which of them share a cache line, must not depend on what the scheduler remembers.

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory_resource>
#include <new>

namespace worker::schedules {

class Pages : public std::pmr::memory_resource {
    void* do_allocate(std::size_t bytes, std::size_t) override {
        void* const pages =
            mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (pages == MAP_FAILED) std::abort();
        return pages;
    }
    void do_deallocate(void* pages, std::size_t bytes, std::size_t) override { munmap(pages, bytes); }
    [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override {
        return this == &other;
    }
};

/// Never destroyed, since threads may outlive main(). Only the thread that has the turn may use it.
inline std::pmr::memory_resource* own_memory() {
    struct Pool {
        Pages pages;
        std::pmr::monotonic_buffer_resource chunks{1 << 20, &pages};
        std::pmr::unsynchronized_pool_resource pool{&chunks};
    };
    alignas(Pool) static std::byte place[sizeof(Pool)];  // NOLINT(modernize-avoid-c-arrays)
    static auto* const pool = new (place) Pool;
    return &pool->pool;
}

}  // namespace worker::schedules
