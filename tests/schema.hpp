#pragma once

#include <string>

/// What docs/result.schema.json has against the text of a result.json; empty if nothing.
std::string schema_errors(const std::string& text);
