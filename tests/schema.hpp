#pragma once

#include <string>

/// The errors in a result.json's text by docs/result.schema.json; empty if there are none.
std::string schema_errors(const std::string& text);
