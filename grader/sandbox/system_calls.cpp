#include "sandbox/system_calls.hpp"

#include <cerrno>
#include <system_error>

#ifdef KIT_SECCOMP
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>

#include "sandbox/descriptor.hpp"
#endif

namespace sandbox {

#ifdef KIT_SECCOMP

namespace {

struct Release {
    void operator()(void* context) const { seccomp_release(context); }
};
using Context = std::unique_ptr<void, Release>;

void check(int result) {
    if (result < 0) throw std::system_error(-result, std::generic_category(), "libseccomp");
}

/// Calls that this architecture or this libseccomp doesn't know have no number and are skipped.
void refuse(const Context& context, int error, std::initializer_list<const char*> calls) {
    for (const char* call : calls) {
        const int number = seccomp_syscall_resolve_name(call);
        if (number == __NR_SCMP_ERROR || number < 0) continue;
        check(seccomp_rule_add(context.get(), SCMP_ACT_ERRNO(static_cast<unsigned>(error)), number, 0));
    }
}

std::vector<sock_filter> make_filter(Filter filter) {
    const Context context(seccomp_init(SCMP_ACT_ALLOW));
    if (!context) throw std::system_error(ENOMEM, std::generic_category(), "libseccomp");
    refuse(context, EPERM, {"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4"});
    refuse(context, EPERM,
           {"unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount",
            "fsopen", "fsmount", "mount_setattr", "name_to_handle_at", "open_by_handle_at"});
    refuse(context, EPERM,
           {"ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_open", "pidfd_getfd",
            "pidfd_send_signal", "process_madvise"});
    refuse(context, EPERM,
           {"bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "io_uring_setup",
            "io_uring_enter", "io_uring_register"});
    refuse(context, EPERM,
           {"sched_setaffinity", "setpriority", "sched_setscheduler", "sched_setparam", "sched_setattr",
            "ioprio_set"});
    refuse(context, EPERM, {"shmget", "msgget", "semget", "mq_open", "memfd_create", "memfd_secret"});
    // A process that can't leave its group is reached by the signal that ends the group.
    refuse(context, EPERM, {"setsid", "setpgid", "kill", "tkill", "rt_sigqueueinfo"});
    if (filter == Filter::threads_only) {
        refuse(context, EPERM, {"fork", "vfork"});
        check(seccomp_rule_add(context.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                               SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)));
    }
    refuse(context, ENOSYS, {"clone3"});

    const Descriptor file(memfd_create("filter", MFD_CLOEXEC));
    check(seccomp_export_bpf(context.get(), file.get()));
    const off_t bytes = lseek(file.get(), 0, SEEK_END);
    std::vector<sock_filter> result(static_cast<std::size_t>(bytes) / sizeof(sock_filter));
    if (pread(file.get(), result.data(), static_cast<std::size_t>(bytes), 0) != bytes)
        throw_errno("libseccomp");
    return result;
}

}  // namespace

std::span<const sock_filter> system_call_filter(Filter filter) {
    static const std::vector<sock_filter> threads_only = make_filter(Filter::threads_only);
    static const std::vector<sock_filter> with_processes = make_filter(Filter::with_processes);
    return filter == Filter::threads_only ? threads_only : with_processes;
}

#else

std::span<const sock_filter> system_call_filter(Filter) {
    return {};
}

#endif

}  // namespace sandbox
