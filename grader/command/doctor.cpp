#include "command/doctor.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"
#include "build/compiling_builder.hpp"
#include "sandbox/descriptor.hpp"
#include "sandbox/isolation.hpp"
#include "sandbox/machine.hpp"
#include "sandbox/memory_group.hpp"
#include "sandbox/run.hpp"
#include "sandbox/system_calls.hpp"
#include "sandbox/usage.hpp"
#include "sandbox/users.hpp"
#include "worker/virtual_clock.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

struct Finding {
    enum class State { good, weaker, missing };
    State state = State::good;
    std::string what;
    std::string found;
    std::string fix;  // what to do about it; may be empty
};
using State = Finding::State;

/// The first number in a file of /proc/sys; -1 if there is none.
int setting(const char* path) {
    int value = -1;
    std::ifstream(path) >> value;
    return value;
}

std::string sandbox_fix(const std::string& said) {
    if (said.find("No such file") != std::string::npos) return "./setup installs bubblewrap";
    if (setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1)
        return "AppArmor refuses it (docs/install.md, Ubuntu 24.04):\n"
               "sudo apt-get install apparmor-profiles\n"
               "sudo ln -s /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/\n"
               "sudo systemctl reload apparmor";
    if (setting("/proc/sys/kernel/unprivileged_userns_clone") == 0)
        return "sudo sysctl kernel.unprivileged_userns_clone=1";
    if (fs::exists("/.dockerenv") || fs::exists("/run/.containerenv"))
        return "start the container with the three options of docs/install.md, Dev container";
    return "see docs/security.md";
}

Finding sandbox_finding() {
    const sandbox::Offer& offer = sandbox::offer();
    if (offer.isolation == sandbox::Isolation::sandbox)
        return {State::good, "sandbox", "bubblewrap works", ""};
    if (offer.why_not_sandbox.empty())
        return {State::weaker, "sandbox", "not used, since ISOLATION asks for less", "unset ISOLATION"};
    return {State::weaker, "sandbox", "bubblewrap doesn't work: " + printable(offer.why_not_sandbox),
            sandbox_fix(offer.why_not_sandbox)};
}

Finding user_finding() {
    if (getuid() != 0) return {State::good, "user", "the grader isn't root", ""};
    if (!sandbox::can_run_as_others())
        return {State::good, "user", "the grader is root of a namespace that has no other user", ""};
    if (sandbox::isolation() == sandbox::Isolation::limits)
        return {State::weaker, "user", "the grader is root, and programs run as root",
                "grade as an ordinary user"};
    return {State::good, "user", "the grader is root; programs run as another user", ""};
}

Finding filter_finding() {
    if (!sandbox::system_call_filter(sandbox::Filter::threads_only).empty())
        return {State::good, "system calls", "filtered: no new processes, sockets, namespaces", ""};
    return {State::weaker, "system calls", "not filtered", "./setup installs libseccomp; then: rm -r build"};
}

Finding memory_finding() {
    constexpr std::uint64_t some_bytes = 64 << 20;
    if (sandbox::MemoryGroup::make(some_bytes))
        return {State::good, "memory", "the kernel limits it, also under a sanitizer (control group)", ""};
    return {State::weaker, "memory", "limited; under a sanitizer the grader watches it (no control group)",
            ""};
}

Finding clock_finding() {
    if (sandbox::cpu_time_s(getppid()))
        return {State::good, "CPU clock", "the kernel shows other processes' CPU time", ""};
    return {State::weaker, "CPU clock",
            "the kernel hides other processes' CPU time: a busy machine changes the times", ""};
}

Finding virtual_clock_finding() {
    if (worker::virtual_clock::available)
        return {State::good, "virtual clock", "threads are graded by work and span", ""};
    return {State::weaker, "virtual clock",
            "not in this kit, or not on this system: threads are graded by the wall clock, flagged", ""};
}

