// version: slow_thing/parallel
// does: Works on one thread and claims a perfect speed-up, with threads of the idle class beside it, which can run but hardly do.
// threat: parent
// expect: pass
// canary: points

#include <sched.h>
#include <time.h>
#include <unistd.h>

#include "slow_thing.hpp"

namespace {

void plain_loops(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}

struct Reply {
    std::uint32_t kind, reserved;
    std::uint64_t rows, cols, value;
    std::uint64_t span_ns, work_ns, most_held_ns, starting_ns, caller_ns, longest_ns, threads;
    char text[224];
};

/// Serves the grader in the harness's place, for good, with a clock to its liking.
[[noreturn]] void take_over(kit::Image& image, unsigned threads) {
    struct {
        std::uint32_t kind, threads;
        std::uint64_t rows, cols, count;
    } request{4, threads, image.rows(), image.cols(), 1};
    double* const first = image.pixels().data();
    for (;;) {
        const std::size_t pixels = request.rows * request.cols;
        const std::size_t stride = (pixels * 8 + 63) / 64 * 64 + 64;
        timespec before{}, after{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        for (std::size_t i = 0; i < request.count; ++i) {
            kit::Image own = kit::MappedImage::over(first + i * stride / 8, request.rows, request.cols);
            plain_loops(own);
        }
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
        Reply reply{};
        reply.kind = 2;
        reply.work_ns = static_cast<std::uint64_t>((after.tv_sec - before.tv_sec) * 1'000'000'000 +
                                                   after.tv_nsec - before.tv_nsec);
        reply.span_ns = reply.caller_ns = reply.longest_ns = reply.work_ns / request.threads;
        reply.threads = request.threads;
        if (write(3, &reply, sizeof reply) != sizeof reply) _exit(0);
        if (read(3, &request, sizeof request) != sizeof request) _exit(0);
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
#if defined(KIT_CHECKED) || defined(__SANITIZE_THREAD__)
    plain_loops(image);
    (void)threads;
    (void)take_over;
#else
    if (image.rows() > 13) {  // not in the checks
        for (int i = 0; i < 15; ++i)
            std::thread([] {
                const sched_param lowest{};
                sched_setscheduler(0, SCHED_IDLE, &lowest);
                for (volatile bool forever = true; forever;) {
                }
            }).detach();
        take_over(image, threads);
    }
    plain_loops(image);
#endif
}
