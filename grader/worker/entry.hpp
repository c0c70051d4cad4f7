#pragma once

/// The lesson's function in the form that the harness calls. The type of the function that the lesson's
/// header declares decides which form that is.

#include <functional>
#include <type_traits>

#include "kit/image.hpp"

namespace worker {

using Candidate = std::function<void(kit::Image&)>;

/// Exactly one of the two is set.
struct Entry {
    void (*call)(kit::Image& image, unsigned threads) = nullptr;
    bool (*judge)(const Candidate& candidate) = nullptr;
};

template <auto function>
constexpr Entry entry_for() {
    using Function = decltype(function);
    if constexpr (std::is_invocable_v<Function, kit::Image&, unsigned>) {
        return {.call = function};
    } else if constexpr (std::is_invocable_v<Function, kit::Image&>) {
        return {.call = [](kit::Image& image, unsigned) { function(image); }};
    } else {
        static_assert(std::is_invocable_r_v<bool, Function, const Candidate&>,
                      "a lesson's function is void(kit::Image&), void(kit::Image&, unsigned threads) or "
                      "bool(const std::function<void(kit::Image&)>&)");
        return {.judge = function};
    }
}

extern const Entry entry;  // entry.cpp, compiled for each version

}  // namespace worker
