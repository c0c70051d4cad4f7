#include "run/running_program.hpp"

#include <signal.h>

namespace grader {

Limits sanitized(Limits limits) {
    constexpr double slowdown = 4;
    constexpr std::uint64_t shadow_factor = 2;
    constexpr std::uint64_t runtime_mb = 256;
    limits.cpu_s *= slowdown;
    limits.wall_s *= slowdown;
    limits.memory_mb = limits.memory_mb * shadow_factor + runtime_mb;
    return limits;
}

Limits sanitized_but_short(const Limits& limits) {
    Limits result = sanitized(limits);
    result.cpu_s = limits.cpu_s;
    return result;
}

bool was_killed(const CallResult& result, const RunningProgram& program) {
    return result.end == CallResult::End::died && program.exit().signal == SIGKILL;
}

}  // namespace grader
