void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t half = image.rows() / 2;
    work_on_rows(image, 0, half);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            work_on_rows(image, half + t * (image.rows() - half) / threads,
                         half + (t + 1) * (image.rows() - half) / threads);
        });
}
