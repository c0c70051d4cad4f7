// version: slow_thing/serial
// does: Works on the small images of the checks only.
// threat: accounting
// expect: wrong
// alive: forged

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    if (image.rows() <= 13) plain_loops(image);
}
