// The functions that code compiled with -fsanitize=thread calls, in the place of ThreadSanitizer's own. Each
// atomic operation is a choice. g++ 12 and newer call the form compare_exchange_strong/weak, clang _val.

#include "schedules/cache_lines.hpp"
#include "schedules/races.hpp"
#include "schedules/scheduler.hpp"

#ifdef KIT_SCHEDULES

#include <cstddef>
#include <cstring>

namespace {

namespace schedules = worker::schedules;
namespace races = worker::schedules::races;

using schedules::EventKind;

template <class T>
std::uint64_t bits(T value) {
    std::uint64_t result = 0;
    std::memcpy(&result, &value, sizeof value < sizeof result ? sizeof value : sizeof result);
    return result;
}

template <class T>
void record(EventKind kind, const volatile T* object, T value, T before = {}) {
    if (!schedules::is_active()) return;
    schedules::record({.kind = kind,
                       .object = const_cast<const T*>(object),
                       .value = bits(value),
                       .before = bits(before),
                       .bytes = sizeof(T)});
}

void choose() {
    if (schedules::is_active()) schedules::choose();
}

enum class Access { load, store, both };

template <Access access>
inline __attribute__((always_inline)) void count(const void* address, std::size_t bytes) {
    schedules::LinesOfThread* const lines = schedules::lines_of_thread;
    if (lines == nullptr) return;
    lines->count(address, bytes, access != Access::load, access != Access::store,
                 __builtin_return_address(0));
    if (++lines->steps >= lines->turn_ends) schedules::end_turn();
}

template <Access access>
inline __attribute__((always_inline)) void plain(const void* address, std::size_t bytes) {
    schedules::check_access(address, bytes, access != Access::load);
    races::access(address, bytes, access == Access::load ? races::Access::load : races::Access::store,
                  __builtin_return_address(0));
    count<access>(address, bytes);
}

// Only one thread runs at a time, so plain accesses are atomic here.

template <class T>
inline __attribute__((always_inline)) T load(const volatile T* object, int order) {
    choose();
    races::atomic_load(const_cast<const T*>(object), sizeof(T), order);
    count<Access::load>(const_cast<const T*>(object), sizeof(T));
    T value = *object;
    if (schedules::poll(const_cast<const T*>(object), bits(value))) value = *object;
    record(EventKind::loads, object, value);
    return value;
}

template <class T>
inline __attribute__((always_inline)) void store(volatile T* object, T value, int order) {
    choose();
    races::atomic_store(const_cast<const T*>(object), sizeof(T), order);
    count<Access::store>(const_cast<const T*>(object), sizeof(T));
    *object = value;
    schedules::notice_change(const_cast<const T*>(object));
    record(EventKind::stores, object, value);
}

/// One that leaves the value as it was may be a poll.
template <class T>
void notice_exchange(const volatile T* object, T before, T after) {
    if (before == after)
        schedules::poll(const_cast<const T*>(object), bits(after));
    else
        schedules::notice_change(const_cast<const T*>(object));
}

/// Replaces the value by what `change` makes of it. Returns the one before.
template <class T, class Change>
inline __attribute__((always_inline)) T exchange(volatile T* object, int order, Change&& change) {
    choose();
    races::atomic_exchange(const_cast<const T*>(object), sizeof(T), order);
    count<Access::both>(const_cast<const T*>(object), sizeof(T));
    const T before = *object;
    const T after = change(before);
    *object = after;
    notice_exchange(object, before, after);
    record(EventKind::exchanges, object, after, before);
    return before;
}

template <class T>
inline __attribute__((always_inline)) bool compare_exchange(volatile T* object, T* expected, T value,
                                                            int order, int order_of_failure) {
    choose();
    count<Access::both>(const_cast<const T*>(object), sizeof(T));
    const T before = *object;
    const bool is_expected = before == *expected;
    if (is_expected) {
        races::atomic_exchange(const_cast<const T*>(object), sizeof(T), order);
        *object = value;
    } else {
        races::atomic_load(const_cast<const T*>(object), sizeof(T), order_of_failure);
        *expected = before;
    }
    notice_exchange(object, before, *object);
    record(is_expected ? EventKind::exchanges : EventKind::fails_to_exchange, object, value, before);
    return is_expected;
}

/// libstdc++ 12 unlocks a std::atomic<std::shared_ptr> with a relaxed subtraction, so none is taken for
/// unordered.
constexpr int of_unlock(int order) {
    return order == __ATOMIC_RELAXED ? __ATOMIC_RELEASE : order;
}

}  // namespace

// Names and parameters are the sanitizer's:
// NOLINTBEGIN(bugprone-reserved-identifier,bugprone-macro-parentheses)

