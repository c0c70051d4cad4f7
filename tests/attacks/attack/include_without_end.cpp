// version: slow_thing/serial
// does: Includes itself until its declarations need more than the lowered limit of memory; one that includes /dev/zero needs all of the machine.
// threat: build
// expect: build_error
// alive: bomb
// limit: compiler_memory_mb = 160
// met: memory exhausted|out of memory
// alone: it includes itself, and only itself

#ifndef ONE
#include "slow_thing.hpp"
#define GLUED(a, b) a##b
#define JOINED(a, b) GLUED(a, b)
#define ONE extern int JOINED(declared_, __COUNTER__)[2 * __COUNTER__ + 1];
#define TEN ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
void slow_thing::serial(kit::Image&) {}
#endif

HUNDRED HUNDRED
#if __INCLUDE_LEVEL__ < 190  // no more: a second and a half, and 230 MB without a limit
#include __FILE_NAME__
#endif
