// version: slow_thing/optimized
// does: Looks for the reference solution through /proc/self/cwd, /proc/self/root and the parents of the compiler.
// threat: build
// expect: pass, build_error
// alive: fast

#include "slow_thing.hpp"

#if __has_include("/proc/self/cwd/../solutions/01_slow_thing/optimized.cpp")
#include "/proc/self/cwd/../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("/proc/self/cwd/../../solutions/01_slow_thing/optimized.cpp")
#include "/proc/self/cwd/../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("/proc/self/cwd/../../../solutions/01_slow_thing/optimized.cpp")
#include "/proc/self/cwd/../../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("/proc/self/cwd/../../../../solutions/01_slow_thing/optimized.cpp")
#include "/proc/self/cwd/../../../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("/proc/self/cwd/../../../../../solutions/01_slow_thing/optimized.cpp")
#include "/proc/self/cwd/../../../../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("/proc/self/cwd/../../../../../../solutions/01_slow_thing/optimized.cpp")
#include "/proc/self/cwd/../../../../../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("/autograder/solutions/01_slow_thing/optimized.cpp")
#include "/autograder/solutions/01_slow_thing/optimized.cpp"
#else
void slow_thing::optimized(kit::Image& image) {
    plain_loops(image);
}
#endif
