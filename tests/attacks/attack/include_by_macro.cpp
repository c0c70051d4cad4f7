// version: slow_thing/optimized
// does: Includes the reference by a path that stands in a macro, so that no literal include of it is in the file.
// threat: build
// expect: build_error
// alive: fast

#define REFERENCE "../solutions/01_slow_thing/optimized.cpp"
#include REFERENCE
