#pragma once

/// A version's program while it runs, as the stages of a grading see it. Worker is the real one; a test may
/// have one that starts no process.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "lesson/lesson.hpp"
#include "run/call.hpp"
#include "sandbox/launch.hpp"
#include "vocabulary.hpp"

namespace grader {

class RunningProgram {
  public:
    virtual ~RunningProgram() = default;

    /// How many images of that many pixels fit in.
    [[nodiscard]] virtual std::size_t capacity(std::size_t pixels) const = 0;
    /// Image i of a batch, to fill before a call and to read after it. The program can write it at any time.
    [[nodiscard]] virtual std::span<double> image(std::size_t i, std::size_t pixels) const = 0;

    /// Runs the function on images 0 … count-1. The program is dead after an end that leaves_alive() denies.
    virtual CallResult call(const Shape& shape, std::size_t count, unsigned threads) = 0;
    /// The same for one image. The result also tells a later image from the one that the function left.
    virtual CallResult checked_call(const Shape& shape, unsigned threads) = 0;
    /// As call(), with the virtual clock, and with an eye on how many threads can run.
    virtual CallResult clocked_call(const Shape& shape, std::size_t count, unsigned threads) = 0;

    /// Answers the candidate's call on an image: changes its pixels, or returns false if the candidate
    /// failed.
    using Evaluate = std::function<bool(const Shape& shape, std::span<double> pixels)>;
    /// Runs a function that judges a candidate.
    virtual CallResult judge(const Evaluate& evaluate) = 0;

    /// What sanitizers and the terminate handler wrote so far; all of it once the program is dead.
    virtual const std::string& report() = 0;
    /// What the program printed, the first of it.
    virtual const std::string& output() = 0;
    /// How it ended. Only after an end that leaves it dead.
    [[nodiscard]] virtual sandbox::Exit exit() const = 0;
    /// Whether it died because the machine ran out of memory, though it had kept within its own limit.
    [[nodiscard]] virtual bool died_for_lack_of_memory() const = 0;
    /// What the last call was allowed. Several threads may use more CPU time than one: how long a thread
    /// spins depends on when the scheduler runs the threads that it waits for.
    [[nodiscard]] virtual const Limits& limits() const = 0;
    /// Row and column of the pixel of the last call's image 0 at this address, from a sanitizer's report, if
    /// it is in the image.
    [[nodiscard]] virtual std::optional<std::pair<std::size_t, std::size_t>> pixel_at(
        std::uint64_t address) const = 0;
};

struct ProgramToRun {
    std::filesystem::path program;
    Flavour flavour = Flavour::timed;
    Limits limits;                     // taken as they are: sanitized() makes those of a sanitizer's flavour
    std::size_t arena_pixels = 1;      // room for one image of so many, or more images of fewer
    std::optional<unsigned> cpu = {};  // the only one that its threads run on
};

class Launcher {
  public:
    virtual ~Launcher() = default;
    /// Throws std::system_error if the operating system refuses.
    virtual std::unique_ptr<RunningProgram> start(const ProgramToRun& program) = 0;
};

/// Limits for a program that does the same work under a sanitizer.
Limits sanitized(Limits limits);

/// Whether somebody else ended the program: it had broken no limit. So does the kernel where memory is short.
bool was_killed(const CallResult& result, const RunningProgram& program);

}  // namespace grader
