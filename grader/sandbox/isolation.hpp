#pragma once

/// How much isolation this machine offers. Found out once, by trying: what works counts, not what is
/// installed. The environment variable ISOLATION can ask for less.

#include <string>

#include "sandbox/launch.hpp"

namespace sandbox {

struct Offer {
    Isolation isolation = Isolation::limits;
    std::string why_not_sandbox;  // bubblewrap's message, or empty
    std::string unknown_wish;  // the value of ISOLATION, if it isn't a level or this machine doesn't offer it
};

const Offer& offer();

inline Isolation isolation() {
    return offer().isolation;
}

}  // namespace sandbox
