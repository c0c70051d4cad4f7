void slow_thing::parallel(kit::Image& image, unsigned threads) {
    work_by_turns(image, threads, [] { std::this_thread::sleep_for(std::chrono::milliseconds(1)); });
}
