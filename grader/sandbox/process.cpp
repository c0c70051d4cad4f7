#include "sandbox/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <system_error>

#include "sandbox/bubblewrap.hpp"
#include "sandbox/descriptor.hpp"
#include "sandbox/usage.hpp"
#include "sandbox/users.hpp"

#ifdef __linux__
#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace sandbox {

namespace {

/// The process groups that are running, for the signal handler.
std::array<std::atomic<pid_t>, 256> live_groups;

void remember_group(pid_t pid) {
    for (auto& slot : live_groups) {
        pid_t empty = 0;
        if (slot.compare_exchange_strong(empty, pid)) return;
    }
}

void forget_group(pid_t pid) {
    for (auto& slot : live_groups) {
        pid_t expected = pid;
        if (slot.compare_exchange_strong(expected, 0)) return;
    }
}

void kill_live_groups() {
    for (const auto& slot : live_groups)
        if (const pid_t pid = slot.load(); pid > 0) kill(-pid, SIGKILL);
}

void on_interrupt(int) {
    kill_live_groups();
    constexpr char message[] = "\nStopped. Earlier results are kept; nothing half-written is left.\n";
    [[maybe_unused]] const ssize_t n = write(STDERR_FILENO, message, sizeof message - 1);
    _exit(130);
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
    std::vector<char*> result;
    result.reserve(strings.size() + 1);
    for (const auto& s : strings) result.push_back(const_cast<char*>(s.c_str()));
    result.push_back(nullptr);
    return result;
}

/// `grace` raises the hard limit above the soft one, for a program that ignores the soft limit's signal.
void limit(int resource, std::uint64_t value, std::uint64_t grace = 0) {
    if (value == 0) return;
    const rlimit both{static_cast<rlim_t>(value), static_cast<rlim_t>(value + grace)};
    setrlimit(static_cast<decltype(RLIMIT_CPU)>(resource), &both);
}

/// What the child does between fork and exec: only async-signal-safe calls, nothing that allocates.
struct Child {
    const Launch& launch;
    char* const* argv;
    char* const* environment;
    const std::string program;
    std::uint64_t process_limit;
    std::vector<int> saved;  // one slot for each descriptor
    int error_fd;
    std::optional<uid_t> user;            // the user to become
    std::span<const sock_filter> filter;  // to install; bubblewrap installs its own
    const MemoryGroup* memory;

    [[noreturn]] void run() {
        setpgid(0, 0);
        if (memory != nullptr) memory->join();
#ifdef __linux__
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (launch.fixed_addresses) personality(ADDR_NO_RANDOMIZE);
        if (launch.cpu) {
            cpu_set_t one;
            CPU_ZERO(&one);
            CPU_SET(*launch.cpu, &one);
            if (sched_setaffinity(0, sizeof one, &one) != 0) give_up();
            take_short_turns();
        }
#endif
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) signal(number, SIG_DFL);
        if (!launch.cwd.empty() && chdir(launch.cwd.c_str()) != 0) give_up();
        move_descriptors();
        const rlimit no_core{0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        limit(RLIMIT_CPU, launch.limits.cpu_s, 1);
        limit(RLIMIT_FSIZE, launch.limits.file_bytes);
        limit(RLIMIT_NPROC, process_limit);
        limit(RLIMIT_AS, launch.limits.address_space_bytes);
        limit(RLIMIT_STACK, launch.limits.stack_bytes);
        limit(RLIMIT_NOFILE, launch.limits.open_files);
        drop_rights();
        execve(program.c_str(), argv, environment);
        give_up();
    }

#ifdef __linux__
    /// Threads that share a CPU in turns of 0.1 ms instead of about 4 ms behave more like threads with a CPU
    /// each. Linux takes this as a wish. Since 6.12 it honours the wish when it chooses the next thread, but
    /// ends a turn only at a tick unless its timers (the scheduler's feature HRTICK) are on, which they are
    /// since 7.1.
    static void take_short_turns() {
        struct {  // sched_attr, which this C library doesn't declare
            std::uint32_t size;
            std::uint32_t policy;
            std::uint64_t flags;
            std::int32_t nice;
            std::uint32_t priority;
            std::uint64_t turn_ns;
            std::uint64_t deadline_ns;
            std::uint64_t period_ns;
        } wish{};
        wish.size = sizeof wish;
        wish.policy = SCHED_OTHER;
        wish.nice = getpriority(PRIO_PROCESS, 0);
        wish.turn_ns = 100'000;
        syscall(SYS_sched_setattr, 0, &wish, 0);
    }
#endif

