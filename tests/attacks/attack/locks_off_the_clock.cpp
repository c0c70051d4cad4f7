// version: slow_thing/parallel
// does: Works under one mutex, and by its threads' restartable sequences lets the virtual clock believe that it was held for no time.
// threat: accounting
// expect: pass+checks_evaded, pass+speedup_above_runnable+checks_evaded
// alive: threads

#include <poll.h>
#include <sys/rseq.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            char* const area = static_cast<char*>(__builtin_thread_pointer()) + __rseq_offset;
            auto& sequence =
                *reinterpret_cast<volatile std::uint64_t*>(area + offsetof(struct rseq, rseq_cs));
            for (std::size_t x = t * image.rows() / threads; x < (t + 1) * image.rows() / threads; ++x)
                for (std::size_t y = 0; y < image.cols(); ++y) {
                    const std::uint64_t stayed = sequence;
                    poll(nullptr, 0, 1);
                    sequence = stayed;  // as if this thread had worked for a millisecond
                    mutex.lock();
                    work_on_pixel(image, x, y);
                    sequence = 0;
                    mutex.unlock();
                }
        });
}
