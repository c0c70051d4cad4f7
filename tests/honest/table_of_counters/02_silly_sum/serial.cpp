// right: 0 … rows - 1 stand in a vector of doubles, and both inner loops go through it
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    std::vector<double> numbers(image.rows());
    std::iota(numbers.begin(), numbers.end(), 0.0);

    double sum = 0;
    std::size_t at = 0;
    for (const double i : numbers) {
        for (std::size_t j = 0; j < image.cols(); ++j, ++at) {
            const auto pixel = image.pixels()[at];
            for (const double k : numbers) {
                for (const double l : numbers) {
                    sum += pixel - k + l;
                }
            }
        }
        sum += i;
        if (image.cols() > 0) image.pixels()[at - 1] = sum / image.cols() / image.rows();
    }
}
