void slow_thing::parallel(kit::Image& image, unsigned threads) {
    work_by_async(image, threads, std::launch::deferred);
}
