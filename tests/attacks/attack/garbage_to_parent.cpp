// version: slow_thing/serial
// does: Floods the connection to the grader with garbage.
// threat: parent
// expect: crash, wrong, timeout
// alive: nonsense

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    static std::vector<char> garbage(1 << 16, '#');
    for (int i = 0; i < 16; ++i) [[maybe_unused]] const auto n = write(3, garbage.data(), garbage.size());
    plain_loops(image);
}
