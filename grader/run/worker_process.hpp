#pragma once

/// The parent's side of a worker: starts it, sends it calls, watches its limits, and finds out how it ended.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "lesson/lesson.hpp"
#include "run/call.hpp"
#include "run/running_program.hpp"
#include "sandbox/descriptor.hpp"
#include "sandbox/process.hpp"
#include "sandbox/shared_memory.hpp"
#include "worker/protocol.hpp"

namespace grader {

class Worker : public RunningProgram {
  public:
    /// Throws std::system_error if the operating system refuses.
    explicit Worker(const ProgramToRun& program);

    [[nodiscard]] std::size_t capacity(std::size_t pixels) const override;
    [[nodiscard]] std::span<double> image(std::size_t i, std::size_t pixels) const override;
    CallResult call(const Shape& shape, std::size_t count, unsigned threads) override;
    CallResult fingerprinted_call(const Shape& shape, unsigned threads) override;
    CallResult clocked_call(const Shape& shape, std::size_t count, unsigned threads) override;
    CallResult scheduled_call(const Shape& shape, std::size_t count, unsigned threads,
                              const Plan& plan) override;
    /// Like clocked_call(), but without the virtual clock, to measure what the clock costs.
    CallResult unclocked_call(const Shape& shape, std::size_t count, unsigned threads);
    CallResult judge(const Evaluate& evaluate) override;

    [[nodiscard]] pid_t pid() const { return process_.pid(); }
    const std::string& report() override;
    [[nodiscard]] std::uint32_t race_reports() const override { return race_reports_; }
    const std::string& output() override;
    [[nodiscard]] sandbox::Exit exit() const override { return exit_; }
    [[nodiscard]] bool died_for_lack_of_memory() const override;
    [[nodiscard]] const Limits& limits() const override { return call_limits_; }
    [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> pixel_at(
        std::uint64_t address) const override;

  private:
    struct Channels {
        sandbox::Descriptor socket;
        sandbox::Descriptor report;
        sandbox::Descriptor output;
    };

    CallResult request(const worker::Request& request, const Evaluate* evaluate);
    CallResult count_runnable(const worker::Request& calls);
    CallResult::End await(worker::Reply& reply);
    CallResult::End await_start();
    bool send(const worker::Request& request);
    [[nodiscard]] worker::schedules::Area& area() const;
    bool drain_pipes();
    std::optional<CallResult::End> broken_limit();
    CallResult::End end_it(CallResult::End why);

    struct Started {
        sandbox::SharedMemory arena;
        Channels channels;
        sandbox::Process process;
    };
    static Started start(const ProgramToRun& program);
    Worker(const ProgramToRun& program, Started started);

    Limits limits_;
    std::uint64_t memory_limit_bytes_;
    sandbox::SharedMemory arena_;
    Channels channels_;
    sandbox::Process process_;
    std::string report_;
    std::uint32_t race_reports_ = 0;
    std::string output_;
    std::size_t printed_bytes_ = 0;
    bool report_ended_ = false;
    bool output_ended_ = false;
    std::string partial_;  // the bytes of an incomplete reply
    bool ready_ = false;
    bool dead_ = false;
    sandbox::Exit exit_;
    Shape last_shape_;
    std::uint64_t arena_address_ = 0;
    // The current call's state:
    double start_s_ = 0;
    double start_cpu_s_ = 0;
    Limits call_limits_;
    double last_progress_s_ = 0;
    double last_cpu_s_ = 0;
    double next_look_s_ = 0;
    std::uint64_t start_kills_ = 0;  // the machine's count when the call started
    bool counts_runnable_ = false;
    std::uint64_t looks_ = 0;
    std::uint64_t seen_runnable_ = 0;  // summed over all looks
    std::uint64_t crowded_looks_ = 0;  // with more runnable threads than were asked for
    unsigned asked_threads_ = 0;
};

class WorkerLauncher : public Launcher {
  public:
    std::unique_ptr<RunningProgram> start(const ProgramToRun& program) override;
};

}  // namespace grader
