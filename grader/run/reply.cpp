#include "run/reply.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cstring>

namespace grader {

namespace {

using End = CallResult::End;
using worker::ReplyKind;
using worker::RequestKind;

/// Whether an honest clock can show this. No time exceeds the operating system's limit of CPU time, and no
/// more threads were started than that has nanoseconds, since starting one takes longer.
bool is_possible(const worker::virtual_clock::Reading& clock) {
    constexpr std::uint64_t most = worker_cpu_limit_s * 1'000'000'000;
    return std::max({clock.span_ns, clock.work_ns, clock.most_held_ns, clock.starting_ns, clock.caller_ns,
                     clock.longest_ns, clock.threads}) <= most;
}

sandbox::Exit exit_of(int wait_status) {
    if (WIFSIGNALED(wait_status)) return {.code = 0, .signal = WTERMSIG(wait_status)};
    return {.code = WEXITSTATUS(wait_status), .signal = 0};
}

CallResult ended(End end) {
    CallResult result;
    result.end = end;
    return result;
}

}  // namespace

CallResult result_of(const worker::Reply& reply, RequestKind asked) {
    CallResult result;
    switch (reply.kind) {
        case ReplyKind::done:
            if (asked == RequestKind::judge || !is_possible(reply.clock)) return ended(End::nonsense);
            result.end = End::done;
            result.clock = reply.clock;
            result.fingerprint = reply.value;
            return result;
        case ReplyKind::judged:
            if (asked != RequestKind::judge || reply.value > 1) return ended(End::nonsense);
            result.end = End::done;
            result.accepted = reply.value == 1;
            return result;
        case ReplyKind::not_implemented:
            return ended(End::not_implemented);
        case ReplyKind::out_of_memory:
            return ended(End::out_of_memory);
        case ReplyKind::threw:
            result.end = End::threw;
            result.text.assign(reply.text.data(), strnlen(reply.text.data(), reply.text.size()));
            return result;
        case ReplyKind::resized:
            result.end = End::resized;
            result.shape = {reply.rows, reply.cols};
            return result;
        case ReplyKind::unfinished:
            if (asked != RequestKind::scheduled_call) return ended(End::nonsense);
            if (reply.value == worker::no_process || !is_possible(reply.clock)) return ended(End::abandoned);
            result.end = End::broke;
            result.clock = reply.clock;
            result.broken = exit_of(static_cast<int>(reply.value));
            return result;
        case ReplyKind::ready:
        case ReplyKind::evaluate:
            break;
    }
    return ended(End::nonsense);
}

std::optional<Shape> image_to_evaluate(const worker::Reply& reply, std::size_t arena_bytes) {
    constexpr std::uint64_t most = 1 << 20;  // its square doesn't overflow
    if (reply.rows > most || reply.cols > most) return std::nullopt;
    const Shape shape{reply.rows, reply.cols};
    if (worker::image_offset(1, shape.pixels()) > arena_bytes) return std::nullopt;
    return shape;
}

std::optional<std::pair<std::size_t, std::size_t>> pixel_at(std::uint64_t address,
                                                            std::uint64_t arena_address, const Shape& shape) {
    const std::uint64_t first = arena_address + worker::image_offset(0, shape.pixels());
    if (address < first) return std::nullopt;
    const std::uint64_t pixel = (address - first) / sizeof(double);
    if (pixel >= shape.pixels()) return std::nullopt;
    return std::pair{pixel / shape.cols, pixel % shape.cols};
}

}  // namespace grader
