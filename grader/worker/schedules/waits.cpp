// The functions with which threads are started, wait, and read the time. They hide the C library's own.

#include "schedules/races.hpp"
#include "schedules/scheduler.hpp"

#ifdef KIT_SCHEDULES

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <semaphore.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdarg>
#include <memory>
#include <memory_resource>
#include <unordered_map>

#include "real.hpp"
#include "schedules/own_memory.hpp"

namespace {

namespace schedules = worker::schedules;
namespace races = worker::schedules::races;

using schedules::EventKind;
using schedules::Nanoseconds;
using schedules::Thread;
using schedules::WaitKind;
using schedules::Woken;
using worker::Real;

#define REAL(function) constinit Real real_##function(#function, &(function))
REAL(pthread_create);
REAL(pthread_join);
REAL(pthread_tryjoin_np);
REAL(pthread_timedjoin_np);
REAL(pthread_clockjoin_np);
REAL(pthread_detach);
REAL(pthread_mutex_lock);
REAL(pthread_mutex_trylock);
REAL(pthread_mutex_timedlock);
REAL(pthread_mutex_clocklock);
REAL(pthread_mutex_unlock);
REAL(pthread_mutex_destroy);
REAL(pthread_rwlock_rdlock);
REAL(pthread_rwlock_tryrdlock);
REAL(pthread_rwlock_timedrdlock);
REAL(pthread_rwlock_clockrdlock);
REAL(pthread_rwlock_wrlock);
REAL(pthread_rwlock_trywrlock);
REAL(pthread_rwlock_timedwrlock);
REAL(pthread_rwlock_clockwrlock);
REAL(pthread_rwlock_unlock);
REAL(pthread_rwlock_destroy);
REAL(pthread_spin_lock);
REAL(pthread_spin_trylock);
REAL(pthread_spin_unlock);
REAL(pthread_cond_wait);
REAL(pthread_cond_timedwait);
REAL(pthread_cond_clockwait);
REAL(pthread_cond_signal);
REAL(pthread_cond_broadcast);
REAL(pthread_cond_destroy);
REAL(pthread_barrier_init);
REAL(pthread_barrier_wait);
REAL(pthread_once);
REAL(sem_init);
REAL(sem_wait);
REAL(sem_trywait);
REAL(sem_timedwait);
REAL(sem_clockwait);
REAL(sem_post);
REAL(sem_getvalue);
REAL(sched_yield);
REAL(nanosleep);
REAL(clock_nanosleep);
REAL(usleep);
REAL(sleep);
REAL(clock_gettime);
REAL(gettimeofday);
REAL(time);
REAL(syscall);
#undef REAL

constexpr Nanoseconds second_ns = 1'000'000'000;

Nanoseconds nanoseconds(const timespec& time) {
    return time.tv_sec * second_ns + time.tv_nsec;
}

timespec timespec_of(Nanoseconds time) {
    return {time / second_ns, time % second_ns};
}

// ---- Locks. An object without an entry is free.

struct Lock {
    Thread* owner = nullptr;
    unsigned depth = 0;    // how often the owner holds it
    unsigned readers = 0;  // how many hold it shared

