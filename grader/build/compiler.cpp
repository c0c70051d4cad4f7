#include "build/compiler.hpp"

#include <fmt/format.h>

#include <array>
#include <system_error>

#include "base/error.hpp"
#include "base/text.hpp"
#include "recipe.hpp"
#include "sandbox/run.hpp"

namespace grader {

namespace {

template <std::size_t n>
void append(std::vector<std::string>& to, const std::array<const char*, n>& flags) {
    to.insert(to.end(), flags.begin(), flags.end());
}

}  // namespace

std::vector<std::string> Compiler::common_flags() const {
    std::vector<std::string> result;
    append(result, recipe::common);
    if (clang) {
        append(result, recipe::clang);
    } else {
        append(result, recipe::gnu);
    }
    return result;
}

std::vector<std::string> Compiler::flags(Flavour flavour) const {
    std::vector<std::string> result = common_flags();
    switch (flavour) {
        case Flavour::timed:
            append(result, recipe::timed);
            break;
        case Flavour::checked:
            append(result, recipe::checked);
            break;
        case Flavour::tsan:
            append(result, recipe::tsan);
            break;
        case Flavour::schedules:
            append(result, recipe::schedules);
            break;
    }
    return result;
}

std::vector<std::string> Compiler::unvectorized_flags() {
    std::vector<std::string> result;
    append(result, recipe::unvectorized);
    return result;
}

std::vector<std::string> Compiler::counted_flags() const {
    std::vector<std::string> result = common_flags();
    append(result, recipe::counted);
    if (clang) append(result, recipe::counted_clang);
    return result;
}

Compiler find_compiler(const std::string& command) {
    try {
        sandbox::Launch launch;
        launch.argv = {command, "--version"};
        launch.environment = sandbox::toolchain_environment();
        const sandbox::Captured answer = sandbox::run(launch, 20, 4096);
        const std::string first_line = printable(answer.output.substr(0, answer.output.find('\n')));
        if (answer.exit.success() && !first_line.empty())
            return {command, first_line, first_line.find("clang") != std::string::npos};
    } catch (const std::system_error&) {  // there is no such program
    }
    throw Error(ExitCode::environment, fmt::format("the C++ compiler '{}' doesn't run", command),
                "run ./setup, or name another one: CXX=g++ make grade");
}

}  // namespace grader
