// right: each row is a std::span, and the last pixel is its back()
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    std::span<double> rest = image.pixels();
    const std::size_t rows = image.rows();
    double sum = 0;

    for (std::size_t i = 0; i < rows; ++i) {
        const std::span<double> row = rest.first(image.cols());
        rest = rest.subspan(image.cols());

        for (const double pixel : row)
            for (std::size_t k = 0; k < rows; ++k)
                for (std::size_t l = 0; l < rows; ++l)
                    sum += pixel - static_cast<double>(k) + static_cast<double>(l);

        sum += static_cast<double>(i);
        if (!row.empty()) row.back() = sum / static_cast<double>(row.size()) / static_cast<double>(rows);
    }
}
