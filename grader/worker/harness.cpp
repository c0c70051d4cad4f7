// The worker's main: holds the lesson's function, maps the arena, answers requests. It shares its process
// with hostile code, so nothing that it says is believed; see protocol.hpp.

#include <cxxabi.h>
#include <dlfcn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <typeinfo>

#include "entry.hpp"
#include "kit/not_implemented.hpp"
#include "protocol.hpp"
#include "sanitizers.hpp"
#include "schedules/scheduler.hpp"
#include "virtual_clock.hpp"

#ifdef WORKER_ASAN
#include <sanitizer/asan_interface.h>
#endif
#if defined(WORKER_ASAN) || defined(WORKER_TSAN)
#include <sanitizer/common_interface_defs.h>
#endif

namespace {

using worker::Reply;
using worker::ReplyKind;
using worker::Request;
using worker::RequestKind;

#ifdef KIT_SCHEDULES
constexpr rlim_t cpu_limit_of_schedule_s = 2;
constexpr rlim_t cpu_limit_side_by_side_s = 5;
#endif

[[noreturn]] void parent_is_gone() {
    _exit(0);
}

template <class Message>
void read_message(Message& message) {
    auto* bytes = reinterpret_cast<char*>(&message);
    for (std::size_t got = 0; got < sizeof message;) {
        const ssize_t n = read(worker::socket_fd, bytes + got, sizeof message - got);
        if (n > 0) {
            got += static_cast<std::size_t>(n);
        } else if (n == 0 || errno != EINTR) {
            parent_is_gone();
        }
    }
}

std::uint32_t race_reports = 0;  // made one at a time

/// Not instrumented: a thread that the function left behind may be making a report.
__attribute__((no_sanitize("thread"))) std::uint32_t race_reports_so_far() {
    return *static_cast<volatile std::uint32_t*>(&race_reports);
}

void send(Reply reply) {
    reply.race_reports = race_reports_so_far();
    const auto* bytes = reinterpret_cast<const char*>(&reply);
    for (std::size_t sent = 0; sent < sizeof reply;) {
        const ssize_t n = write(worker::socket_fd, bytes + sent, sizeof reply - sent);
        if (n > 0) {
            sent += static_cast<std::size_t>(n);
        } else if (errno != EINTR) {
            parent_is_gone();
        }
    }
}

Reply reply_of(ReplyKind kind) {
    Reply reply{};
    reply.kind = kind;
    return reply;
}

struct Arena {
    char* base;
    std::size_t bytes;

    [[nodiscard]] double* image(std::size_t i, std::size_t pixels) const {
        return reinterpret_cast<double*>(base + worker::image_offset(i, pixels));
    }
};

Arena map_arena() {
    struct stat status {};
    if (fstat(worker::arena_fd, &status) != 0) parent_is_gone();
    const auto bytes = static_cast<std::size_t>(status.st_size);
    int flags = MAP_SHARED;
#ifdef MAP_POPULATE
    flags |= MAP_POPULATE;  // no page fault in a timed run
#endif
    void* base = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, worker::arena_fd, 0);
    if (base == MAP_FAILED) parent_is_gone();
    return {static_cast<char*>(base), bytes};
}

/// Everything in the arena except the images of this request is out of bounds.
void poison_gaps([[maybe_unused]] const Arena& arena, [[maybe_unused]] const Request& request) {
#ifdef WORKER_ASAN
    const std::size_t pixels = request.rows * request.cols;
    ASAN_POISON_MEMORY_REGION(arena.base, arena.bytes);
    for (std::size_t i = 0; i < request.count; ++i)
        ASAN_UNPOISON_MEMORY_REGION(arena.image(i, pixels), pixels * sizeof(double));
#endif
}

std::string exception_name() {
    const std::type_info* type = abi::__cxa_current_exception_type();
    if (type == nullptr) return "no exception";
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(
        abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), &std::free);
    return name ? name.get() : type->name();
}

