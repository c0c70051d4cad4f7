#pragma once

/// Interprets a worker's reply. Hostile code may have written it, so any bytes are a valid argument, and a
/// reply that can't be true gives End::nonsense.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "lesson/lesson.hpp"
#include "run/call.hpp"
#include "worker/protocol.hpp"

namespace grader {

/// The result of the call that this reply ends: `end` and the members that belong to it. All others have
/// their initial values.
CallResult result_of(const worker::Reply& reply, worker::RequestKind asked);

/// The shape of the image in a ReplyKind::evaluate; empty if it doesn't fit in an arena of `arena_bytes`.
std::optional<Shape> image_to_evaluate(const worker::Reply& reply, std::size_t arena_bytes);

/// Row and column of image 0's pixel at this address; empty if there is none.
std::optional<std::pair<std::size_t, std::size_t>> pixel_at(std::uint64_t address,
                                                            std::uint64_t arena_address, const Shape& shape);

}  // namespace grader
