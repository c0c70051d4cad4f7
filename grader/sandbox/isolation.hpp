#pragma once

/// How much isolation this machine offers. Found by use, once: not what is installed counts, but what works.
/// The environment variable ISOLATION asks for less.

#include <string>

#include "sandbox/launch.hpp"

namespace sandbox {

struct Offer {
    Isolation isolation = Isolation::limits;
    std::string why_not_sandbox;  // what bubblewrap said, or empty
    std::string unknown_wish;  // ISOLATION, if it asks for what this machine doesn't offer or isn't a level
};

const Offer& offer();

inline Isolation isolation() {
    return offer().isolation;
}

}  // namespace sandbox
