#pragma once

#include <functional>
#include <memory>
#include <span>

#include "run/running_program.hpp"

namespace grader {

/// A program that is started when it is first called, and again after a call that ended it.
class LastingProgram {
  public:
    /// `launcher` must outlive this object.
    LastingProgram(Launcher& launcher, ProgramToRun program);

    /// Runs the function on image 0, once `fill` has filled it.
    CallResult call(const Shape& shape, unsigned threads, const std::function<void(std::span<double>)>& fill);
    /// The program of the last call, dead or alive.
    [[nodiscard]] RunningProgram& program() const { return *running_; }

  private:
    Launcher& launcher_;
    ProgramToRun program_;
    std::unique_ptr<RunningProgram> running_;
    bool is_alive_ = false;
};

}  // namespace grader
