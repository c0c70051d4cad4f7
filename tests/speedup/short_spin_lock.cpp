// Honest: the lock is held for a moment, and waiting threads yield.
void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic_flag taken;
    std::size_t pixels_done = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = share(image, t, threads); x < share(image, t + 1, threads); ++x) {
                work_on_rows(image, x, x + 1);
                while (taken.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
                pixels_done += image.cols();
                taken.clear(std::memory_order_release);
            }
        });
}
