#pragma once

#include <pthread.h>

#include <cstddef>

namespace worker {

/// Calls use(first, bytes) with the calling thread's stack, its thread_local objects included, if it is
/// known.
template <class Use>
void with_own_stack(Use&& use) {
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
    void* first = nullptr;
    std::size_t bytes = 0;
    if (pthread_attr_getstack(&attributes, &first, &bytes) == 0) use(first, bytes);
    pthread_attr_destroy(&attributes);
}

}  // namespace worker
