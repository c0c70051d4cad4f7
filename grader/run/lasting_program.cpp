#include "run/lasting_program.hpp"

#include <utility>

namespace grader {

LastingProgram::LastingProgram(Launcher& launcher, ProgramToRun program)
    : launcher_(launcher), program_(std::move(program)) {}

CallResult LastingProgram::call(const Shape& shape, unsigned threads,
                                const std::function<void(std::span<double>)>& fill) {
    if (!is_alive_) {
        running_.reset();  // frees its memory before the next one starts
        running_ = launcher_.start(program_);
    }
    fill(running_->image(0, shape.pixels()));
    const CallResult result = running_->call(shape, 1, threads);
    is_alive_ = leaves_alive(result.end);
    return result;
}

}  // namespace grader
