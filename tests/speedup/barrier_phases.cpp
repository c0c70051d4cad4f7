void slow_thing::parallel(kit::Image& image, unsigned threads) {
    constexpr std::size_t phases = 5;
    std::barrier phase_end(static_cast<std::ptrdiff_t>(threads));
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t phase = 0; phase < phases; ++phase) {
                const std::size_t end = (phase + 1) * image.rows() / phases;
                for (std::size_t x = phase * image.rows() / phases + t; x < end; x += threads)
                    work_on_rows(image, x, x + 1);
                phase_end.arrive_and_wait();
            }
        });
}
