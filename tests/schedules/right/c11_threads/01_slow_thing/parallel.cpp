// right: threads of thrd_create take rows under an mtx_t; a cnd_t tells that all are full.
#include "slow_thing.hpp"

#include <threads.h>

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

struct Shared {
    kit::Image& image;
    mtx_t mutex{};
    cnd_t one_full{};
    std::size_t next = 0;
    std::size_t full = 0;
};

int work(void* argument) {
    auto& shared = *static_cast<Shared*>(argument);
    mtx_lock(&shared.mutex);
    while (shared.next < shared.image.rows()) {
        const std::size_t x = shared.next++;
        mtx_unlock(&shared.mutex);
        fill_row(shared.image, x);
        mtx_lock(&shared.mutex);
        ++shared.full;
        cnd_signal(&shared.one_full);
    }
    mtx_unlock(&shared.mutex);
    return 0;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Shared shared{image};
    mtx_init(&shared.mutex, mtx_plain);
    cnd_init(&shared.one_full);
    std::vector<thrd_t> team(threads);
    for (thrd_t& member : team) thrd_create(&member, work, &shared);

    mtx_lock(&shared.mutex);
    while (shared.full < image.rows()) cnd_wait(&shared.one_full, &shared.mutex);
    mtx_unlock(&shared.mutex);

    for (const thrd_t member : team) thrd_join(member, nullptr);
    cnd_destroy(&shared.one_full);
    mtx_destroy(&shared.mutex);
}
