namespace {

void split(kit::Image& image, std::size_t first, std::size_t last, unsigned threads) {
    if (threads <= 1) {
        work_on_rows(image, first, last);
        return;
    }
    const std::size_t middle = first + (last - first) * (threads / 2) / threads;
    const std::jthread other([&] { split(image, first, middle, threads / 2); });
    split(image, middle, last, threads - threads / 2);
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    split(image, 0, image.rows(), threads);
}
