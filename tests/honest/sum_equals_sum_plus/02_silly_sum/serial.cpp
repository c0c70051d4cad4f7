// right: writes sum = sum + pixel - k + l, three additions that wait for each other
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    double sum = 0.0;
    for (std::size_t i = 0; i < image.rows(); i = i + 1) {
        for (std::size_t j = 0; j < image.cols(); j = j + 1) {
            for (std::size_t k = 0; k < image.rows(); k = k + 1) {
                for (std::size_t l = 0; l < image.rows(); l = l + 1) {
                    sum = sum + image(i, j) - (double)k + (double)l;
                }
            }
        }
        sum = sum + (double)i;
        if (image.cols() >= 1) {
            image(i, image.cols() - 1) = sum / (double)image.cols() / (double)image.rows();
        }
    }
}
