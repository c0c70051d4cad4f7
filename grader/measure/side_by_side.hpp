#pragma once

/// Runs a threaded version as if each thread had a core: one thread at a time, by the scheduler of the
/// flavour `schedules`.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "check/attempt.hpp"
#include "measure/measured.hpp"
#include "measure/progress.hpp"
#include "reference/references.hpp"
#include "run/running_program.hpp"
#include "sandbox/one_cpu.hpp"

namespace grader {

/// A program of the flavour `schedules` that is called so.
class SideBySide {
  public:
    SideBySide(const Attempt& attempt, References& references, std::filesystem::path program,
               std::uint64_t seed);

    /// Calls the function on one image by this plan. Empty if the call doesn't end in time, or not as it
    /// should.
    std::optional<CallResult> call(const Shape& shape, unsigned threads, Plan plan);

  private:
    const Attempt& attempt_;
    References& references_;
    std::filesystem::path executable_;
    std::uint64_t seed_;
    sandbox::OneCpu cpu_;
    std::unique_ptr<RunningProgram> program_;
};

/// The virtual clock sees waits in the functions of threads, locks and futexes only. Where threads may also
/// wait by reading an atomic again and again, or take what another one left without a wait, the speed-ups are
/// predicted once more: the scheduler sees every atomic operation. Changes nothing where it can't. What the
/// kernel counted in the timed calls stands, so the audit can doubt these predictions as well.
void predict_again(const Attempt& attempt, References& references, std::uint64_t seed,
                   const MeasureProgress& progress, Measured& measured);

}  // namespace grader
