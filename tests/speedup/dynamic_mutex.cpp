void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::size_t next = 0;
    const auto take = [&] {
        const std::lock_guard lock(mutex);
        return next++;
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (std::size_t i = take(); i < image.rows() * image.cols(); i = take())
                work_on_pixel(image, i / image.cols(), i % image.cols());
        });
}
