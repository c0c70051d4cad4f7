// version: slow_thing/serial
// does: Throws an exception whose text has escape sequences, HTML, a formula and bytes that are no UTF-8.
// threat: encoding
// expect: crash
// alive: active text

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    throw std::runtime_error("\x1b]0;owned\a<img src=x onerror=alert(1)>\n=cmd()\xff\xc3(");
}
