// From GCC 16 on, a wait for an atomic (latch, barrier, semaphore, atomic::wait) may return the value that
// libstdc++.so read last, and ThreadSanitizer doesn't see what a library reads. These functions hide the
// library's and drop that value, which they may, so the program reads it again itself.

#include <version>

#include "sanitizers.hpp"

#if defined(WORKER_TSAN) && defined(_GLIBCXX_RELEASE) && _GLIBCXX_RELEASE >= 16

#include <dlfcn.h>

#include <atomic>
#include <chrono>
#include <semaphore>

namespace {

template <class Function>
Function* library_s(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

std::__detail::__wait_result_type without_value(std::__detail::__wait_result_type result) {
    result._M_has_val = false;
    return result;
}

}  // namespace

namespace std::__detail {

__wait_result_type __wait_impl(const void* address, __wait_args_base& arguments) {
    static auto* const real =
        library_s<decltype(__wait_impl)>("_ZNSt8__detail11__wait_implEPKvRNS_16__wait_args_baseE");
    return without_value(real(address, arguments));
}

__wait_result_type __wait_until_impl(const void* address, __wait_args_base& arguments,
                                     const chrono::nanoseconds& timeout) {
    static auto* const real = library_s<decltype(__wait_until_impl)>(
        "_ZNSt8__detail17__wait_until_implEPKvRNS_16__wait_args_base"
        "ERKNSt6chrono8durationIlSt5ratioILl1ELl1000000000EEEE");
    return without_value(real(address, arguments, timeout));
}

}  // namespace std::__detail

#endif
