void slow_thing::parallel(kit::Image& image, unsigned) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            image(x, y) = 100000.0 * static_cast<double>(x) + 1000.0 * static_cast<double>(y);
}
