#include "sandbox/isolation.hpp"

#include <cstdlib>
#include <system_error>

#include "sandbox/process.hpp"
#include "sandbox/users.hpp"

namespace sandbox {

namespace {

/// What bubblewrap prints if it can't run a program the way the grader needs; empty if it can.
std::string sandbox_failure() {
#ifdef __linux__
    Launch launch;
    launch.argv = {"/usr/bin/true"};
    launch.confinement.emplace();
    launch.environment = toolchain_environment();
    try {
        const Captured result = capture(launch, Isolation::sandbox, 10, 4096);
        if (result.exit.success()) return {};
        return result.output.empty() ? "bwrap failed without a message"
                                     : result.output.substr(0, result.output.find('\n'));
    } catch (const std::system_error& error) {
        return error.what();
    }
#else
    return "there is no bubblewrap on this system";
#endif
}

Offer find_offer() {
    Offer result;
    const char* wish = std::getenv("ISOLATION");
    const std::string wanted = wish == nullptr ? "" : wish;
    if (wanted != name(Isolation::limits) && wanted != name(Isolation::container)) {
        result.why_not_sandbox = sandbox_failure();
        if (result.why_not_sandbox.empty()) result.isolation = Isolation::sandbox;
    }
    if (result.isolation != Isolation::sandbox && wanted != name(Isolation::limits) && can_run_as_others())
        result.isolation = Isolation::container;
    if (!wanted.empty() && wanted != name(result.isolation)) result.unknown_wish = wanted;
    return result;
}

}  // namespace

const Offer& offer() {
    static const Offer found = find_offer();
    return found;
}

}  // namespace sandbox
