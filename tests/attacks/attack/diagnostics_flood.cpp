// version: slow_thing/serial
// does: Makes the compiler print 40 KB of diagnostics, more than the lowered limit keeps; by one more macro it is gigabytes.
// limit: compiler_output_kb = 8
// met: 8 KB of diagnostics
// threat: build
// expect: build_error
// alive: flood

#include "slow_thing.hpp"

#define JOIN(a, b) a##b
#define NAME(number) JOIN(undeclared_name_that_is_long_enough_to_fill_a_report_quickly_, number)
#define ONE NAME(__COUNTER__)();
#define TEN ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE

void slow_thing::serial(kit::Image&) {
    TEN TEN TEN TEN TEN
}
