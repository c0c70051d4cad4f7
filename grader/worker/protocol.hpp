#pragma once

/// The messages between parent and worker, over one stream socket and one shared mapping (the arena).
///
/// The parent sends a Request and the worker answers with a Reply, one at a time. The parent believes nothing
/// in a reply: not that the work was done (it compares every pixel), not how long it took (it asks the
/// kernel).

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "schedules/area.hpp"
#include "virtual_clock.hpp"

namespace worker {

/// Descriptors that the worker inherits, besides 0 (/dev/null), 1 and 2 (what the program prints).
inline constexpr int socket_fd = 3;
inline constexpr int arena_fd = 4;
inline constexpr int report_fd = 5;  // sanitizers and the terminate handler write their text here

enum class RequestKind : std::uint32_t {
    call = 1,   // run the function on images 0 … count-1, each rows × cols, with `threads`
    judge = 2,  // run a function that judges candidates; it may ask for evaluations
    evaluated =
        3,  // answer to ReplyKind::evaluate: image 0 now holds the candidate's pixels, if `count` is 1
    clocked_call = 4,        // like call, with the virtual clock
    fingerprinted_call = 5,  // like call, on one image; the reply has its fingerprint
    scheduled_call = 6,      // like call, in a process of its own, by the plan in the arena's schedules::Area
};

struct Request {
    RequestKind kind;
    std::uint32_t threads;
    std::uint64_t rows;
    std::uint64_t cols;
    std::uint64_t count;
};

enum class ReplyKind : std::uint32_t {
    ready = 1,     // sent once, after start; `value` is the arena's address in the worker
    done = 2,      // call: every image holds its answer; fingerprinted_ and scheduled_call: `value` is the
                   // fingerprint of image 0 now
    judged = 3,    // judge: `value` is 1 if the candidate was accepted
    evaluate = 4,  // judge: please run the candidate on image 0, rows × cols
    not_implemented = 5,  // the function threw kit::not_implemented
    threw = 6,            // it threw something else: `text` is "type: what"
    out_of_memory = 7,    // it threw std::bad_alloc
    resized = 8,          // image number `value` came back as rows × cols
    unfinished = 9,       // scheduled_call: its process ended otherwise; `value` is its wait status, or
                          // no_process
};

/// The operating system refused to start a process.
inline constexpr std::uint64_t no_process = UINT64_MAX;

struct Reply {
    ReplyKind kind;
    std::uint32_t race_reports;  // that the thread sanitizer has made since the start
    std::uint64_t rows;
    std::uint64_t cols;
    std::uint64_t value;
    virtual_clock::Reading clock;  // clocked_call: all the calls together; scheduled_call: work_ns only
    std::array<char, 224> text;    // zero-terminated if shorter
};

/// Image i of a batch starts at image_offset(i, pixels) bytes into the arena. A page in front and a gap
/// between images are never used; in the checked flavour they are poisoned, so that ASan sees an overrun.
inline constexpr std::size_t arena_front_bytes = 4096;
inline constexpr std::size_t image_gap_bytes = 64;

constexpr std::size_t image_stride(std::size_t pixels) {
    return (pixels * sizeof(double) + image_gap_bytes - 1) / image_gap_bytes * image_gap_bytes +
           image_gap_bytes;
}

constexpr std::size_t image_offset(std::size_t i, std::size_t pixels) {
    return arena_front_bytes + i * image_stride(pixels);
}

/// In the flavour `schedules`, the arena ends with this many bytes for a schedules::Area.
inline constexpr std::size_t area_bytes =
    (sizeof(schedules::Area) + image_gap_bytes - 1) / image_gap_bytes * image_gap_bytes;

/// A hash that tells whether a thread has changed the image since. The function has returned by now, so this
/// read must not be reported as a race with a thread that it left behind.
__attribute__((no_sanitize("thread"))) inline std::uint64_t fingerprint(std::span<const double> pixels) {
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a, by words
    for (const double& pixel : pixels) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &pixel, sizeof bits);
        hash = (hash ^ bits) * 0x100000001b3;
    }
    return hash;
}

}  // namespace worker
