#pragma once

/// How far student code is kept from the grader and from the machine. Found by use, once: not what is
/// installed counts, but what works. The environment variable ISOLATION asks for less than the machine
/// offers.

#include <string>

namespace sandbox {

enum class Isolation {
    limits,     // a process group of its own, without inherited descriptors; limits on time, memory, output
    container,  // and another user for each program, where the grader is root and bubblewrap doesn't work
    sandbox,  // bubblewrap: sees the system's libraries and its own files only, no network, no other process
};

/// As in result.json.
const char* name(Isolation isolation);

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
