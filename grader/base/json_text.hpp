#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace grader {

/// The document as the text of a file. Always valid JSON: bytes that aren't UTF-8 are replaced. An `indent`
/// of -1 puts it on one line.
inline std::string json_text(const nlohmann::ordered_json& document, int indent = 1) {
    return document.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace grader
