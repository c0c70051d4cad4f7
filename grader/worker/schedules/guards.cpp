// What guards a function's static variable. The library's code isn't instrumented, so what a thread did while
// it initialised the variable must be told to the next ones here. (A file of its own: where a function has a
// static variable, g++ declares these with other parameters.)

#include "schedules/races.hpp"

#ifdef KIT_SCHEDULES

#include <cxxabi.h>

#include "real.hpp"

namespace {

using worker::Real;
constinit Real real_acquire("__cxa_guard_acquire", &abi::__cxa_guard_acquire);
constinit Real real_release("__cxa_guard_release", &abi::__cxa_guard_release);

}  // namespace

namespace __cxxabiv1 {

extern "C" {

int __cxa_guard_acquire(__guard* guard) {
    const int result = real_acquire(guard);
    worker::schedules::races::acquire(guard);
    return result;
}

void __cxa_guard_release(__guard* guard) noexcept {
    worker::schedules::races::release(guard);
    real_release(guard);
}

}  // extern "C"

}  // namespace __cxxabiv1

#endif
