#pragma once

#include <stdexcept>

namespace kit {

/// Thrown by a stub, which makes its verdict "not started". Delete the throw when you start.
class not_implemented : public std::logic_error {
  public:
    explicit not_implemented(const char* what_to_do) : std::logic_error(what_to_do) {}
};

}  // namespace kit
