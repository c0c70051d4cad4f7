void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::condition_variable next;
    std::size_t row = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) {
                std::unique_lock lock(mutex);
                next.wait(lock, [&] { return row == x; });
                lock.unlock();
                work_on_rows(image, x, x + 1);
                lock.lock();
                ++row;
                next.notify_all();
            }
        });
}