    [[nodiscard]] bool is_free() const { return owner == nullptr && readers == 0; }
};

std::pmr::unordered_map<const void*, Lock>& locks() {
    static auto* const instance = new std::pmr::unordered_map<const void*, Lock>(schedules::own_memory());
    return *instance;
}

bool is_held(const void* lock) {
    const auto found = locks().find(lock);
    return found != locks().end() && !found->second.is_free();
}

/// Those that hold a lock shared leave what they did under an address of its own: only the next one that has
/// the lock alone must know it.
const void* of_readers(const void* lock) {
    return static_cast<const char*>(lock) + 1;
}

void take(const void* lock) {
    locks()[lock] = {&schedules::self(), 1, 0};
    races::acquire(lock);
    races::acquire(of_readers(lock));
    schedules::record({.kind = EventKind::locks, .object = lock});
}

/// Waits until the lock may be taken. Returns false if the time was over before.
template <class MayTake>
bool wait_until(MayTake&& may_take, const void* lock, WaitKind kind, std::optional<Nanoseconds> deadline) {
    while (!may_take()) {
        if (schedules::wait_for(lock, kind, deadline) != Woken::by_time) continue;
        if (may_take()) break;
        schedules::record({.kind = EventKind::fails_to_lock, .object = lock});
        return false;
    }
    return true;
}

int take_exclusive(const void* lock, WaitKind kind, std::optional<Nanoseconds> deadline) {
    if (!wait_until([&] { return !is_held(lock); }, lock, kind, deadline)) return ETIMEDOUT;
    take(lock);
    return 0;
}

int lock_mutex(pthread_mutex_t* mutex, std::optional<Nanoseconds> deadline = {}) {
    schedules::choose();
    const int type = mutex->__data.__kind & 3;
    if (const auto held = locks().find(mutex);
        held != locks().end() && held->second.owner == &schedules::self()) {
        if (type == PTHREAD_MUTEX_ERRORCHECK) return EDEADLK;
        if (type == PTHREAD_MUTEX_RECURSIVE) {
            ++held->second.depth;
            return 0;
        }
    }
    return take_exclusive(mutex, WaitKind::mutex, deadline);
}

int try_lock_mutex(pthread_mutex_t* mutex) {
    schedules::choose();
    if (!is_held(mutex)) {
        take(mutex);
        return 0;
    }
    Lock& held = locks()[mutex];
    if (held.owner == &schedules::self() && (mutex->__data.__kind & 3) == PTHREAD_MUTEX_RECURSIVE) {
        ++held.depth;
        return 0;
    }
    schedules::record({.kind = EventKind::fails_to_lock, .object = mutex});
    schedules::choose_as_poller();
    return EBUSY;
}

void release(const void* lock, WaitKind kind) {
    schedules::record({.kind = EventKind::unlocks, .object = lock});
    if (const auto held = locks().find(lock); held != locks().end() && held->second.owner != nullptr)
        races::release(lock);
    locks().erase(lock);
    schedules::wake_some(lock, kind, UINT_MAX);
}

int unlock_mutex(pthread_mutex_t* mutex) {
    schedules::choose();
    const auto held = locks().find(mutex);
    const int type = mutex->__data.__kind & 3;
    if (type != PTHREAD_MUTEX_NORMAL && (held == locks().end() || held->second.owner != &schedules::self()))
        return EPERM;
    if (held != locks().end() && --held->second.depth > 0) return 0;
    release(mutex, WaitKind::mutex);
    schedules::choose();
    return 0;
}

int lock_shared(pthread_rwlock_t* lock, std::optional<Nanoseconds> deadline = {}) {
    schedules::choose();
    const auto may_read = [&] { return locks()[lock].owner == nullptr; };
    if (!wait_until(may_read, lock, WaitKind::shared_mutex, deadline)) return ETIMEDOUT;
    ++locks()[lock].readers;
    races::acquire(lock);
    schedules::record({.kind = EventKind::locks_shared, .object = lock});
    return 0;
}

int unlock_shared_mutex(pthread_rwlock_t* lock) {
    schedules::choose();
    Lock& held = locks()[lock];
    if (held.readers > 0) races::release(of_readers(lock));
    if (held.readers > 1) {
        --held.readers;
        schedules::record({.kind = EventKind::unlocks, .object = lock});
    } else {
        release(lock, WaitKind::shared_mutex);
    }
    schedules::choose();
    return 0;
}

int try_exclusive(const void* lock) {
    schedules::choose();
    if (!is_held(lock)) {
        take(lock);
        return 0;
    }
    schedules::record({.kind = EventKind::fails_to_lock, .object = lock});
    schedules::choose_as_poller();
    return EBUSY;
}

// ---- Condition variables

int wait_for_condition(pthread_cond_t* condition, pthread_mutex_t* mutex,
                       std::optional<Nanoseconds> deadline = {}) {
    schedules::choose();  // between what the caller has just tested and the wait
    release(mutex, WaitKind::mutex);
    const Woken woken = schedules::wait_for(condition, WaitKind::condition, deadline);
    take_exclusive(mutex, WaitKind::mutex, {});
    return woken == Woken::by_time ? ETIMEDOUT : 0;
}

int notify(pthread_cond_t* condition, unsigned most) {
    schedules::choose();
    const unsigned woken = schedules::wake_some(condition, WaitKind::condition, most);
    schedules::record({.kind = EventKind::notifies, .object = condition, .value = woken});
    return 0;
}

// ---- Counters: semaphores and POSIX's barriers

std::pmr::unordered_map<const void*, std::uint64_t>& counters() {
    static auto* const instance =
        new std::pmr::unordered_map<const void*, std::uint64_t>(schedules::own_memory());
    return *instance;
}

int semaphore_error(int error) {
    errno = error;
    return -1;
}

int wait_for_semaphore(sem_t* semaphore, std::optional<Nanoseconds> deadline = {}) {
    schedules::choose();
    if (!wait_until([&] { return counters()[semaphore] > 0; }, semaphore, WaitKind::semaphore, deadline))
        return semaphore_error(ETIMEDOUT);
    --counters()[semaphore];
    races::acquire(semaphore);
    return 0;
}

struct Barrier {
    unsigned count = 0;
    unsigned arrived = 0;
    std::uint64_t round = 0;
};

std::pmr::unordered_map<const void*, Barrier>& barriers() {
    static auto* const instance = new std::pmr::unordered_map<const void*, Barrier>(schedules::own_memory());
    return *instance;
}

// ---- Threads

void* run_thread(void* thread) {
    auto* const record = static_cast<Thread*>(thread);
    schedules::take_part(*record);
    return record->routine(record->argument);
}

int start_thread(pthread_t* id, const pthread_attr_t* attributes, void* (*routine)(void*), void* argument) {
    schedules::choose();
    Thread* const thread = schedules::add_thread();
    if (thread == nullptr) return EAGAIN;
    thread->routine = routine;
    thread->argument = argument;
    int state = PTHREAD_CREATE_JOINABLE;
    if (attributes != nullptr) pthread_attr_getdetachstate(attributes, &state);
    thread->is_detached = state == PTHREAD_CREATE_DETACHED;
    const int error = real_pthread_create(id, attributes, run_thread, thread);
    if (error != 0) {
        schedules::forget(*thread);
        return error;
    }
    thread->id = *id;
    schedules::notice_start(*thread);
    races::starts(thread->number);
    schedules::record({.kind = EventKind::starts_thread, .object = thread, .other = thread->number});
    schedules::choose();
    return 0;
}

int join(pthread_t id, void** result, std::optional<Nanoseconds> deadline, bool waits = true) {
    schedules::choose();
    Thread* const thread = schedules::find_thread(id);
    if (thread == nullptr) return real_pthread_join(id, result);
    if (thread == &schedules::self()) return EDEADLK;
    while (thread->state != Thread::State::ended) {
        if (!waits) {
            schedules::choose_as_poller();
            return EBUSY;
        }
        if (schedules::wait_for(thread, WaitKind::thread, deadline) == Woken::by_time &&
            thread->state != Thread::State::ended)
            return ETIMEDOUT;
    }
    schedules::record({.kind = EventKind::joins, .object = thread, .other = thread->number});
    races::joins(thread->number);
    const int error = real_pthread_join(id, result);
    schedules::forget(*thread);
    return error;
}

// ---- Once

constexpr int once_done = 2;  // glibc's

int run_once(pthread_once_t* control, void (*routine)()) {
    schedules::choose();
    static auto* const running = new std::pmr::unordered_map<const void*, bool>(schedules::own_memory());
    while (running->contains(control)) schedules::wait_for(control, WaitKind::once);
    races::acquire(control);
    if (*control == once_done) return 0;
    (*running)[control] = true;
    const auto over = [&] {
        schedules::choose();
        races::release(control);
        running->erase(control);
        schedules::wake_some(control, WaitKind::once, UINT_MAX);
    };
    try {
        routine();
    } catch (...) {
        over();
        throw;
    }
    *control = once_done;
    over();
    return 0;
}

// ---- Time and futexes

void sleep_for(Nanoseconds time) {
    schedules::record({.kind = EventKind::sleeps, .value = static_cast<std::uint64_t>(time)});
    schedules::choose_as_poller(time);
}

/// Times of all clocks that go on while a thread sleeps are the schedule's.
bool is_clock(clockid_t clock) {
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_RAW ||
           clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_BOOTTIME ||
           clock == CLOCK_TAI;
}

Nanoseconds look_at_clock() {
    schedules::choose_as_poller();
    return schedules::now();
}

long wait_for_futex(const int* word, int operation, int expected, const timespec* time) {
    schedules::choose();
    if (__atomic_load_n(word, __ATOMIC_SEQ_CST) != expected) {
        errno = EAGAIN;
        return -1;
    }
    std::optional<Nanoseconds> deadline;
    if (time != nullptr) deadline = nanoseconds(*time) + (operation == FUTEX_WAIT ? schedules::now() : 0);
    if (schedules::wait_for(word, WaitKind::futex, deadline) == Woken::by_time) {
        errno = ETIMEDOUT;
        return -1;
    }
    return 0;
}

long wake_futex(const void* word, unsigned most) {
    schedules::choose();
    const unsigned woken = schedules::wake_some(word, WaitKind::futex, most);
    schedules::record({.kind = EventKind::notifies, .object = word, .value = woken, .wait = WaitKind::futex});
    return woken;
}

}  // namespace

