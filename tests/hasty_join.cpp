// Replaces the C library's pthread_join by one that returns late: after the join it starts a thread, which
// gets the joined one's id, as any other thread of the program might.

#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>

namespace {

std::atomic<bool> gives_ids_away = false;
std::atomic<bool> may_end = false;
pthread_t other;
bool same_id = false;

void* wait_for_the_end(void*) {
    while (!may_end) usleep(100);
    return nullptr;
}

}  // namespace

/// Makes the next join return late.
extern "C" void give_the_next_id_away() {
    may_end = false;
    gives_ids_away = true;
}

/// Ends the thread that the late join started. Returns whether it had the joined one's id.
extern "C" bool end_the_other() {
    may_end = true;
    pthread_join(other, nullptr);
    return same_id;
}

extern "C" int pthread_join(pthread_t id, void** result) {
    static auto* const real = reinterpret_cast<decltype(&pthread_join)>(dlsym(RTLD_NEXT, "pthread_join"));
    const int error = real(id, result);
    if (gives_ids_away.exchange(false)) {
        pthread_create(&other, nullptr, wait_for_the_end, nullptr);
        same_id = pthread_equal(id, other) != 0;
    }
    return error;
}