/// Runs `body`, which returns a Reply, and turns what it throws into one.
template <class Body>
Reply guarded(Body&& body) {
    std::string text;
    try {
        return body();
    } catch (const kit::not_implemented&) {
        return reply_of(ReplyKind::not_implemented);
    } catch (const std::bad_alloc&) {
        return reply_of(ReplyKind::out_of_memory);
    } catch (const std::exception& error) {
        text = exception_name() + ": " + error.what();
    } catch (...) {
        text = exception_name() + ": ";
    }
    Reply reply = reply_of(ReplyKind::threw);
    std::strncpy(reply.text.data(), text.c_str(), reply.text.size() - 1);
    return reply;
}

/// Copies the pixels back to `pixels` if the student's code assigned or swapped the image. Returns false if
/// that changed its size.
bool settle(const kit::Image& image, double* pixels, const Request& request) {
    if (image.rows() != request.rows || image.cols() != request.cols) return false;
    if (image.pixels().data() != pixels) std::copy(image.pixels().begin(), image.pixels().end(), pixels);
    return true;
}

Reply call(const Arena& arena, const Request& request) {
    const std::size_t pixels = request.rows * request.cols;
    poison_gaps(arena, request);
    Reply reply = reply_of(ReplyKind::done);
    for (std::size_t i = 0; i < request.count; ++i) {
        double* mapped = arena.image(i, pixels);
        kit::Image image = kit::MappedImage::over(mapped, request.rows, request.cols);
#ifdef KIT_SCHEDULES
        worker::schedules::set_image(mapped, pixels * sizeof(double));
#endif
        if (request.kind == RequestKind::clocked_call) {
            worker::virtual_clock::begin();
            worker::entry.call(image, request.threads);
            reply.clock += worker::virtual_clock::end();
        } else {
            worker::entry.call(image, request.threads);
        }
        if (!settle(image, mapped, request)) {
            reply.kind = ReplyKind::resized;
            reply.rows = image.rows();
            reply.cols = image.cols();
            reply.value = i;
            return reply;
        }
    }
    if (request.kind == RequestKind::fingerprinted_call || request.kind == RequestKind::scheduled_call)
        reply.value = worker::fingerprint({arena.image(0, pixels), pixels});
    return reply;
}

#ifdef KIT_SCHEDULES
std::uint64_t nanoseconds(const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(time.tv_usec) * 1000;
}