extern "C" {

// C's names for parameters that nobody else sees:
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)

int pthread_create(pthread_t* id, const pthread_attr_t* attributes, void* (*routine)(void*),
                   void* argument) noexcept {
    return schedules::is_active() ? start_thread(id, attributes, routine, argument)
                                  : real_pthread_create(id, attributes, routine, argument);
}

int pthread_join(pthread_t id, void** result) {
    return schedules::is_active() ? join(id, result, {}) : real_pthread_join(id, result);
}

int pthread_tryjoin_np(pthread_t id, void** result) noexcept {
    return schedules::is_active() ? join(id, result, {}, false) : real_pthread_tryjoin_np(id, result);
}

int pthread_timedjoin_np(pthread_t id, void** result, const timespec* until) {
    return schedules::is_active() ? join(id, result, nanoseconds(*until))
                                  : real_pthread_timedjoin_np(id, result, until);
}

int pthread_clockjoin_np(pthread_t id, void** result, clockid_t clock, const timespec* until) {
    return schedules::is_active() ? join(id, result, nanoseconds(*until))
                                  : real_pthread_clockjoin_np(id, result, clock, until);
}

int pthread_detach(pthread_t id) noexcept {
    if (schedules::is_active())
        if (Thread* const thread = schedules::find_thread(id)) thread->is_detached = true;
    return real_pthread_detach(id);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
    return schedules::is_active() ? lock_mutex(mutex) : real_pthread_mutex_lock(mutex);
}

