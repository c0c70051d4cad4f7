#pragma once

/// What a worker's answer means. Hostile code may have written it: any bytes are a fine argument here, and
/// what can't be true is End::nonsense.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "lesson/lesson.hpp"
#include "run/call.hpp"
#include "worker/protocol.hpp"

namespace grader {

/// `end` and what belongs to it, of the reply that ends a call; the rest as a CallResult begins.
CallResult result_of(const worker::Reply& reply, worker::RequestKind asked);

/// The image of a ReplyKind::evaluate, if an arena of so many bytes holds it.
std::optional<Shape> image_to_evaluate(const worker::Reply& reply, std::size_t arena_bytes);

/// Row and column of the pixel of image 0 that holds this address, if there is one.
std::optional<std::pair<std::size_t, std::size_t>> pixel_at(std::uint64_t address,
                                                            std::uint64_t arena_address, const Shape& shape);

}  // namespace grader
