// right: a debug line is left in, one for each call, and the counters are plain int
#include "silly_sum.hpp"

#include <iostream>

void silly_sum::serial(kit::Image& image) {
    std::cout << "serial: " << image.rows() << " x " << image.cols() << '\n';

    const int rows = static_cast<int>(image.rows());
    const int cols = static_cast<int>(image.cols());
    double sum = 0;
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < cols; j++) {
            const double v = image(i, j);
            for (int k = 0; k < rows; k++)
                for (int l = 0; l < rows; l++) sum += v - k + l;
        }
        sum += i;
        if (cols > 0) image(i, cols - 1) = sum / cols / rows;
        // std::cout << "row " << i << ": " << sum << std::endl;
    }
}
