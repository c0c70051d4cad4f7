void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::latch all_done(static_cast<std::ptrdiff_t>(image.rows()));
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (std::size_t x = next++; x < image.rows(); x = next++) {
                work_on_rows(image, x, x + 1);
                all_done.count_down();
            }
        });
    all_done.wait();
    for (auto& each : team) each.join();
}
