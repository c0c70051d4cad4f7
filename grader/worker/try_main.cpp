// The main of `make try`: runs the function once and shows the image before and after. No protocol, no
// limits: it is the student's own program, for the student's own debugger.

#include <signal.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>

#include "entry.hpp"
#include "kit/not_implemented.hpp"
#include "schedules/scheduler.hpp"

namespace {

constexpr std::size_t most_shown = 16;

void show(const char* title, const kit::Image& image) {
    std::printf("%s: %zu rows, %zu columns\n", title, image.rows(), image.cols());
    const std::size_t rows = std::min(image.rows(), most_shown);
    const std::size_t cols = std::min(image.cols(), most_shown);
    for (std::size_t x = 0; x < rows; ++x) {
        for (std::size_t y = 0; y < cols; ++y) std::printf(" %12.10g", image(x, y));
        std::puts(cols < image.cols() ? " …" : "");
    }
    if (rows < image.rows()) std::puts(" …");
}

kit::Image random_image(std::size_t rows, std::size_t cols, std::uint64_t seed) {
    // The same pixels as the grader's for this seed: eight bytes from each draw, the lowest first.
    std::mt19937_64 generator(seed);
    kit::Image image(rows, cols);
    std::uint64_t bytes = 0;
    std::size_t i = 0;
    for (double& pixel : image.pixels()) {
        bytes = i++ % 8 == 0 ? generator() : bytes >> 8;
        pixel = static_cast<double>(static_cast<std::uint8_t>(bytes));
    }
    return image;
}

void say_still_running(int) {
    const char words[] =
        "-- still running. Ctrl-C stops it; make try … GDB=1 and Ctrl-C there shows where it is --\n";
    [[maybe_unused]] const auto written = write(STDOUT_FILENO, words, sizeof words - 1);
}

void speak_up_after(unsigned seconds) {
    struct sigaction action {};
    action.sa_handler = say_still_running;
    action.sa_flags = SA_RESTART;  // an interrupted wait of the function goes on
    sigaction(SIGALRM, &action, nullptr);
    alarm(seconds);
}

#ifdef KIT_SCHEDULES

[[noreturn]] void show_end(worker::schedules::Ending ending) {
    using worker::schedules::Ending;
    std::fflush(stdout);
    std::puts(ending == Ending::stuck     ? "-- a deadlock: every thread waits, and none can go on --"
              : ending == Ending::endless ? "-- the threads ask and ask, and none gets any further --"
                                          : "-- the schedule can't go on --");
    std::fflush(stdout);
    std::abort();  // where a debugger shows the threads
}

/// `name` is checked already: "12.2-15.1", or "0".
void follow(const char* name) {
    static worker::schedules::Area area{};
    auto& plan = area.plan;
    worker::schedules::Deviation next{};
    int length = 0;
    while (plan.deviation_count < plan.deviations.size() &&
           std::sscanf(name, "%u.%u%n", &next.choice, &next.thread, &length) == 2) {
        plan.deviations.at(plan.deviation_count++) = next;
        name += length;
        if (*name == '-') ++name;
    }
    worker::schedules::begin(area, nullptr, show_end);
}

#else

void follow(const char*) {}

#endif

}  // namespace

int main(int argc, char** argv) {
    if ((argc != 5 && argc != 6) || worker::entry.call == nullptr) {
        std::puts("usage: rows cols threads seed [schedule] (for functions that change an image)");
        return 2;
    }
    const auto number = [&](int i) { return std::strtoull(argv[i], nullptr, 10); };
    kit::Image image = random_image(number(1), number(2), number(4));
    std::printf("SEED=%s\n", argv[4]);
    show("before", image);
    std::puts("-- what your code prints --");
    std::fflush(stdout);
    speak_up_after(5);
    if (argc == 6) follow(argv[5]);
    try {
        worker::entry.call(image, static_cast<unsigned>(number(3)));
    } catch (const kit::not_implemented& todo) {
        std::printf("not started yet: %s\n", todo.what());
        return 0;
    } catch (const std::exception& error) {
        std::printf("-- an exception left the function --\n%s\n", error.what());
        return 1;
    }
    std::fflush(stdout);
    std::puts("-- end --");
    show("after", image);
    return 0;
}
