#pragma once

/// Finds threads that use the same cache line at the same time, though none uses the other's bytes, and
/// predicts what it costs. The program is run as if each thread had a core, counting what the timed code does
/// to memory (worker/schedules/cache_lines.hpp).

#include "build/builder.hpp"
#include "check/attempt.hpp"
#include "measure/measured.hpp"
#include "measure/progress.hpp"
#include "reference/references.hpp"

namespace grader {

/// Adds to a threaded version, which has passed and been measured, the speed-ups with the cache lines moving,
/// and the false sharing that costs the most. Without any, both speed-ups are the same. Changes nothing where
/// lines can't be counted or no speed-up was predicted.
void add_false_sharing(const Attempt& attempt, Builder& builder, References& references, std::uint64_t seed,
                       const MeasureProgress& progress, Measured& measured);

}  // namespace grader
