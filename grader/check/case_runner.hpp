#pragma once

/// Runs a suite's cases, counts them and concludes each.

#include <cstdint>
#include <memory>

#include "check/suite.hpp"

namespace grader {

class CaseRunner {
  public:
    virtual ~CaseRunner() = default;
    /// Registers the suite's cases. To be called once for each suite, before any is run.
    virtual void add(const std::shared_ptr<Suite>& suite, std::uint64_t seed) = 0;
    /// Runs the cases of a suite that was added, and finishes it. An exception thrown by a case ends the run
    /// and propagates.
    virtual void run(Suite& suite) = 0;
};

/// GoogleTest keeps the cases, and their suites, until the process ends.
class GoogleTestRunner : public CaseRunner {
  public:
    void add(const std::shared_ptr<Suite>& suite, std::uint64_t seed) override;
    void run(Suite& suite) override;
};

}  // namespace grader
