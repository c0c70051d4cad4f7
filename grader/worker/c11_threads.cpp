// C11's threads, mutexes and condition variables, made from POSIX's. glibc makes them so too, but with
// internal calls that bypass the virtual clock and the schedules, which intercept only the POSIX functions.

#include "virtual_clock.hpp"

#if defined(WORKER_VIRTUAL_CLOCK) || defined(KIT_SCHEDULES)

#include <pthread.h>
#include <sched.h>
#include <threads.h>
#include <time.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <new>

namespace {

struct Start {
    thrd_start_t function;
    void* argument;
};

void* run(void* start) {
    const std::unique_ptr<Start> owned(static_cast<Start*>(start));
    const Start copy = *owned;
    return reinterpret_cast<void*>(static_cast<std::intptr_t>(copy.function(copy.argument)));
}

int result_of(int error) {
    switch (error) {
        case 0:
            return thrd_success;
        case ENOMEM:
            return thrd_nomem;
        case ETIMEDOUT:
            return thrd_timedout;
        case EBUSY:
            return thrd_busy;
        default:
            return thrd_error;
    }
}

pthread_mutex_t* posix(mtx_t* mutex) {
    static_assert(sizeof(mtx_t) <= sizeof(pthread_mutex_t));
    return reinterpret_cast<pthread_mutex_t*>(mutex);
}

pthread_cond_t* posix(cnd_t* condition) {
    static_assert(sizeof(cnd_t) <= sizeof(pthread_cond_t));
    return reinterpret_cast<pthread_cond_t*>(condition);
}

}  // namespace

extern "C" {

int thrd_create(thrd_t* id, thrd_start_t function, void* argument) {
    auto* const start = new (std::nothrow) Start{function, argument};
    if (start == nullptr) return thrd_nomem;
    const int error = pthread_create(id, nullptr, run, start);
    if (error != 0) delete start;
    return error == EAGAIN ? thrd_nomem : result_of(error);
}

int thrd_join(thrd_t id, int* result) {
    void* returned = nullptr;
    const int error = pthread_join(id, &returned);
    if (error == 0 && result != nullptr)
        *result = static_cast<int>(reinterpret_cast<std::intptr_t>(returned));
    return result_of(error);
}

int thrd_detach(thrd_t id) {
    return result_of(pthread_detach(id));
}

void thrd_yield() {
    sched_yield();
}

int thrd_sleep(const timespec* time, timespec* left) {
    const int error = clock_nanosleep(CLOCK_REALTIME, 0, time, left);
    return error == 0 ? 0 : error == EINTR ? -1 : -2;
}

int mtx_lock(mtx_t* mutex) {
    return result_of(pthread_mutex_lock(posix(mutex)));
}

int mtx_trylock(mtx_t* mutex) {
    return result_of(pthread_mutex_trylock(posix(mutex)));
}

int mtx_timedlock(mtx_t* mutex, const timespec* until) {
    return result_of(pthread_mutex_timedlock(posix(mutex), until));
}

int mtx_unlock(mtx_t* mutex) {
    return result_of(pthread_mutex_unlock(posix(mutex)));
}

void mtx_destroy(mtx_t* mutex) {
    pthread_mutex_destroy(posix(mutex));
}

int cnd_wait(cnd_t* condition, mtx_t* mutex) {
    return result_of(pthread_cond_wait(posix(condition), posix(mutex)));
}

int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
    return result_of(pthread_cond_timedwait(posix(condition), posix(mutex), until));
}

int cnd_signal(cnd_t* condition) {
    return result_of(pthread_cond_signal(posix(condition)));
}

int cnd_broadcast(cnd_t* condition) {
    return result_of(pthread_cond_broadcast(posix(condition)));
}

void cnd_destroy(cnd_t* condition) {
    pthread_cond_destroy(posix(condition));
}

}  // extern "C"

#endif