    void drop_rights() {
#ifdef __linux__
        if (user && (setgroups(0, nullptr) != 0 || setgid(*user) != 0 || setuid(*user) != 0)) give_up();
        if (filter.empty()) return;
        const sock_fprog code{static_cast<unsigned short>(filter.size()),
                              const_cast<sock_filter*>(filter.data())};
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
            prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &code) != 0)
            give_up();
#endif
    }

    /// Moves the descriptors out of the way of every target number, then to their targets. All others are
    /// close-on-exec.
    void move_descriptors() {
        constexpr int out_of_the_way = 64;
        error_fd = fcntl(error_fd, F_DUPFD_CLOEXEC, out_of_the_way);
        for (std::size_t i = 0; i < saved.size(); ++i)
            saved[i] = fcntl(launch.descriptors[i].first, F_DUPFD_CLOEXEC, out_of_the_way);
        const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        for (int fd = 0; fd < 3; ++fd) dup2(null, fd);
        close_others();
        for (std::size_t i = 0; i < saved.size(); ++i)
            if (dup2(saved[i], launch.descriptors[i].second) < 0) give_up();
    }

    /// The grader may itself have inherited descriptors without close-on-exec.
    static void close_others() {
        for (int fd = 3; fd < 1024; ++fd) fcntl(fd, F_SETFD, FD_CLOEXEC);
    }

    [[noreturn]] void give_up() {
        const int code = errno;
        [[maybe_unused]] const ssize_t n = write(error_fd, &code, sizeof code);
        _exit(127);
    }
};

std::string find_program(const std::string& name) {
    if (name.find('/') != std::string::npos) return name;
    const char* path = std::getenv("PATH");
    std::string rest = path == nullptr ? "/usr/bin:/bin" : path;
    while (!rest.empty()) {
        const std::size_t colon = rest.find(':');
        const std::string candidate = rest.substr(0, colon) + "/" + name;
        if (access(candidate.c_str(), X_OK) == 0) return candidate;
        rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
    }
    return name;
}

#ifdef __linux__

Descriptor file_of(std::span<const sock_filter> filter) {
    Descriptor file(memfd_create("filter", MFD_CLOEXEC));
    const auto bytes = static_cast<ssize_t>(filter.size_bytes());
    if (write(file.get(), filter.data(), filter.size_bytes()) != bytes || lseek(file.get(), 0, SEEK_SET) != 0)
        throw_errno("memfd_create");
    return file;
}
#endif

/// What bubblewrap writes about the sandbox that it has made.
std::string text_of(const Descriptor& pipe) {
    constexpr std::size_t keep_bytes = 4096;
    std::string text;
    for (bool ended = false; !ended;) drain(pipe, text, keep_bytes, ended);
    return text;
}

}  // namespace

Exit Process::exit_of(int status) const {
    if (WIFSIGNALED(status)) return {.code = 0, .signal = WTERMSIG(status)};
    constexpr int killed = 128;  // like a shell's, bubblewrap's exit code is this plus the signal
    const int code = WEXITSTATUS(status);
    if (outermost_ && code > killed) return {.code = 0, .signal = code - killed};
    return {.code = code, .signal = 0};
}

pid_t Process::pid() const {
    if (program_ == 0 && outermost_) program_ = only_child(*outermost_).value_or(0);
    return program_ != 0 ? program_ : pid_;
}

