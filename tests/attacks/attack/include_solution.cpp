// version: slow_thing/optimized
// does: Includes the reference solution by its place relative to the include path and hands it in as its own.
// threat: build
// expect: build_error
// alive: fast

#include "../solutions/01_slow_thing/optimized.cpp"
