void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::future<void>> shares;
    for (unsigned t = 0; t < threads; ++t)
        shares.push_back(std::async(std::launch::async, [&, t] {
            work_on_rows(image, share(image, t, threads), share(image, t + 1, threads));
        }));
    for (auto& each : shares) each.get();
}
