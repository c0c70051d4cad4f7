// The threads add to one sum that they all share, and one thread overwrites what another has added.
//
// Hint: Is that sum declared inside or outside the thread's function? How many sums are there, then?
//
// Evidence: accumulator_race
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        {
            std::vector<std::jthread> team;
            for (std::size_t t = 0; t < threads; ++t)
                team.emplace_back([&, t] {
                    for (std::size_t j = t; j < image.cols(); j += threads)
                        for (std::size_t k = 0; k < rows; ++k)
                            for (std::size_t l = 0; l < rows; ++l)
                                sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                });
        }
        sum += static_cast<double>(i);
        if (image.cols() > 0)
            image(i, image.cols() - 1) = sum / static_cast<double>(image.cols()) / static_cast<double>(rows);
    }
}
