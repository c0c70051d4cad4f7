#pragma once

/// How a call of a worker's function ended.

#include <cstdint>
#include <optional>
#include <string>

#include "lesson/lesson.hpp"
#include "run/schedule.hpp"
#include "sandbox/launch.hpp"
#include "worker/virtual_clock.hpp"

namespace grader {

/// The operating system ends a worker that uses more CPU time than this.
inline constexpr std::uint64_t worker_cpu_limit_s = 3600;

struct CallResult {
    enum class End {
        done,
        not_implemented,
        threw,
        out_of_memory,
        resized,
        busy,      // used more CPU time than the limit
        idle,      // every thread blocked
        slow,      // neither, but over the wall-clock limit
        crowd,     // had more threads than the limit
        died,      // exit() tells how
        nonsense,  // a reply that the harness never sends
        // Only of a scheduled call:
        stuck,      // every thread waits for another
        endless,    // made more choices than a schedule may
        outside,    // touched memory beside the image
        broke,      // its process was ended by a signal, or ended itself: broken tells how
        abandoned,  // its schedule can't be controlled
    };
    End end = End::nonsense;
    std::string text;                  // threw: "type: what"
    Shape shape;                       // resized: the image's new shape
    double wall_s = 0;                 // from the request to the answer
    std::optional<double> cpu_s;       // the worker's during the call, as counted by the kernel
    std::optional<double> life_cpu_s;  // the same since it was started
    bool accepted = false;             // judge: the function's answer
    std::uint64_t fingerprint =
        0;  // fingerprinted_call: worker::fingerprint of the image when the function returned
    // Set by a clocked call:
    worker::virtual_clock::Reading clock;    // as the worker claims
    std::optional<double> runnable_threads;  // mean number of runnable threads, as counted by the kernel
    double crowded_share = 0;  // of the looks: there were two more of them than were asked for, or more
    // Set by a scheduled call:
    ScheduleRun schedule;
    sandbox::Exit broken;
};

/// Whether the program can be called again.
constexpr bool leaves_alive(CallResult::End end) {
    using End = CallResult::End;
    return end == End::done || end == End::not_implemented || end == End::threw ||
           end == End::out_of_memory || end == End::resized || end >= End::stuck;
}

}  // namespace grader
