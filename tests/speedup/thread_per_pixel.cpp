void slow_thing::parallel(kit::Image& image, unsigned) {
    std::vector<std::jthread> team;
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            team.emplace_back([&image, x, y] { work_on_pixel(image, x, y); });
}
