void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = share(image, t, threads); x < share(image, t + 1, threads); ++x) {
                const std::lock_guard lock(mutex);
                work_on_rows(image, x, x + 1);
            }
        });
}
