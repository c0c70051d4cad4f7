#pragma once

/// Timing a version that passed its checks, side by side with the reference. One-thread versions by the CPU
/// time that the kernel counted for the worker; threaded ones by work and span (worker/virtual_clock.hpp),
/// and by wall clock beside it.

#include <cstdint>
#include <functional>
#include <string>

#include "check/attempt.hpp"
#include "measure/measured.hpp"
#include "reference/references.hpp"

namespace grader {

/// Told before each size: what is measured now.
using MeasureProgress = std::function<void(const Attempt& attempt, const std::string& what)>;

/// `seed` is the grading's; every image of every batch differs. With `one_core` the other cores are left to
/// gradings that run beside this one, and nothing is told by wall clock; but where the grade rests on that it
/// has no effect.
Measured measure(const Attempt& attempt, References& references, std::uint64_t seed, bool one_core,
                 const MeasureProgress& progress);

/// Only the speed-up and the ratio, of a threaded version.
Measured measure_speedup(const Attempt& attempt, References& references, std::uint64_t seed,
                         const MeasureProgress& progress);

}  // namespace grader