int pthread_mutex_trylock(pthread_mutex_t* mutex) noexcept {
    return schedules::is_active() ? try_lock_mutex(mutex) : real_pthread_mutex_trylock(mutex);
}

int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* until) noexcept {
    return schedules::is_active() ? lock_mutex(mutex, nanoseconds(*until))
                                  : real_pthread_mutex_timedlock(mutex, until);
}

int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* until) noexcept {
    return schedules::is_active() ? lock_mutex(mutex, nanoseconds(*until))
                                  : real_pthread_mutex_clocklock(mutex, clock, until);
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
    return schedules::is_active() ? unlock_mutex(mutex) : real_pthread_mutex_unlock(mutex);
}

int pthread_mutex_destroy(pthread_mutex_t* mutex) noexcept {
    if (!schedules::is_active()) return real_pthread_mutex_destroy(mutex);
    locks().erase(mutex);
    return 0;
}

int pthread_rwlock_rdlock(pthread_rwlock_t* lock) noexcept {
    return schedules::is_active() ? lock_shared(lock) : real_pthread_rwlock_rdlock(lock);
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) noexcept {
    if (!schedules::is_active()) return real_pthread_rwlock_tryrdlock(lock);
    schedules::choose();
    if (locks()[lock].owner == nullptr) return lock_shared(lock);
    schedules::record({.kind = EventKind::fails_to_lock, .object = lock});
    schedules::choose_as_poller();
    return EBUSY;
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
    return schedules::is_active() ? lock_shared(lock, nanoseconds(*until))
                                  : real_pthread_rwlock_timedrdlock(lock, until);
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* until) noexcept {
    return schedules::is_active() ? lock_shared(lock, nanoseconds(*until))
                                  : real_pthread_rwlock_clockrdlock(lock, clock, until);
}

int pthread_rwlock_wrlock(pthread_rwlock_t* lock) noexcept {
    if (!schedules::is_active()) return real_pthread_rwlock_wrlock(lock);
    schedules::choose();
    return take_exclusive(lock, WaitKind::shared_mutex, {});
}

