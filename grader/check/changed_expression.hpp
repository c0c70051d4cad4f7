#pragma once

/// What a line of C++ changes, read off its text. Any text is a fine argument.

#include <string>
#include <string_view>

namespace grader {

/// The expression that a line of C++ changes; empty if there is none, or more than one. With `method`, the
/// object of which that member function is called.
std::string changed_expression(std::string_view line, std::string_view method = {});

/// The one expression that the line changes, as it has it; empty if it changes several. With `that_is_read`,
/// of those that it also reads.
std::string only_change(std::string_view line, bool that_is_read);

/// `found` of `found.push_back(3)` for the method push_back.
std::string called_object(std::string_view line, std::string_view method);

/// `push_back` of `double& std::vector<double>::push_back<int>(int&&)`; empty for an operator.
std::string_view method_name(std::string_view function);

/// `sums` of `sums[t]`, `image` of `image(x, y)`.
std::string_view base_of(std::string_view expression);

}  // namespace grader
