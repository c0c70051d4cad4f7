// version: slow_thing/serial
// does: Makes the compiler print many megabytes of diagnostics.
// threat: build
// expect: build_error
// alive: flood

#include "slow_thing.hpp"

#define ONE undeclared_name_that_is_long_enough_to_fill_a_report_quickly();
#define TEN ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

template <int n>
void flood() {
    typename std::array<int, n>::type_that_does_not_exist_anywhere x;
    flood<n - 1>();
}

void slow_thing::serial(kit::Image&) {
    HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED flood<700>();
}
