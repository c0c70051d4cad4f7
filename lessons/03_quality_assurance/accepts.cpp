#include "quality_assurance.hpp"

bool quality_assurance::accepts([[maybe_unused]] const std::function<void(kit::Image&)>& candidate) {
    // TODO: make an image, let the candidate work on a copy of it, and compare the copy with what silly_sum
    //       should give. Then think of images that reveal a wrong version.
    //       Then delete the next line and type `make grade`.
    throw kit::not_implemented("quality_assurance::accepts: compare the candidate with the plain loops");
}
