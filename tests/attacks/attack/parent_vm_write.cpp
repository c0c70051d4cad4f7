// version: slow_thing/serial
// does: Writes into the grader's memory with process_vm_writev (the bytes that are there already).
// threat: parent
// expect: pass, crash
// alive: file parent_vm

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>
#include <fstream>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    if (parent_is_grader()) {
        std::ifstream maps("/proc/" + std::to_string(getppid()) + "/maps");
        unsigned long first = 0;
        for (std::string line; std::getline(maps, line);)
            if (line.find("[heap]") != std::string::npos) first = std::stoul(line, nullptr, 16);
        char byte = 0;
        const iovec here{&byte, 1};
        const iovec there{reinterpret_cast<void*>(first), 1};
        if (first != 0 && process_vm_readv(getppid(), &here, 1, &there, 1, 0) == 1 &&
            process_vm_writev(getppid(), &here, 1, &there, 1, 0) == 1)
            leave_mark("/tmp/slow_things_canary/parent_vm");
    }
    plain_loops(image);
}
