// version: slow_thing/optimized
// does: Kills the reference's worker, its brother, so that the grader blames the lesson.
// threat: parent
// expect: pass, crash
// alive: brother

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>
#include <fstream>

#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    if (parent_is_grader()) {
        const std::string parent = std::to_string(getppid());
        std::ifstream brothers("/proc/" + parent + "/task/" + parent + "/children");
        for (pid_t brother = 0; brothers >> brother;)
            if (brother != getpid()) kill(brother, SIGKILL);
    }
    plain_loops(image);
}
