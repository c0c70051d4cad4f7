#include "sandbox/shared_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>

#include <string>

namespace sandbox {

namespace {

Descriptor make_file(std::size_t bytes) {
#ifdef __linux__
    Descriptor file(memfd_create("images", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (file.get() < 0) throw_errno("memfd_create");
    if (ftruncate(file.get(), static_cast<off_t>(bytes)) != 0) throw_errno("ftruncate");
    fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
#else
    const std::string name = "/images-" + std::to_string(getpid());
    Descriptor file(shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600));
    if (file.get() < 0) throw_errno("shm_open");
    shm_unlink(name.c_str());
    fcntl(file.get(), F_SETFD, FD_CLOEXEC);
    if (ftruncate(file.get(), static_cast<off_t>(bytes)) != 0) throw_errno("ftruncate");
#endif
    return file;
}

}  // namespace

SharedMemory::SharedMemory(std::size_t bytes) : bytes_(bytes), descriptor_(make_file(bytes)) {
    int flags = MAP_SHARED;
#ifdef MAP_POPULATE
    flags |= MAP_POPULATE;
#endif
    void* address = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, descriptor_.get(), 0);
    if (address == MAP_FAILED) throw_errno("mmap");
    data_ = static_cast<char*>(address);
}

SharedMemory::~SharedMemory() {
    if (data_ != nullptr) munmap(data_, bytes_);
}

}  // namespace sandbox