int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) noexcept {
    return schedules::is_active() ? try_exclusive(lock) : real_pthread_rwlock_trywrlock(lock);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
    if (!schedules::is_active()) return real_pthread_rwlock_timedwrlock(lock, until);
    schedules::choose();
    return take_exclusive(lock, WaitKind::shared_mutex, nanoseconds(*until));
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* until) noexcept {
    if (!schedules::is_active()) return real_pthread_rwlock_clockwrlock(lock, clock, until);
    schedules::choose();
    return take_exclusive(lock, WaitKind::shared_mutex, nanoseconds(*until));
}

int pthread_rwlock_unlock(pthread_rwlock_t* lock) noexcept {
    return schedules::is_active() ? unlock_shared_mutex(lock) : real_pthread_rwlock_unlock(lock);
}

int pthread_rwlock_destroy(pthread_rwlock_t* lock) noexcept {
    if (!schedules::is_active()) return real_pthread_rwlock_destroy(lock);
    locks().erase(lock);
    return 0;
}

int pthread_spin_lock(pthread_spinlock_t* lock) noexcept {
    if (!schedules::is_active()) return real_pthread_spin_lock(lock);
    schedules::choose();
    return take_exclusive(const_cast<const int*>(lock), WaitKind::mutex, {});
}

int pthread_spin_trylock(pthread_spinlock_t* lock) noexcept {
    return schedules::is_active() ? try_exclusive(const_cast<const int*>(lock))
                                  : real_pthread_spin_trylock(lock);
}

int pthread_spin_unlock(pthread_spinlock_t* lock) noexcept {
    if (!schedules::is_active()) return real_pthread_spin_unlock(lock);
    schedules::choose();
    release(const_cast<const int*>(lock), WaitKind::mutex);
    schedules::choose();
    return 0;
}

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
    return schedules::is_active() ? wait_for_condition(condition, mutex)
                                  : real_pthread_cond_wait(condition, mutex);
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
    return schedules::is_active() ? wait_for_condition(condition, mutex, nanoseconds(*until))
                                  : real_pthread_cond_timedwait(condition, mutex, until);
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const timespec* until) {
    return schedules::is_active() ? wait_for_condition(condition, mutex, nanoseconds(*until))
                                  : real_pthread_cond_clockwait(condition, mutex, clock, until);
}

int pthread_cond_signal(pthread_cond_t* condition) noexcept {
    return schedules::is_active() ? notify(condition, 1) : real_pthread_cond_signal(condition);
}

int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
    return schedules::is_active() ? notify(condition, UINT_MAX) : real_pthread_cond_broadcast(condition);
}

/// It waits until all those that were woken have left, which they have in this model.
int pthread_cond_destroy(pthread_cond_t* condition) noexcept {
    return schedules::is_active() ? 0 : real_pthread_cond_destroy(condition);
}

int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t* attributes,
                         unsigned count) noexcept {
    barriers()[barrier] = {count, 0, 0};
    return real_pthread_barrier_init(barrier, attributes, count);
}

int pthread_barrier_wait(pthread_barrier_t* barrier) noexcept {
    if (!schedules::is_active()) return real_pthread_barrier_wait(barrier);
    schedules::choose();
    races::release(barrier);
    Barrier& here = barriers()[barrier];
    if (++here.arrived == here.count) {
        here.arrived = 0;
        ++here.round;
        schedules::wake_some(barrier, WaitKind::barrier, UINT_MAX);
        schedules::choose();
        races::acquire(barrier);
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    const std::uint64_t round = here.round;
    while (barriers()[barrier].round == round) schedules::wait_for(barrier, WaitKind::barrier);
    races::acquire(barrier);
    return 0;
}

int pthread_once(pthread_once_t* control, void (*routine)()) {
    return schedules::is_active() ? run_once(control, routine) : real_pthread_once(control, routine);
}

int sem_init(sem_t* semaphore, int shared, unsigned value) noexcept {
    counters()[semaphore] = value;
    return real_sem_init(semaphore, shared, value);
}

int sem_wait(sem_t* semaphore) {
    return schedules::is_active() ? wait_for_semaphore(semaphore) : real_sem_wait(semaphore);
}

int sem_trywait(sem_t* semaphore) noexcept {
    if (!schedules::is_active()) return real_sem_trywait(semaphore);
    schedules::choose();
    if (counters()[semaphore] > 0) {
        --counters()[semaphore];
        races::acquire(semaphore);
        return 0;
    }
    schedules::choose_as_poller();
    return semaphore_error(EAGAIN);
}

int sem_timedwait(sem_t* semaphore, const timespec* until) {
    return schedules::is_active() ? wait_for_semaphore(semaphore, nanoseconds(*until))
                                  : real_sem_timedwait(semaphore, until);
}

int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* until) {
    return schedules::is_active() ? wait_for_semaphore(semaphore, nanoseconds(*until))
                                  : real_sem_clockwait(semaphore, clock, until);
}

