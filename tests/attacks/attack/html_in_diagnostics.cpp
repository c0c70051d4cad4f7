// version: slow_thing/serial
// does: Names its file, an identifier and a message so that a report that quotes them runs a script or a spreadsheet formula.
// threat: encoding
// expect: build_error
// alive: active text

#include "slow_thing.hpp"

#line 1 "<img src=x onerror=alert(1)>"
#warning =cmd|' /C calc'!A1
#error </pre></script><script>alert(document.domain)</script>
int x = "\033]0;owned\a" + nothing;
