#pragma once

#include <unistd.h>

#include <string>
#include <utility>

namespace sandbox {

/// Throws std::system_error for errno; `what` names the system call or file that failed.
[[noreturn]] void throw_errno(const std::string& what);

/// Owns a file descriptor.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() { reset(); }

    void reset() {
        if (fd_ >= 0) close(fd_);
        fd_ = -1;
    }
    [[nodiscard]] int get() const { return fd_; }

  private:
    int fd_ = -1;
};

struct Pipe {
    Descriptor read;
    Descriptor write;
};

/// A pipe that is close-on-exec; its read end doesn't block. Throws std::system_error.
Pipe make_pipe();

/// Two connected stream sockets, close-on-exec. Throws std::system_error.
std::pair<Descriptor, Descriptor> make_socket_pair();

/// Appends the available bytes to `text` until it holds `keep_bytes`; the rest is read and dropped. Returns
/// the number of bytes read, 0 if there were none. Sets `ended` if the other side is closed.
std::size_t drain(const Descriptor& pipe, std::string& text, std::size_t keep_bytes, bool& ended);

}  // namespace sandbox
