#pragma once

/// Finds what a line of C++ changes, from its text alone: by its operators, without types. Any text is a
/// valid argument.

#include <string>
#include <string_view>

namespace grader {

/// The expression that a line of C++ changes; empty if there is none, or more than one. With `method`, the
/// object on which that member function is called.
std::string changed_expression(std::string_view line, std::string_view method = {});

/// The one expression that the line changes, as written; empty if it changes several. With `that_is_read`,
/// only expressions that it also reads count.
std::string only_change(std::string_view line, bool that_is_read);

/// `found` of `found.push_back(3)` for the method push_back.
std::string called_object(std::string_view line, std::string_view method);

/// `push_back` of `double& std::vector<double>::push_back<int>(int&&)`; empty for an operator.
std::string_view method_name(std::string_view function);

/// `sums` of `sums[t]`, `image` of `image(x, y)`.
std::string_view base_of(std::string_view expression);

}  // namespace grader
