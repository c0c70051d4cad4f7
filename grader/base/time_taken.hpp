#pragma once

#include <chrono>

namespace grader {

/// Adds the wall time for which it exists.
class TimeTaken {
  public:
    explicit TimeTaken(double& total_s) : total_s_(total_s) {}
    TimeTaken(const TimeTaken&) = delete;
    ~TimeTaken() {
        total_s_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

  private:
    double& total_s_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace grader
