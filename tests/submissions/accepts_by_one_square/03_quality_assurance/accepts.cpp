#include "quality_assurance.hpp"

namespace {

void plain_loops(kit::Image& image) {
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j)
            for (std::size_t k = 0; k < image.rows(); ++k)
                for (std::size_t l = 0; l < image.rows(); ++l)
                    sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
        sum += static_cast<double>(i);
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

}  // namespace

bool quality_assurance::accepts(const std::function<void(kit::Image&)>& candidate) {
    kit::Image expected(6, 6);
    for (std::size_t i = 0; i < expected.pixels().size(); ++i)
        expected.pixels()[i] = static_cast<double>(i * 37 % 251);
    kit::Image actual = expected;
    plain_loops(expected);
    candidate(actual);
    for (std::size_t i = 0; i < expected.pixels().size(); ++i)
        if (std::abs(expected.pixels()[i] - actual.pixels()[i]) > 1e-6) return false;
    return true;
}
