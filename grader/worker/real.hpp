#pragma once

/// The C library's functions behind those that a worker's own definitions hide.

#include <dlfcn.h>

#include <atomic>

namespace worker {

template <class Function>
class Real {
  public:
    constexpr Real(const char* name, Function* /*its type*/) : name_(name) {}
    template <class... Arguments>
    auto operator()(Arguments... arguments) {
        void* function = function_.load(std::memory_order_relaxed);
        if (function == nullptr) {  // not in the constructor: a call may come before any has run
            function = dlsym(RTLD_NEXT, name_);
            function_.store(function, std::memory_order_relaxed);
        }
        return reinterpret_cast<Function*>(function)(arguments...);
    }

  private:
    const char* name_;
    std::atomic<void*> function_ = nullptr;
};

}  // namespace worker
