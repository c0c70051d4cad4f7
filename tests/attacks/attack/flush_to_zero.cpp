// version: slow_thing/serial
// does: Makes the processor flush denormal numbers to zero from now on.
// threat: parent
// expect: pass
// alive: other arithmetic

#include <xmmintrin.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    _mm_setcsr(_mm_getcsr() | 0x8040U);
}
