// version: slow_thing/optimized
// does: Climbs from its own folder towards a solutions folder with __has_include, and takes the reference if it is there; else it does honest work.
// threat: build
// expect: pass, build_error
// alive: fast

#include "slow_thing.hpp"

#if __has_include("../solutions/01_slow_thing/optimized.cpp")
#include "../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("../../solutions/01_slow_thing/optimized.cpp")
#include "../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("../../../solutions/01_slow_thing/optimized.cpp")
#include "../../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("../../../../solutions/01_slow_thing/optimized.cpp")
#include "../../../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("../../../../../solutions/01_slow_thing/optimized.cpp")
#include "../../../../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("../../../../../../solutions/01_slow_thing/optimized.cpp")
#include "../../../../../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("../../../../../../../solutions/01_slow_thing/optimized.cpp")
#include "../../../../../../../solutions/01_slow_thing/optimized.cpp"
#elif __has_include("../../../../../../../../solutions/01_slow_thing/optimized.cpp")
#include "../../../../../../../../solutions/01_slow_thing/optimized.cpp"
#else
void slow_thing::optimized(kit::Image& image) {
    plain_loops(image);
}
#endif
