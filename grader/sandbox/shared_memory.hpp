#pragma once

#include <cstddef>
#include <utility>

#include "sandbox/descriptor.hpp"

namespace sandbox {

/// Anonymous memory that a child can map too, through descriptor(). Zeroed and resident from the start.
class SharedMemory {
  public:
    /// Throws std::system_error.
    explicit SharedMemory(std::size_t bytes);
    SharedMemory(SharedMemory&& other) noexcept
        : bytes_(std::exchange(other.bytes_, 0)),
          descriptor_(std::move(other.descriptor_)),
          data_(std::exchange(other.data_, nullptr)) {}
    SharedMemory& operator=(SharedMemory&&) = delete;
    ~SharedMemory();

    [[nodiscard]] char* data() const { return data_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] int descriptor() const { return descriptor_.get(); }

  private:
    std::size_t bytes_;
    Descriptor descriptor_;
    char* data_;
};

}  // namespace sandbox
