#include "run/worker_process.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "run/reply.hpp"
#include "sandbox/machine.hpp"
#include "sandbox/run.hpp"
#include "sandbox/usage.hpp"

namespace grader {

namespace {

using End = CallResult::End;
using worker::Reply;
using worker::ReplyKind;
using worker::Request;
using worker::RequestKind;

constexpr int watch_interval_ms = 20;
constexpr int count_interval_ms = 1;
constexpr std::uint64_t enough_looks = 10;  // for a mean
constexpr std::size_t report_bytes = 64 << 10;
constexpr std::uint64_t file_limit_bytes = 16 << 20;
/// Linux's default, so that no verdict depends on the shell's limit.
constexpr std::uint64_t stack_bytes = 8 << 20;
constexpr double exit_grace_s = 2;  // between the closed socket and the end of the process

/// How a schedule ended whose process ended itself with exit code 0.
End end_of(worker::schedules::Ending ending) {
    switch (ending) {
        case worker::schedules::Ending::stuck:
            return End::stuck;
        case worker::schedules::Ending::endless:
            return End::endless;
        case worker::schedules::Ending::outside:
            return End::outside;
        case worker::schedules::Ending::abandoned:
            return End::abandoned;
        case worker::schedules::Ending::none:
        case worker::schedules::Ending::complete:
            break;
    }
    return End::broke;
}

double now_s() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// A race is reported and the program goes on; a memory error ends it. Leaks and unjoined threads don't
/// count.
std::vector<std::string> worker_environment() {
    return {"LC_ALL=C.UTF-8",
            "ASAN_OPTIONS=detect_leaks=0:handle_abort=1:handle_sigill=1:detect_stack_use_after_return=1:"
            "print_legend=0",
            "UBSAN_OPTIONS=print_stacktrace=1",
            "TSAN_OPTIONS=halt_on_error=0:exitcode=66:atexit_sleep_ms=0:report_thread_leaks=0:"
            "report_signal_unsafe=0:history_size=7"};
}

}  // namespace

Worker::Started Worker::start(const ProgramToRun& to_run) {
    const Limits& limits = to_run.limits;
    sandbox::SharedMemory arena(worker::image_offset(1, to_run.arena_pixels) +
                                (to_run.flavour == Flavour::schedules ? worker::area_bytes : 0));
    auto [our_socket, their_socket] = sandbox::make_socket_pair();
    sandbox::Pipe report = sandbox::make_pipe();
    sandbox::Pipe output = sandbox::make_pipe();
    sandbox::Launch launch;
    launch.argv = {to_run.program.string()};
    launch.cwd = "/";
    launch.environment = worker_environment();
    launch.descriptors = {{output.write.get(), 1},
                          {output.write.get(), 2},
                          {their_socket.get(), worker::socket_fd},
                          {arena.descriptor(), worker::arena_fd},
                          {report.write.get(), worker::report_fd}};
    launch.limits = {.cpu_s = worker_cpu_limit_s,
                     .file_bytes = file_limit_bytes,
                     .extra_processes = limits.threads + 64,
                     .stack_bytes = stack_bytes,
                     .open_files = 64};
    launch.confinement.emplace().visible = {to_run.program};
    if (to_run.flavour == Flavour::timed) {
        // malloc reserves a heap for each thread, which stays mostly unused.
        constexpr std::uint64_t heaps_bytes = 4ULL << 30;
        launch.limits.address_space_bytes =
            (limits.memory_mb << 20) + arena.bytes() + limits.threads * stack_bytes + heaps_bytes;
    } else {
        launch.confinement->filter = sandbox::Filter::with_processes;  // the symbolizer
        constexpr std::uint64_t beside_bytes = 256 << 20;  // the symbolizer, page tables, the sandbox
        launch.limits.memory_bytes = (limits.memory_mb << 20) + arena.bytes() + beside_bytes;
    }
    launch.fixed_addresses = to_run.flavour == Flavour::tsan || to_run.flavour == Flavour::schedules;
    launch.cpu = to_run.cpu;
    sandbox::Process process = sandbox::start(launch);
    return {std::move(arena),
            {std::move(our_socket), std::move(report.read), std::move(output.read)},
            std::move(process)};
}

Worker::Worker(const ProgramToRun& program) : Worker(program, start(program)) {}

Worker::Worker(const ProgramToRun& program, Started started)
    : limits_(program.limits),
      memory_limit_bytes_(limits_.memory_mb << 20),
      arena_(std::move(started.arena)),
      channels_(std::move(started.channels)),
      process_(std::move(started.process)) {}

std::unique_ptr<RunningProgram> WorkerLauncher::start(const ProgramToRun& program) {
    return std::make_unique<Worker>(program);
}

std::size_t Worker::capacity(std::size_t pixels) const {
    return (arena_.bytes() - worker::arena_front_bytes) / worker::image_stride(pixels);
}

std::span<double> Worker::image(std::size_t i, std::size_t pixels) const {
    return {reinterpret_cast<double*>(arena_.data() + worker::image_offset(i, pixels)), pixels};
}

CallResult Worker::call(const Shape& shape, std::size_t count, unsigned threads) {
    return request({RequestKind::call, threads, shape.rows, shape.cols, count}, nullptr);
}

CallResult Worker::fingerprinted_call(const Shape& shape, unsigned threads) {
    return request({RequestKind::fingerprinted_call, threads, shape.rows, shape.cols, 1}, nullptr);
}

CallResult Worker::clocked_call(const Shape& shape, std::size_t count, unsigned threads) {
    return count_runnable({RequestKind::clocked_call, threads, shape.rows, shape.cols, count});
}

worker::schedules::Area& Worker::area() const {
    return *reinterpret_cast<worker::schedules::Area*>(arena_.data() + arena_.bytes() - worker::area_bytes);
}

CallResult Worker::scheduled_call(const Shape& shape, std::size_t count, unsigned threads, const Plan& plan) {
    write_plan(plan, area());
    CallResult result =
        request({RequestKind::scheduled_call, threads, shape.rows, shape.cols, count}, nullptr);
    result.schedule = read_run(area());
    result.cpu_s = 1e-9 * static_cast<double>(result.clock.work_ns);
    if (result.end == End::broke && result.broken.success()) result.end = end_of(result.schedule.ending);
    return result;
}

CallResult Worker::unclocked_call(const Shape& shape, std::size_t count, unsigned threads) {
    return count_runnable({RequestKind::call, threads, shape.rows, shape.cols, count});
}

CallResult Worker::count_runnable(const Request& calls) {
    counts_runnable_ = true;
    looks_ = seen_runnable_ = crowded_looks_ = 0;
    asked_threads_ = calls.threads;
    CallResult result = request(calls, nullptr);
    counts_runnable_ = false;
    if (looks_ >= enough_looks) {
        const auto looks = static_cast<double>(looks_);
        result.runnable_threads = static_cast<double>(seen_runnable_) / looks;
        result.crowded_share = static_cast<double>(crowded_looks_) / looks;
    }
    return result;
}

CallResult Worker::judge(const Evaluate& evaluate) {
    return request({RequestKind::judge, 1, 0, 0, 0}, &evaluate);
}

CallResult Worker::request(const Request& request, const Evaluate* evaluate) {
    CallResult result;
    const End started = !ready_ && !dead_ ? await_start() : End::done;
    if (dead_) {
        result.end = started == End::done ? End::died : started;
        return result;
    }
    last_shape_ = {request.rows, request.cols};
    start_s_ = last_progress_s_ = now_s();
    start_cpu_s_ = last_cpu_s_ = sandbox::cpu_time_s(pid()).value_or(0);
    start_kills_ = sandbox::out_of_memory_kills();
    constexpr double spinning = 4;
    call_limits_ = limits_;
    if (request.threads > 1) call_limits_.cpu_s *= spinning;

    Reply reply{};
    Request next = request;
    for (;;) {
        result.end = send(next) ? await(reply) : end_it(End::died);
        if (result.end != End::done || reply.kind != ReplyKind::evaluate || evaluate == nullptr) break;
        const auto shape = image_to_evaluate(reply, arena_.bytes());
        const bool came_back = shape && (*evaluate)(*shape, image(0, shape->pixels()));
        next = {RequestKind::evaluated, 1, reply.rows, reply.cols, came_back ? 1U : 0U};
    }
    if (result.end == End::done) result = result_of(reply, request.kind);
    result.wall_s = now_s() - start_s_;
    if (dead_) return result;
    result.life_cpu_s = sandbox::cpu_time_s(pid());
    if (result.life_cpu_s) result.cpu_s = *result.life_cpu_s - start_cpu_s_;
    if (result.end == End::nonsense) end_it(End::nonsense);
    return result;
}

bool Worker::died_for_lack_of_memory() const {
    return exit_.signal == SIGKILL && !process_.broke_memory_limit() &&
           sandbox::out_of_memory_kills() > start_kills_;
}

/// Waits for the worker's first reply.
End Worker::await_start() {
    start_kills_ = sandbox::out_of_memory_kills();
    start_s_ = last_progress_s_ = now_s();
    start_cpu_s_ = last_cpu_s_ = 0;
    call_limits_ = limits_;
    Reply reply{};
    const End end = await(reply);
    if (end != End::done) return end;
    if (reply.kind != ReplyKind::ready) return end_it(End::nonsense);
    ready_ = true;
    arena_address_ = reply.value;
    return End::done;
}

bool Worker::send(const Request& request) {
    return ::send(channels_.socket.get(), &request, sizeof request, MSG_NOSIGNAL) == sizeof request;
}

/// Blocks until there is a whole reply (End::done) or the worker is dead.
End Worker::await(Reply& reply) {
    for (;;) {
        std::array<pollfd, 3> wait_for{{{channels_.socket.get(), POLLIN, 0},
                                        {output_ended_ ? -1 : channels_.output.get(), POLLIN, 0},
                                        {report_ended_ ? -1 : channels_.report.get(), POLLIN, 0}}};
        const int ready =
            poll(wait_for.data(), wait_for.size(), counts_runnable_ ? count_interval_ms : watch_interval_ms);
        if (ready > 0 && wait_for[0].revents == 0) drain_pipes();
        if (wait_for[0].revents != 0) {
            std::array<char, sizeof(Reply)> buffer{};
            const ssize_t n =
                recv(channels_.socket.get(), buffer.data(), buffer.size() - partial_.size(), MSG_DONTWAIT);
            if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return end_it(End::died);
            if (n > 0) partial_.append(buffer.data(), static_cast<std::size_t>(n));
            if (partial_.size() == sizeof reply) {
                std::memcpy(&reply, partial_.data(), sizeof reply);
                partial_.clear();
                race_reports_ = std::max(race_reports_, reply.race_reports);
                return End::done;
            }
        }
        // A worker that keeps talking is watched as often as a silent one.
        if (ready > 0 && now_s() < next_look_s_) continue;
        next_look_s_ = now_s() + 1e-3 * (counts_runnable_ ? count_interval_ms : watch_interval_ms);
        if (process_.poll_exit()) return end_it(End::died);
        if (const auto broken = broken_limit()) return end_it(*broken);
    }
}

/// Returns the limit that the call has broken, if any.
std::optional<End> Worker::broken_limit() {
    const double now = now_s();
    const auto usage = sandbox::usage(pid());
    const auto cpu = sandbox::cpu_time_s(pid());
    if (usage && counts_runnable_) {
        ++looks_;
        seen_runnable_ += usage->runnable_threads;
        // The thread that calls the others may work, too.
        if (usage->runnable_threads > asked_threads_ + 1) ++crowded_looks_;
    }
    if (usage && usage->resident_bytes > memory_limit_bytes_ + arena_.bytes()) return End::out_of_memory;
    if (usage && usage->threads > limits_.threads) return End::crowd;
    if (cpu && *cpu - start_cpu_s_ > call_limits_.cpu_s) return End::busy;
    // A runnable thread that gets no CPU time is no deadlock: the machine is busy, the program isn't stuck.
    constexpr double noise_s = 1e-3;
    if (!usage || !cpu || usage->runnable_threads > 0 || *cpu > last_cpu_s_ + noise_s) {
        last_progress_s_ = now;
        last_cpu_s_ = cpu.value_or(0);
    }
    if (now - last_progress_s_ > limits_.idle_s) return End::idle;
    if (now - start_s_ > limits_.wall_s) return End::slow;
    return std::nullopt;
}

/// Reads what was printed and reported. Returns whether there was anything.
bool Worker::drain_pipes() {
    const std::size_t keep_bytes = limits_.output_kb << 10;
    const std::size_t printed = sandbox::drain(channels_.output, output_, keep_bytes, output_ended_);
    const std::size_t reported = sandbox::drain(channels_.report, report_, report_bytes, report_ended_);
    if (printed_bytes_ <= keep_bytes && printed_bytes_ + printed > keep_bytes)
        output_ += "\n(it prints more; the rest isn't kept)\n";
    printed_bytes_ += printed;
    return printed + reported > 0;
}

/// Lets a dying worker finish, since it may be writing its report, then kills the rest of its process group.
End Worker::end_it(End why) {
    if (dead_) return why;
    dead_ = true;
    const double deadline = now_s() + (why == End::died ? exit_grace_s : 0);
    while (!process_.poll_exit() && now_s() < deadline) {
        if (!drain_pipes()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    process_.kill_group();
    exit_ = process_.wait();
    for (int round = 0; round < 64 && drain_pipes(); ++round) {
    }
    return why;
}

const std::string& Worker::report() {
    drain_pipes();
    return report_;
}

const std::string& Worker::output() {
    drain_pipes();
    return output_;
}

std::optional<std::pair<std::size_t, std::size_t>> Worker::pixel_at(std::uint64_t address) const {
    return grader::pixel_at(address, arena_address_, last_shape_);
}

}  // namespace grader
