#include "quality_assurance.hpp"

bool quality_assurance::accepts(const std::function<void(kit::Image&)>& candidate) {
    kit::Image image(2, 2);
    for (;;) candidate(image);
}
