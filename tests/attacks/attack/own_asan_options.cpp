// version: slow_thing/serial
// does: Writes past the image and brings options for the sanitizers that send their reports elsewhere.
// threat: objects
// expect: memory_error
// alive: file report
// flavour: checked

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    double* const last = image.pixels().data() + image.pixels().size();
    *last = 1;
}

extern "C" const char* __asan_default_options() {
    return "log_path=/tmp/slow_things_canary/report:exitcode=0:halt_on_error=0";
}
extern "C" const char* __ubsan_default_options() {
    return "log_path=/tmp/slow_things_canary/report:silence_unsigned_overflow=1";
}
extern "C" void __asan_on_error() {}