/// The call takes place in a child, so that each schedule finds the program as it was when it started, and a
/// crash or a deadlock ends only the child.
Reply scheduled_call(const Arena& arena, const Request& request) {
    static auto* const from_child = static_cast<Reply*>(
        mmap(nullptr, sizeof(Reply), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    if (from_child == MAP_FAILED) parent_is_gone();
    *from_child = reply_of(ReplyKind::unfinished);
    const pid_t child = fork();
    if (child < 0) {
        from_child->value = worker::no_process;
        return *from_child;
    }
    if (child == 0) {
        auto& area =
            *reinterpret_cast<worker::schedules::Area*>(arena.base + arena.bytes - worker::area_bytes);
        const rlim_t cpu_limit_s =
            area.plan.is_side_by_side != 0 ? cpu_limit_side_by_side_s : cpu_limit_of_schedule_s;
        const rlimit cpu{cpu_limit_s, cpu_limit_s};
        setrlimit(RLIMIT_CPU, &cpu);
        const rlimit core{0, 0};
        setrlimit(RLIMIT_CORE, &core);
        worker::schedules::begin(area, arena.base, [](worker::schedules::Ending) { _exit(0); });
        *from_child = guarded([&] { return call(arena, request); });
        worker::schedules::end();
        _exit(0);
    }
    int status = 0;
    rusage usage{};
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    Reply reply = *from_child;
    reply.clock.work_ns = nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
    if (status != 0 && reply.kind == ReplyKind::done) reply.kind = ReplyKind::unfinished;
    if (reply.kind == ReplyKind::unfinished) reply.value = static_cast<std::uint64_t>(status);
    return reply;
}
#endif

/// The candidate that a judging function gets. The parent runs it in another worker.
void evaluate_elsewhere(const Arena& arena, kit::Image& image) {
    const std::size_t pixels = image.pixels().size();
    if (worker::image_offset(1, pixels) > arena.bytes)
        throw std::length_error("the image is larger than this lesson allows");
    std::copy(image.pixels().begin(), image.pixels().end(), arena.image(0, pixels));

    Reply reply = reply_of(ReplyKind::evaluate);
    reply.rows = image.rows();
    reply.cols = image.cols();
    send(reply);
    Request answer{};
    read_message(answer);
    if (answer.kind != RequestKind::evaluated) parent_is_gone();
    if (answer.count != 1) throw std::runtime_error("the candidate did not come back");
    std::copy_n(arena.image(0, pixels), pixels, image.pixels().begin());
}

Reply judge(const Arena& arena) {
    const bool accepted =
        worker::entry.judge([&arena](kit::Image& image) { evaluate_elsewhere(arena, image); });
    Reply reply = reply_of(ReplyKind::judged);
    reply.value = accepted ? 1 : 0;
    return reply;
}

/// Reports why std::terminate was called, then aborts.
[[noreturn]] void report_terminate() {
    std::string text = "terminate: " + exception_name();
    try {
        if (const std::exception_ptr current = std::current_exception()) std::rethrow_exception(current);
    } catch (const std::exception& error) {
        text += std::string(": ") + error.what();
    } catch (...) {
        text += ": ";
    }
    text += '\n';
    [[maybe_unused]] const ssize_t n = write(worker::report_fd, text.data(), text.size());
    std::abort();
}

#if defined(WORKER_ASAN) || defined(WORKER_TSAN)
using SetReportFd = void (*)(void*);

/// Each runtime gets a duplicate: g++'s libubsan closes the one that it was given.
void send_reports_to_parent(SetReportFd set_report_fd) {
    set_report_fd(reinterpret_cast<void*>(static_cast<std::intptr_t>(dup(worker::report_fd))));
}
#endif

}  // namespace

#ifdef WORKER_ASAN
/// UBSan calls this before it writes. With g++, its runtime is separate from ASan's and resets its descriptor
/// to 2 at its first error.
extern "C" void __ubsan_on_report() {  // NOLINT(bugprone-reserved-identifier): UBSan's name for it
    void* const ubsan = dlopen("libubsan.so.1", RTLD_NOLOAD | RTLD_NOW);
    if (ubsan == nullptr) return;
    if (void* const set_report_fd = dlsym(ubsan, "__sanitizer_set_report_fd"))
        send_reports_to_parent(reinterpret_cast<SetReportFd>(set_report_fd));
}
#endif

#ifdef WORKER_TSAN
/// TSan calls this after each report that it has written, wherever that went.
extern "C" __attribute__((no_sanitize("thread"))) void __tsan_on_report(
    void* /*report*/) {  // NOLINT(bugprone-reserved-identifier): TSan's name for it
    ++*static_cast<volatile std::uint32_t*>(&race_reports);
}
#endif

int main() {
    std::set_terminate(report_terminate);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // printed lines survive, however the program ends
#if defined(WORKER_ASAN) || defined(WORKER_TSAN)
    send_reports_to_parent(__sanitizer_set_report_fd);
#endif
    const Arena arena = map_arena();
    Reply ready = reply_of(ReplyKind::ready);
    ready.value = reinterpret_cast<std::uintptr_t>(arena.base);
    send(ready);

    for (;;) {
        Request request{};
        read_message(request);
        const bool is_call = request.kind == RequestKind::call || request.kind == RequestKind::clocked_call ||
                             request.kind == RequestKind::fingerprinted_call;
        if (is_call && worker::entry.call != nullptr) {
            send(guarded([&] { return call(arena, request); }));
#ifdef KIT_SCHEDULES
        } else if (request.kind == RequestKind::scheduled_call && worker::entry.call != nullptr) {
            send(scheduled_call(arena, request));
#endif
        } else if (request.kind == RequestKind::judge && worker::entry.judge != nullptr) {
            send(guarded([&] { return judge(arena); }));
        } else {
            parent_is_gone();
        }
    }
}
