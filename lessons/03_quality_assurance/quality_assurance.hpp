#pragma once

#include "kit/kit.hpp"

namespace quality_assurance {

/// Whether `candidate` computes silly_sum (lesson 2) correctly. The candidate changes the image that you
/// pass, or throws if it fails. You may call it 64 times, with any images of up to 1600 pixels.
bool accepts(const std::function<void(kit::Image&)>& candidate);

}  // namespace quality_assurance
