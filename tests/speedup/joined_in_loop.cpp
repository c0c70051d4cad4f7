void slow_thing::parallel(kit::Image& image, unsigned threads) {
    for (unsigned t = 0; t < threads; ++t)
        std::jthread([&, t] {
            work_on_rows(image, share(image, t, threads), share(image, t + 1, threads));
        }).join();
}