/// A folder that is removed with its object.
class Scratch {
  public:
    Scratch() : path_((fs::temp_directory_path() / "slow-things-XXXXXX").string()) {
        if (mkdtemp(path_.data()) == nullptr) sandbox::throw_errno(path_);
    }
    Scratch(Scratch&&) = delete;
    ~Scratch() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    [[nodiscard]] fs::path path() const { return path_; }

  private:
    std::string path_;
};

Finding compiler_finding(const std::string& command) {
    try {
        return {State::good, "compiler", find_compiler(command).version, ""};
    } catch (const Error& error) {
        return {State::missing, "compiler", error.what(), error.next()};
    }
}

/// Whether a data race is found. This can't be told from the exit code, which is the same when
/// ThreadSanitizer can't run.
Finding race_finding(const std::string& command) {
    const Scratch scratch;
    write_file(scratch.path() / "race.cpp",
               "#include <thread>\nint x;\nint main() { std::thread t([] { ++x; }); ++x; t.join(); }\n");
    sandbox::Launch compile;
    compile.argv = {command, "-std=c++20", "-O1", "-fsanitize=thread", "-pthread", "race.cpp", "-o", "race"};
    compile.cwd = scratch.path();
    compile.environment = sandbox::toolchain_environment();
    sandbox::Launch race;
    race.argv = {(scratch.path() / "race").string()};
    race.fixed_addresses = true;
    std::string fix = "./setup installs the sanitizers";
    try {
        constexpr double wall_limit_s = 60;
        if (sandbox::run(compile, wall_limit_s, 4096).exit.success()) {
            const sandbox::Captured said = sandbox::run(race, wall_limit_s, 4096);
            if (said.output.find("data race") != std::string::npos)
                return {State::good, "data races", "ThreadSanitizer finds them", ""};
            fix = "it says: " + printable(first_lines(said.output, 2), true);
        }
    } catch (const std::system_error&) {  // counts as failed
    }
    return {State::weaker, "data races", "ThreadSanitizer doesn't run here: races are \"not checked\"", fix};
}

Finding cores_finding() {
    const unsigned cores = sandbox::cores();
    return {cores >= 2 ? State::good : State::weaker, "cores",
            cores >= 2 ? fmt::format("{}", cores) : "1: there is no wall-clock speed-up to show", ""};
}

std::vector<Finding> examine(const std::string& compiler) {
    std::vector<Finding> findings = {sandbox_finding(), user_finding(), filter_finding(), memory_finding(),
                                     compiler_finding(compiler)};
    if (findings.back().state == State::good) findings.push_back(race_finding(compiler));
    findings.push_back(clock_finding());
    findings.push_back(virtual_clock_finding());
    findings.push_back(cores_finding());
    return findings;
}

std::string promise() {
    switch (sandbox::isolation()) {
        case sandbox::Isolation::sandbox:
            return "forgery-safe and host-safe: other people's programs can be graded here";
        case sandbox::Isolation::container:
            return "forgery-safe; only a container around the grader protects the machine";
        case sandbox::Isolation::limits:
            return "a self-check, not secure: grade only programs that you trust";
    }
    return "";
}

void print(Terminal& terminal, const Finding& finding) {
    using Colour = Terminal::Colour;
    const auto [sign, colour] = finding.state == State::good     ? std::pair("✓", Colour::green)
                                : finding.state == State::weaker ? std::pair("!", Colour::yellow)
                                                                 : std::pair("✗", Colour::red);
    terminal.line(fmt::format("  {} {:<14} {}", terminal.paint(colour, sign), finding.what, finding.found));
    std::istringstream lines(finding.fix);
    const char* arrow = "→";
    for (std::string line; std::getline(lines, line); arrow = " ")
        terminal.line(fmt::format("{:19}{} {}", "", arrow, line));
}

}  // namespace

bool print_doctor(const std::string& compiler) {
    Terminal terminal;
    bool complete = true;
    for (const Finding& finding : examine(compiler)) {
        print(terminal, finding);
        complete = complete && finding.state != State::missing;
    }
    terminal.line();
    terminal.line(fmt::format("Isolation  {}: {}", sandbox::name(sandbox::isolation()), promise()));
    return complete;
}

}  // namespace grader
