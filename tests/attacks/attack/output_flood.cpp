// version: slow_thing/serial
// does: Prints 1 MB, more than the lowered limit keeps; an endless loop fills every log.
// limit: output_kb = 64
// met: the rest isn't kept
// threat: run
// expect: pass
// alive: flood

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    static std::string line(65536, '!');
    for (int i = 0; i < 16; ++i) [[maybe_unused]] const auto n = write(1, line.data(), line.size());
    plain_loops(image);
}
