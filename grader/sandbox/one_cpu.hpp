#pragma once

/// One of the CPUs that this process may use, for a program that must run on a single one.

#include <optional>

#include "sandbox/descriptor.hpp"

namespace sandbox {

/// While it lives, other gradings on this machine choose other CPUs, as long as any are free.
class OneCpu {
  public:
    OneCpu();
    /// Empty where a program can't be pinned to a CPU.
    [[nodiscard]] std::optional<unsigned> number() const { return number_; }

  private:
    std::optional<unsigned> number_;
    Descriptor lock_;
};

}  // namespace sandbox
