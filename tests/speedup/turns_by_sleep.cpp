void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<std::size_t> row = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) {
                while (row != x) std::this_thread::sleep_for(std::chrono::microseconds(100));
                work_on_rows(image, x, x + 1);
                ++row;
            }
        });
}
