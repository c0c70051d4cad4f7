#pragma once

/// result.json: docs/result.schema.json defines it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/result.hpp"

namespace grader {

std::string to_json(const Result& result);

/// The submission's name in a result.json; empty if it can't be read.
std::string submission_of(std::string_view result_json);

/// The versions of an earlier result.json; empty if the text isn't one.
std::vector<Graded> versions_of(std::string_view result_json);

/// One version, to be kept and reused.
std::string to_json(const Graded& graded);
std::optional<Graded> graded_from_json(std::string_view text);

}  // namespace grader
