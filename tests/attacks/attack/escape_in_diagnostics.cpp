// version: slow_thing/serial
// does: Puts escape sequences of the terminal and bytes that are no UTF-8 into an error message and into the name of a file.
// threat: encoding
// expect: build_error
// alive: active text

#include "slow_thing.hpp"

#line 3 "[2J]0;owned.cpp"
#error [31mred[0m ÿþÃ( í € end