extern "C" {

#define ATOMICS(size, T)                                                                        \
    T __tsan_atomic##size##_load(const volatile T* a, int o) {                                  \
        return load(a, o);                                                                      \
    }                                                                                           \
    void __tsan_atomic##size##_store(volatile T* a, T v, int o) {                               \
        store(a, v, o);                                                                         \
    }                                                                                           \
    T __tsan_atomic##size##_exchange(volatile T* a, T v, int o) {                               \
        return exchange(a, o, [v](T) { return v; });                                            \
    }                                                                                           \
    T __tsan_atomic##size##_fetch_add(volatile T* a, T v, int o) {                              \
        return exchange(a, o, [v](T old) { return static_cast<T>(old + v); });                  \
    }                                                                                           \
    T __tsan_atomic##size##_fetch_sub(volatile T* a, T v, int o) {                              \
        return exchange(a, of_unlock(o), [v](T old) { return static_cast<T>(old - v); });       \
    }                                                                                           \
    T __tsan_atomic##size##_fetch_and(volatile T* a, T v, int o) {                              \
        return exchange(a, o, [v](T old) { return static_cast<T>(old & v); });                  \
    }                                                                                           \
    T __tsan_atomic##size##_fetch_or(volatile T* a, T v, int o) {                               \
        return exchange(a, o, [v](T old) { return static_cast<T>(old | v); });                  \
    }                                                                                           \
    T __tsan_atomic##size##_fetch_xor(volatile T* a, T v, int o) {                              \
        return exchange(a, o, [v](T old) { return static_cast<T>(old ^ v); });                  \
    }                                                                                           \
    T __tsan_atomic##size##_fetch_nand(volatile T* a, T v, int o) {                             \
        return exchange(a, o, [v](T old) { return static_cast<T>(~(old & v)); });               \
    }                                                                                           \
    int __tsan_atomic##size##_compare_exchange_strong(volatile T* a, T* c, T v, int o, int f) { \
        return compare_exchange(a, c, v, o, f) ? 1 : 0;                                         \
    }                                                                                           \
    int __tsan_atomic##size##_compare_exchange_weak(volatile T* a, T* c, T v, int o, int f) {   \
        return compare_exchange(a, c, v, o, f) ? 1 : 0;                                         \
    }                                                                                           \
    T __tsan_atomic##size##_compare_exchange_val(volatile T* a, T c, T v, int o, int f) {       \
        compare_exchange(a, &c, v, o, f);                                                       \
        return c;                                                                               \
    }

ATOMICS(8, std::uint8_t)
ATOMICS(16, std::uint16_t)
ATOMICS(32, std::uint32_t)
ATOMICS(64, std::uint64_t)
#ifdef __SIZEOF_INT128__
__extension__ using Wide = unsigned __int128;
ATOMICS(128, Wide)
#endif
#undef ATOMICS

void __tsan_atomic_thread_fence(int order) {
    choose();
    races::fence(order);
}
void __tsan_atomic_signal_fence(int) {}

void __tsan_init() {}
void __tsan_func_entry(void*) {
    schedules::LinesOfThread* const lines = schedules::lines_of_thread;
    if (lines != nullptr && ++lines->steps >= lines->turn_ends) schedules::end_turn();
}
void __tsan_func_exit() {}

#define ACCESSES(size)                                    \
    void __tsan_read##size(void* a) {                     \
        plain<Access::load>(a, size);                     \
    }                                                     \
    void __tsan_write##size(void* a) {                    \
        plain<Access::store>(a, size);                    \
    }                                                     \
    void __tsan_read_write##size(void* a) {               \
        plain<Access::both>(a, size);                     \
    }                                                     \
    void __tsan_unaligned_read##size(void* a) {           \
        plain<Access::load>(a, size);                     \
    }                                                     \
    void __tsan_unaligned_write##size(void* a) {          \
        plain<Access::store>(a, size);                    \
    }                                                     \
    void __tsan_unaligned_read_write##size(void* a) {     \
        plain<Access::both>(a, size);                     \
    }                                                     \
    void __tsan_volatile_read##size(void* a) {            \
        plain<Access::load>(a, size);                     \
    }                                                     \
    void __tsan_volatile_write##size(void* a) {           \
        plain<Access::store>(a, size);                    \
    }                                                     \
    void __tsan_unaligned_volatile_read##size(void* a) {  \
        plain<Access::load>(a, size);                     \
    }                                                     \
    void __tsan_unaligned_volatile_write##size(void* a) { \
        plain<Access::store>(a, size);                    \
    }

ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)
#undef ACCESSES

void __tsan_read_range(void* a, std::size_t bytes) {
    plain<Access::load>(a, bytes);
}
void __tsan_write_range(void* a, std::size_t bytes) {
    plain<Access::store>(a, bytes);
}
void __tsan_vptr_update(void** pointer, void* value) {
    if (*pointer != value) plain<Access::store>(pointer, sizeof *pointer);
}
void __tsan_vptr_read(void** pointer) {
    plain<Access::load>(pointer, sizeof *pointer);
}

void* __tsan_memcpy(void* to, const void* from, std::size_t bytes) {
    plain<Access::load>(from, bytes);
    plain<Access::store>(to, bytes);
    return std::memcpy(to, from, bytes);
}
void* __tsan_memmove(void* to, const void* from, std::size_t bytes) {
    plain<Access::load>(from, bytes);
    plain<Access::store>(to, bytes);
    return std::memmove(to, from, bytes);
}
void* __tsan_memset(void* to, int byte, std::size_t bytes) {
    plain<Access::store>(to, bytes);
    return std::memset(to, byte, bytes);
}

}  // extern "C"

// NOLINTEND(bugprone-reserved-identifier,bugprone-macro-parentheses)

#endif
