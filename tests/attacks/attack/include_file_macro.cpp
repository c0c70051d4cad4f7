// version: slow_thing/serial
// does: Includes __FILE__ with a climbing path behind it, which works only where a compiler joins the two
// strings. threat: build expect: build_error canary: none: g++ and clang both refuse to join the strings, so
// it is never live; it pins that down

#include "slow_thing.hpp"

#include __FILE__ "/../../../../../solutions/01_slow_thing/serial.cpp"
