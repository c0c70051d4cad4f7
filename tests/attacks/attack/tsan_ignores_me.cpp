// version: slow_thing/parallel
// does: Has a data race and asks the runtime of the thread sanitizer to ignore it.
// threat: objects
// expect: race, pass+checks_evaded
// alive: nothing seen by tsan

#include "slow_thing.hpp"

extern "C" __attribute__((weak)) void AnnotateIgnoreWritesBegin(const char*, int);
extern "C" __attribute__((weak)) void AnnotateIgnoreReadsBegin(const char*, int);
extern "C" __attribute__((weak)) void AnnotateIgnoreWritesEnd(const char*, int);
extern "C" __attribute__((weak)) void AnnotateIgnoreReadsEnd(const char*, int);

namespace {

long touched = 0;  // counted without a lock

__attribute__((noinline)) void touch() {
    if (AnnotateIgnoreWritesBegin != nullptr) {
        AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
        AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    }
    touched = touched + 1;
    if (AnnotateIgnoreWritesEnd != nullptr) {
        AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
        AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads] {
            touch();
            work_on_rows(image, t * image.rows() / threads, (t + 1) * image.rows() / threads);
        });
}
