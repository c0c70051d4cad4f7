void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (std::size_t i = next++; i < image.rows() * image.cols(); i = next++)
                work_on_pixel(image, i / image.cols(), i % image.cols());
        });
}
