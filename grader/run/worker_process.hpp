#pragma once

/// The parent's side of a worker: starts it, sends it calls, watches its limits, and finds out how it ended.

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "build/build.hpp"
#include "lesson/lesson.hpp"
#include "run/call.hpp"
#include "sandbox/descriptor.hpp"
#include "sandbox/process.hpp"
#include "sandbox/shared_memory.hpp"
#include "worker/protocol.hpp"

namespace grader {

/// What a program may use that does the same work under a sanitizer.
Limits sanitized(Limits limits);

class Worker {
  public:
    /// Starts the program with room for one image of `arena_pixels` pixels, or more images of fewer. The
    /// limits are taken as they are: sanitized() makes those of a sanitizer's flavour. With a `cpu`, all its
    /// threads run there. Throws std::system_error if the operating system refuses.
    Worker(const std::filesystem::path& program, Flavour flavour, const Limits& limits,
           std::size_t arena_pixels, std::optional<unsigned> cpu = {});

    /// How many images of that many pixels fit in.
    [[nodiscard]] std::size_t capacity(std::size_t pixels) const;
    /// Image i of a batch, to fill before a call and to read after it. The worker can write it at any time.
    [[nodiscard]] std::span<double> image(std::size_t i, std::size_t pixels) const;

    /// Runs the function on images 0 … count-1. After any end but done, not_implemented, threw, out_of_memory
    /// and resized the worker is dead.
    CallResult call(const Shape& shape, std::size_t count, unsigned threads);
    /// The same for one image, which also tells a later one from that which the function left.
    CallResult checked_call(const Shape& shape, unsigned threads);
    /// As call, with the virtual clock, and with an eye on how many threads can run.
    CallResult clocked_call(const Shape& shape, std::size_t count, unsigned threads);
    /// As clocked_call, but without the virtual clock, to see what that costs.
    CallResult unclocked_call(const Shape& shape, std::size_t count, unsigned threads);

    /// Answers the candidate's call on an image: changes its pixels, or returns false if the candidate
    /// failed.
    using Evaluate = std::function<bool(const Shape& shape, std::span<double> pixels)>;
    /// Runs a function that judges a candidate.
    CallResult judge(const Evaluate& evaluate);

    [[nodiscard]] pid_t pid() const { return process_.pid(); }
    /// What sanitizers and the terminate handler wrote so far; all of it once the worker is dead.
    const std::string& report();
    /// What the program printed, the first of it.
    const std::string& output();
    /// How it ended. Only after an end that leaves it dead.
    [[nodiscard]] sandbox::Exit exit() const { return exit_; }
    /// Whether it died because the machine ran out of memory, though it had kept within its own limit.
    [[nodiscard]] bool died_for_lack_of_memory() const;
    /// What the last call was allowed. Several threads may use more CPU time than one, since how long one
    /// that spins has to spin depends on when the scheduler lets those go on for which it waits.
    [[nodiscard]] const Limits& limits() const { return call_limits_; }
    /// Whether this address, from a sanitizer's report, lies in image 0 of the last call: then which pixel.
    [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> pixel_at(std::uint64_t address) const;

  private:
    CallResult request(const worker::Request& request, const Evaluate* evaluate);
    CallResult count_runnable(const worker::Request& calls);
    CallResult::End await(worker::Reply& reply);
    CallResult::End await_start();
    bool send(const worker::Request& request);
    bool drain_pipes();
    std::optional<CallResult::End> broken_limit();
    CallResult::End end_it(CallResult::End why);

    Limits limits_;
    std::uint64_t memory_limit_bytes_;
    sandbox::SharedMemory arena_;
    sandbox::Descriptor socket_;
    sandbox::Descriptor report_pipe_;
    sandbox::Descriptor output_pipe_;
    sandbox::Process process_;
    std::string report_;
    std::string output_;
    std::size_t printed_bytes_ = 0;
    bool report_ended_ = false;
    bool output_ended_ = false;
    std::string partial_;  // bytes of a reply that is still coming
    bool ready_ = false;
    bool dead_ = false;
    sandbox::Exit exit_;
    Shape last_shape_;
    std::uint64_t arena_address_ = 0;
    // Of the call in work:
    double start_s_ = 0;
    double start_cpu_s_ = 0;
    Limits call_limits_;
    double last_progress_s_ = 0;
    double last_cpu_s_ = 0;
    double next_look_s_ = 0;
    std::uint64_t start_kills_ = 0;  // that the machine had counted
    bool counts_runnable_ = false;
    std::uint64_t looks_ = 0;
    std::uint64_t seen_runnable_ = 0;  // in all the looks together
};

/// Whether somebody else ended the worker: it had broken no limit. So does the kernel where memory is short.
bool was_killed(const CallResult& result, const Worker& worker);

}  // namespace grader
