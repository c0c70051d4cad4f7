// version: slow_thing/serial
// does: Defines functions of Google Benchmark and GoogleTest with results to its liking.
// threat: objects
// expect: pass
// alive: other framework

#include <string>

#include "slow_thing.hpp"

namespace benchmark {
std::size_t RunSpecifiedBenchmarks() {
    return 1;
}
void Initialize(int*, char**, void (*)()) {}
}  // namespace benchmark
namespace testing {
struct UnitTest {
    int Run();
    bool Passed() const;
};
int UnitTest::Run() {
    return 0;
}
bool UnitTest::Passed() const {
    return true;
}
}  // namespace testing

void slow_thing::serial(kit::Image& image) {
    for (int again = 0; again < 3; ++again) plain_loops(image);
}
