// version: slow_thing/serial
// does: Makes the compiler print many megabytes of diagnostics.
// threat: build
// expect: build_error
// alive: flood

#include "slow_thing.hpp"

#define JOIN(a, b) a##b
#define NAME(number) JOIN(undeclared_name_that_is_long_enough_to_fill_a_report_quickly_, number)
#define ONE NAME(__COUNTER__)();
#define TEN ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define THOUSAND HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED

void slow_thing::serial(kit::Image&) {
    THOUSAND THOUSAND THOUSAND THOUSAND
}
