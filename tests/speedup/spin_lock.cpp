void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic_flag taken;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            while (taken.test_and_set(std::memory_order_acquire)) {
            }
            work_on_rows(image, share(image, t, threads), share(image, t + 1, threads));
            taken.clear(std::memory_order_release);
        });
}
