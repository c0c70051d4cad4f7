// version: slow_thing/serial
// does: Connects to an abstract unix socket, which no mount hides.
// threat: run
// expect: pass
// alive: packet unix

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cstring>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path + 1, "slow_things_canary", 18);
    const int out = socket(AF_UNIX, SOCK_STREAM, 0);
    if (out >= 0 && connect(out, reinterpret_cast<sockaddr*>(&to), sizeof(sa_family_t) + 19) == 0)
        [[maybe_unused]]
        const auto n = send(out, "alive", 5, MSG_NOSIGNAL);
    if (out >= 0) close(out);
    plain_loops(image);
}
