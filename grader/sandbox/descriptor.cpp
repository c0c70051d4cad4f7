#include "sandbox/descriptor.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace sandbox {

namespace {

void set_close_on_exec(int fd) {
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

}  // namespace

void throw_errno(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw_errno("pipe");
    for (const int fd : ends) set_close_on_exec(fd);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::pair<Descriptor, Descriptor> make_socket_pair() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) throw_errno("socketpair");
    for (const int fd : ends) set_close_on_exec(fd);
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::size_t drain(const Descriptor& pipe, std::string& text, std::size_t keep_bytes, bool& ended) {
    std::array<char, 65536> buffer{};
    // A bounded number of rounds, so that a flood can't keep the caller here.
    std::size_t total = 0;
    for (int round = 0; round < 16; ++round) {
        const ssize_t n = read(pipe.get(), buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            if (n == 0) ended = true;
            break;
        }
        const auto count = static_cast<std::size_t>(n);
        total += count;
        if (text.size() < keep_bytes) text.append(buffer.data(), std::min(count, keep_bytes - text.size()));
    }
    return total;
}

}  // namespace sandbox
