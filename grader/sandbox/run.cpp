#include "sandbox/run.hpp"

#include "sandbox/isolation.hpp"

namespace sandbox {

namespace {

/// Asks the machine only where it matters, since finding out starts a program.
Isolation isolation_of(const Launch& launch) {
    return launch.confinement ? isolation() : Isolation::limits;
}

}  // namespace

Process start(const Launch& launch) {
    return Process::start(launch, isolation_of(launch));
}

Captured run(const Launch& launch, double wall_limit_s, std::size_t output_bytes) {
    return capture(launch, isolation_of(launch), wall_limit_s, output_bytes);
}

}  // namespace sandbox
