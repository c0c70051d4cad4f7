#pragma once

/// Times a version that passed its checks, side by side with the reference. For a one-thread version it uses
/// the CPU time that the kernel counted for the worker; for a threaded one, work and span
/// (worker/virtual_clock.hpp) and also the wall clock.

#include <cstdint>

#include "check/attempt.hpp"
#include "measure/measured.hpp"
#include "measure/progress.hpp"
#include "reference/references.hpp"

namespace grader {

/// `seed` is the grading's; every image of every batch differs. With `one_core` the other cores are left to
/// gradings that run at the same time, and the wall clock isn't used. It has no effect where the grade
/// depends on the wall clock.
Measured measure(const Attempt& attempt, References& references, std::uint64_t seed, bool one_core,
                 const MeasureProgress& progress);

/// Measures only a threaded version's speed-up and ratio.
Measured measure_speedup(const Attempt& attempt, References& references, std::uint64_t seed,
                         const MeasureProgress& progress);

}  // namespace grader
