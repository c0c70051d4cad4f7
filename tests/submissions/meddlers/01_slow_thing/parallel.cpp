// Starts its only thread past the virtual clock, by the C library's own pthread_create: the clock sees no work at all. Under
// a sanitizer it behaves.
#include <dlfcn.h>

#include "slow_thing.hpp"

namespace {

void* fill(void* argument) {
    auto& image = *static_cast<kit::Image*>(argument);
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    return nullptr;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
#ifdef KIT_CHECKED
    threads = 1;
#elif defined(__SANITIZE_THREAD__)
    threads = 1;
#endif
    void* const c_library = threads == 1 ? nullptr : dlopen("libc.so.6", RTLD_NOW);
    if (c_library == nullptr) {
        fill(&image);
        return;
    }
    const auto create = reinterpret_cast<decltype(&pthread_create)>(dlsym(c_library, "pthread_create"));
    const auto join = reinterpret_cast<decltype(&pthread_join)>(dlsym(c_library, "pthread_join"));
    pthread_t thread;
    create(&thread, nullptr, fill, &image);
    join(thread, nullptr);
}
