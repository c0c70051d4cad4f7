// Called before each function of points.txt. FAIL_AT=n makes the first call of function n throw. The file
// FAIL_LOG lists the functions that were called and that failed: "called 7", "failed 7".

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <set>
#include <stdexcept>

namespace {

void tell(const char* what, unsigned index) {
    const char* const log = std::getenv("FAIL_LOG");
    if (log == nullptr) return;
    static std::mutex mutex;
    static std::set<std::pair<char, unsigned>> told;
    const std::lock_guard lock(mutex);
    if (!told.insert({*what, index}).second) return;
    if (std::FILE* const file = std::fopen(log, "a")) {
        std::fprintf(file, "%s %u\n", what, index);
        std::fclose(file);
    }
}

}  // namespace

extern "C" void fail_point(unsigned index) {
    static const char* const wanted = std::getenv("FAIL_AT");
    static std::atomic<bool> has_failed = false;
    tell("called", index);
    if (wanted == nullptr || std::strtoul(wanted, nullptr, 10) != index || has_failed.exchange(true)) return;
    tell("failed", index);
    throw std::runtime_error("an injected failure");
}
