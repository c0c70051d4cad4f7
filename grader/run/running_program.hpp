#pragma once

/// A version's running program, as the stages of a grading see it. Worker is the real one; tests have one
/// that starts no process.

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

    /// How many images of that many pixels the arena holds.
    [[nodiscard]] virtual std::size_t capacity(std::size_t pixels) const = 0;
    /// Image i of a batch, to fill before a call and to read after it. The program can write to it at any
    /// time.
    [[nodiscard]] virtual std::span<double> image(std::size_t i, std::size_t pixels) const = 0;

    /// Runs the function on images 0 … count-1. Afterwards the program is dead unless leaves_alive(end).
    virtual CallResult call(const Shape& shape, std::size_t count, unsigned threads) = 0;
    /// The same for one image. The result's fingerprint shows whether the image changed after the function
    /// returned.
    virtual CallResult fingerprinted_call(const Shape& shape, unsigned threads) = 0;
    /// Like call(), but with the virtual clock, and counting the runnable threads.
    virtual CallResult clocked_call(const Shape& shape, std::size_t count, unsigned threads) = 0;

    /// Like call(), by this plan, and in a process of its own: whatever happens there, the program can be
    /// called again. Only for programs of the flavour `schedules`.
    virtual CallResult scheduled_call(const Shape& shape, std::size_t count, unsigned threads,
                                      const Plan& plan) = 0;

    /// Runs the candidate on an image: changes its pixels, or returns false if the candidate failed.
    using Evaluate = std::function<bool(const Shape& shape, std::span<double> pixels)>;
    /// Runs a function that judges a candidate.
    virtual CallResult judge(const Evaluate& evaluate) = 0;

    /// What sanitizers and the terminate handler have written so far. Complete once the program is dead.
    virtual const std::string& report() = 0;
    /// How many faults the thread sanitizer has reported by the last answer, whatever became of the text.
    [[nodiscard]] virtual std::uint32_t race_reports() const = 0;
    /// The start of what the program printed.
    virtual const std::string& output() = 0;
    /// How the program ended. Valid only once it is dead.
    [[nodiscard]] virtual sandbox::Exit exit() const = 0;
    /// Whether it died because the machine ran out of memory, although it had kept to its own limit.
    [[nodiscard]] virtual bool died_for_lack_of_memory() const = 0;
    /// The limits of the last call. Several threads may use more CPU time than one, because how long a thread
    /// spins depends on when the scheduler runs the threads that it waits for.
    [[nodiscard]] virtual const Limits& limits() const = 0;
    /// Row and column of the pixel at this address, as a sanitizer reports it, in image 0 of the last call;
    /// empty if it isn't in there.
    [[nodiscard]] virtual std::optional<std::pair<std::size_t, std::size_t>> pixel_at(
        std::uint64_t address) const = 0;
};

struct ProgramToRun {
    std::filesystem::path program;
    Flavour flavour = Flavour::timed;
    Limits limits;                     // used unchanged; for a sanitizer's flavour, pass sanitized() ones
    std::size_t arena_pixels = 1;      // room for one image of this size or several smaller ones
    std::optional<unsigned> cpu = {};  // its threads run only on this one
};

class Launcher {
  public:
    virtual ~Launcher() = default;
    /// Throws std::system_error if the operating system refuses.
    virtual std::unique_ptr<RunningProgram> start(const ProgramToRun& program) = 0;
};

/// Limits for a program that does the same work under a sanitizer.
Limits sanitized(Limits limits);

/// The same, with no more CPU time than without a sanitizer: for calls that are expected to be short.
Limits sanitized_but_short(const Limits& limits);

/// Whether something else killed the program, which had broken no limit. The kernel does so when memory is
/// short.
bool was_killed(const CallResult& result, const RunningProgram& program);

}  // namespace grader
