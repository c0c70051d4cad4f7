void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back(
            [&, t] { work_on_rows(image, share(image, t, threads), share(image, t + 1, threads)); });
}
