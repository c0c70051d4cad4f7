#pragma once

#include "kit/kit.hpp"

namespace quality_assurance {

/// Whether `candidate` computes silly_sum (lesson 2) rightly. It changes the image that it is called with, or
/// throws if it fails; it may be called with images of your choice, 64 times and with up to 1600 pixels each.
bool accepts(const std::function<void(kit::Image&)>& candidate);

}  // namespace quality_assurance
