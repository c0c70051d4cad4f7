#include "quality_assurance.hpp"

bool quality_assurance::accepts(const std::function<void(kit::Image&)>& candidate) {
    kit::Image image(3, 4);
    candidate(image);
    return true;
}
