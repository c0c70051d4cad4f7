#include "sandbox/launch.hpp"

#include <array>
#include <cstdlib>

namespace sandbox {

const char* name(Isolation isolation) {
    constexpr std::array names = {"limits", "container", "sandbox"};
    return names[static_cast<std::size_t>(isolation)];
}

std::vector<std::string> toolchain_environment() {
    std::vector<std::string> environment = {"LC_ALL=C.UTF-8"};
    for (const char* name : {"PATH", "HOME", "TMPDIR"})
        if (const char* value = std::getenv(name)) environment.push_back(std::string(name) + "=" + value);
    return environment;
}

}  // namespace sandbox
