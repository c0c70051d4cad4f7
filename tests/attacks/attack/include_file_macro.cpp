// version: slow_thing/serial
// does: Includes __FILE__ with a climbing path behind it, which works only where a compiler joins the two strings.
// threat: build
// expect: build_error, not_started
// alive: never; g++ takes __FILE__ alone, and -I finds the stub of that name

#include "slow_thing.hpp"

#include __FILE__ "/../../../../../solutions/01_slow_thing/serial.cpp"
