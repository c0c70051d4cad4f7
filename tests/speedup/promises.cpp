void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::future<void>> answers;
    for (unsigned t = 0; t < threads; ++t) {
        std::packaged_task<void()> task(
            [&, t] { work_on_rows(image, share(image, t, threads), share(image, t + 1, threads)); });
        answers.push_back(task.get_future());
        std::thread(std::move(task)).detach();
    }
    for (auto& each : answers) each.get();
}