int sem_post(sem_t* semaphore) noexcept {
    if (!schedules::is_active()) return real_sem_post(semaphore);
    schedules::choose();
    races::release(semaphore);
    ++counters()[semaphore];
    const unsigned woken = schedules::wake_some(semaphore, WaitKind::semaphore, 1);
    schedules::record(
        {.kind = EventKind::notifies, .object = semaphore, .value = woken, .wait = WaitKind::semaphore});
    return 0;
}

int sem_getvalue(sem_t* semaphore, int* value) noexcept {
    if (!schedules::is_active()) return real_sem_getvalue(semaphore, value);
    schedules::choose();
    *value = static_cast<int>(counters()[semaphore]);
    return 0;
}

int sched_yield() noexcept {
    if (!schedules::is_active()) return real_sched_yield();
    schedules::record({.kind = EventKind::yields});
    schedules::choose_as_poller();
    return 0;
}

int nanosleep(const timespec* time, timespec* left) {
    if (!schedules::is_active()) return real_nanosleep(time, left);
    sleep_for(nanoseconds(*time));
    return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
    if (!schedules::is_active()) return real_clock_nanosleep(clock, flags, time, left);
    sleep_for(nanoseconds(*time) - (flags == TIMER_ABSTIME ? schedules::now() : 0));
    return 0;
}

int usleep(useconds_t time_us) {
    if (!schedules::is_active()) return real_usleep(time_us);
    sleep_for(Nanoseconds{1000} * time_us);
    return 0;
}

unsigned sleep(unsigned time_s) {
    if (!schedules::is_active()) return real_sleep(time_s);
    sleep_for(second_ns * time_s);
    return 0;
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    if (!schedules::is_active() || !is_clock(clock)) return real_clock_gettime(clock, time);
    *time = timespec_of(look_at_clock());
    return 0;
}

int gettimeofday(timeval* time, void* zone) noexcept {
    if (!schedules::is_active()) return real_gettimeofday(time, zone);
    const Nanoseconds now = look_at_clock();
    *time = {now / second_ns, now % second_ns / 1000};
    return 0;
}

time_t time(time_t* result) noexcept {
    if (!schedules::is_active()) return real_time(result);
    const time_t now = look_at_clock() / second_ns;
    if (result != nullptr) *result = now;
    return now;
}

long syscall(long number, ...) noexcept {
    va_list list;
    va_start(list, number);
    long arguments[6];  // NOLINT(modernize-avoid-c-arrays)
    for (long& argument : arguments) argument = va_arg(list, long);
    va_end(list);
    const auto real = [&] {
        return real_syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                            arguments[5]);
    };
    if (!schedules::is_active()) return real();
    if (number == SYS_sched_yield) return sched_yield();
    if (number != SYS_futex) return real();
    // An int argument: the upper half of its register is undefined.
    const int operation = static_cast<int>(arguments[1]) & FUTEX_CMD_MASK;
    const auto value = static_cast<int>(arguments[2]);
    switch (operation) {
        case FUTEX_WAIT:
        case FUTEX_WAIT_BITSET:
            return wait_for_futex(reinterpret_cast<const int*>(arguments[0]), operation, value,
                                  reinterpret_cast<const timespec*>(arguments[3]));
        case FUTEX_WAKE:
        case FUTEX_WAKE_BITSET:
            return wake_futex(reinterpret_cast<const void*>(arguments[0]), static_cast<unsigned>(value));
        default:
            return real();
    }
}

// NOLINTEND(readability-inconsistent-declaration-parameter-name)

}  // extern "C"

#endif
