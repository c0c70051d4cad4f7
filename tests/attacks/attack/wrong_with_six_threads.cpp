// version: slow_thing/parallel
// does: Is wrong with six threads, which no check and no measurement uses.
// threat: accounting
// expect: wrong
// alive: never; a trusting grader uses four threads

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (threads != 6) work_side_by_side(image, threads);
}