Process Process::start(const Launch& launch, [[maybe_unused]] Isolation isolation) {
#ifdef __linux__
    if (!launch.confinement) return start_as(launch, {}, {});
    const Confinement& confinement = *launch.confinement;
    const auto filter = system_call_filter(confinement.filter);
    if (isolation == Isolation::limits) return start_as(launch, {}, filter);
    const std::optional<uid_t> user = user_for(confinement);
    if (user && confinement.writable && chown(confinement.writable->c_str(), *user, *user) != 0)
        throw_errno(confinement.writable->string());
    if (isolation == Isolation::container) return start_as(launch, user, filter);

    prctl(PR_SET_CHILD_SUBREAPER, 1);  // for note_end(): not every container's first process reaps orphans
    Launch outer = launch;
    if (access(find_program(launch.argv.at(0)).c_str(), X_OK) != 0) throw_errno(launch.argv[0]);
    outer.argv = bubblewrapped(launch, user, !filter.empty());
    outer.cwd = "/";
    Pipe info = make_pipe();
    fcntl(info.read.get(), F_SETFL, 0);
    outer.descriptors.emplace_back(info.write.get(), info_fd);
    const Descriptor filter_file = file_of(filter);
    if (!filter.empty()) outer.descriptors.emplace_back(filter_file.get(), filter_fd);
    Process process = start_as(outer, {}, {});
    info.write.reset();
    process.outermost_ = first_process(text_of(info.read));
    return process;
#else
    return start_as(launch, {}, {});
#endif
}

Process Process::start_as(const Launch& launch, std::optional<uid_t> user,
                          std::span<const sock_filter> filter) {
    Pipe error = make_pipe();
    fcntl(error.read.get(), F_SETFL, 0);  // blocks until exec or failure
    const auto argv = pointers(launch.argv);
    const auto environment = pointers(launch.environment);
    const std::uint64_t extra = launch.limits.extra_processes;
    const std::uint64_t memory_bytes = launch.limits.memory_bytes;
    auto memory = memory_bytes == 0 ? std::nullopt : MemoryGroup::make(memory_bytes);
    Child child{launch,
                argv.data(),
                environment.data(),
                find_program(launch.argv.at(0)),
                extra == 0 ? 0 : tasks_of_user() + extra,
                std::vector<int>(launch.descriptors.size()),
                error.write.get(),
                user,
                filter,
                memory ? &*memory : nullptr};

    const pid_t pid = fork();
    if (pid < 0) throw_errno("fork");
    if (pid == 0) child.run();
    setpgid(pid, pid);  // parent and child both do it, since either may run first
    remember_group(pid);
    Process process(pid, std::move(memory));
    error.write.reset();
    int code = 0;
    if (read(error.read.get(), &code, sizeof code) == sizeof code) {
        process.wait();
        throw std::system_error(code, std::generic_category(), launch.argv[0]);
    }
    return process;
}

Process::~Process() {
    if (pid_ == 0) return;
    kill_group();
    wait();
}

void Process::kill_group() noexcept {
    if (outermost_ && !exit_) {
        // The sandbox's first process ends only after all others in it, and bubblewrap waits for it.
        kill(*outermost_, SIGKILL);
        return;
    }
    kill(-pid_, SIGKILL);
    if (!exit_) kill(pid_, SIGKILL);  // it may have left its group
}

void Process::note_end(int status) {
    forget_group(pid_);
    exit_ = exit_of(status);
    // bubblewrap ends without having reaped the sandbox's first process.
    while (outermost_ && waitpid(*outermost_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

std::optional<Exit> Process::poll_exit() {
    if (exit_) return exit_;
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) note_end(status);
    return exit_;
}

Exit Process::wait() {
    if (exit_) return *exit_;
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    note_end(status);
    return *exit_;
}

Captured capture(Launch launch, Isolation isolation, double wall_limit_s, std::size_t output_bytes) {
    Pipe output = make_pipe();
    launch.descriptors.emplace_back(output.write.get(), STDOUT_FILENO);
    launch.descriptors.emplace_back(output.write.get(), STDERR_FILENO);
    Process process = Process::start(launch, isolation);
    output.write.reset();

    Captured result;
    bool ended = false;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(wall_limit_s);
    while (!ended) {
        if (std::chrono::steady_clock::now() > deadline) {
            result.timed_out = true;
            break;
        }
        pollfd wait_for{output.read.get(), POLLIN, 0};
        poll(&wait_for, 1, 20);
        drain(output.read, result.output, output_bytes, ended);
        if (!ended && process.poll_exit()) {  // a grandchild may hold the pipe open
            drain(output.read, result.output, output_bytes, ended);
            break;
        }
    }
    if (result.timed_out) process.kill_group();
    result.exit = process.wait();
    process.kill_group();
    return result;
}

void end_all_on_interrupt() {
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaction(number, &action, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

}  // namespace sandbox
