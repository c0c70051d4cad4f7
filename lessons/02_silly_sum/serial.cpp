#include "silly_sum.hpp"

void silly_sum::serial([[maybe_unused]] kit::Image& image) {
    // TODO: one running sum (a double) over the whole image. For each row i: for each column j, for
    //       each k and each l in [0, rows): add image(i, j) - k + l. After the row's columns add i,
    //       and store sum / cols / rows in the row's last pixel.
    //       Then delete the next line and type `make grade`.
    throw kit::not_implemented("silly_sum::serial: write the plain loops");
}
