// version: slow_thing/serial
// does: Sends a packet out by TCP.
// threat: run
// expect: pass
// alive: packet tcp

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cstring>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(47653);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int out = socket(AF_INET, SOCK_STREAM, 0);
    if (out >= 0 && connect(out, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0) [[maybe_unused]]
        const auto n = send(out, "alive", 5, MSG_NOSIGNAL);
    if (out >= 0) close(out);
    plain_loops(image);
}
