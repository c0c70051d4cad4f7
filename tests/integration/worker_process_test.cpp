// Tests the parent's side with real workers: whatever the function does, call() returns and says what
// happened.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "run/worker_process.hpp"
#include "temporary_folder.hpp"
#include "toy_builder.hpp"

namespace grader {
namespace {

using End = CallResult::End;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

/// Limits that no test reaches even on the busiest machine, except for the one that it narrows.
constexpr Limits wide{
    .cpu_s = 30, .idle_s = 30, .wall_s = 120, .memory_mb = 1024, .threads = 64, .output_kb = 1024};
constexpr Shape small{2, 3};
constexpr std::size_t arena_pixels = 64;

std::unique_ptr<Worker> start(const std::string& source, const Limits& limits = wide,
                              Flavour flavour = Flavour::timed) {
    const Built built = toy::build(source, flavour);
    if (!built.program) throw std::runtime_error(built.diagnostics);
    return std::make_unique<Worker>(ProgramToRun{
        .program = *built.program, .flavour = flavour, .limits = limits, .arena_pixels = arena_pixels});
}

/// Calls the function once on a small image.
CallResult call_once(Worker& worker) {
    std::ranges::fill(worker.image(0, small.pixels()), 1.0);
    return worker.call(small, 1, 1);
}

const std::string adds_one = "for (double& pixel : image.pixels()) pixel += 1;";

// ---- Answers

TEST(AWorker, answers_on_every_image_of_a_batch) {
    const auto worker =
        start(toy::serial("for (double& pixel : image.pixels()) pixel = 10 * pixel + "
                          "static_cast<double>(image.rows());"));
    const std::size_t count = worker->capacity(small.pixels());
    ASSERT_GE(count, 3U);
    for (int round = 0; round < 3; ++round) {
        for (std::size_t i = 0; i < count; ++i)
            std::iota(worker->image(i, small.pixels()).begin(), worker->image(i, small.pixels()).end(),
                      static_cast<double>(100 * i));
        EXPECT_EQ(worker->call(small, count, 1).end, End::done);
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t pixel = 0; pixel < small.pixels(); ++pixel)
                EXPECT_EQ(worker->image(i, small.pixels())[pixel],
                          10.0 * static_cast<double>(100 * i + pixel) + 2)
                    << "image " << i << ", pixel " << pixel;
    }
}

TEST(AWorker, works_on_images_of_changing_and_empty_shapes) {
    const auto worker = start(toy::serial(adds_one));
    for (const Shape& shape : {Shape{0, 0}, {0, 3}, {3, 0}, {1, 1}, {8, 8}, {1, 5}, {64, 1}}) {
        const auto image = worker->image(0, shape.pixels());
        std::ranges::fill(image, 41.0);
        EXPECT_EQ(worker->call(shape, 1, 1).end, End::done) << shape.rows << "×" << shape.cols;
        EXPECT_THAT(image, Each(42.0)) << shape.rows << "×" << shape.cols;
    }
}

TEST(AWorker, passes_the_number_of_threads_on) {
    const Lesson& lesson = toy::lesson();
    const Built built = toy::builder()
                            .start(lesson, lesson.version("parallel"), Flavour::timed,
                                   "#include \"toy.hpp\"\nvoid toy::parallel(kit::Image& image, unsigned "
                                   "threads) { image(0, 0) = "
                                   "threads; }\n")
                            .get();
    ASSERT_TRUE(built.program) << built.diagnostics;
    Worker worker({.program = *built.program, .limits = wide, .arena_pixels = arena_pixels});
    for (const unsigned threads : {1U, 7U, 1000U}) {
        EXPECT_EQ(worker.call({1, 1}, 1, threads).end, End::done);
        EXPECT_EQ(worker.image(0, 1)[0], threads);
    }
}

TEST(AWorker, reports_the_cpu_time_that_the_kernel_counted) {
    const auto worker =
        start(toy::serial("const auto start = std::clock();"
                          "while (std::clock() - start < CLOCKS_PER_SEC / 20) {}",
                          "#include <ctime>"));
    const CallResult result = call_once(*worker);
    ASSERT_TRUE(result.cpu_s);
    EXPECT_GT(*result.cpu_s, 0.049);
    EXPECT_GT(result.wall_s, 0.049);
}

TEST(AWorker, copies_back_an_image_that_was_assigned_swapped_or_moved_into) {
    for (const char* body : {
             "kit::Image other(image.rows(), image.cols()); other(1, 2) = 7; image = other;",
             "kit::Image other(image.rows(), image.cols()); other(1, 2) = 7; image = std::move(other);",
             "kit::Image other(image.rows(), image.cols()); other(1, 2) = 7; swap(image, other);",
             "kit::Image other(image.rows(), image.cols()); other(1, 2) = 7; std::swap(image, other);",
         }) {
        const auto worker = start(toy::serial(body));
        EXPECT_EQ(call_once(*worker).end, End::done) << body;
        EXPECT_THAT(worker->image(0, small.pixels()), ElementsAre(0, 0, 0, 0, 0, 7)) << body;
    }
}

TEST(AWorker, knows_the_image_that_the_function_left_from_what_a_thread_makes_of_it_later) {
    const auto worker =
        start(toy::serial("double* pixels = image.pixels().data();"
                          "std::thread([pixels] {"
                          "    while (std::atomic_ref(pixels[0]).load() != 2) std::this_thread::yield();"
                          "    std::atomic_ref(pixels[1]).store(7);"
                          "    std::atomic_ref(pixels[0]).store(1);"
                          "}).detach();",
                          "#include <atomic>\n#include <thread>"));
    const auto image = worker->image(0, small.pixels());
    std::ranges::fill(image, 1.0);
    const CallResult left = worker->fingerprinted_call(small, 1);
    EXPECT_EQ(left.end, End::done);
    EXPECT_EQ(left.fingerprint, worker::fingerprint(image));

    std::atomic_ref(image[0]).store(2);
    while (std::atomic_ref(image[0]).load() != 1) std::this_thread::yield();
    EXPECT_THAT(image, ElementsAre(1, 7, 1, 1, 1, 1));
    EXPECT_NE(left.fingerprint, worker::fingerprint(image));
}

TEST(AWorker, tells_an_image_that_changed_its_shape_and_goes_on) {
    const auto worker = start(toy::serial("if (image(0, 0) == 1) image = kit::Image(7, 5);"));
    const CallResult result = call_once(*worker);
    EXPECT_EQ(result.end, End::resized);
    EXPECT_EQ(result.shape, (Shape{7, 5}));
    EXPECT_EQ(worker->call({1, 1}, 1, 1).end, End::resized);
    worker->image(0, 1)[0] = 2;
    EXPECT_EQ(worker->call({1, 1}, 1, 1).end, End::done);
}

TEST(AWorker, tells_the_same_number_of_pixels_in_another_shape) {
    EXPECT_EQ(call_once(*start(toy::serial("image = kit::Image(3, 2);"))).end, End::resized);
}

TEST(AWorker, finds_the_pixel_of_an_address) {
    const auto worker = start(
        toy::serial("image(0, 0) = static_cast<double>(reinterpret_cast<std::uintptr_t>(&image(0, 0)));"));
    ASSERT_EQ(call_once(*worker).end, End::done);
    const auto first = static_cast<std::uint64_t>(worker->image(0, small.pixels())[0]);
    EXPECT_EQ(worker->pixel_at(first), std::pair(std::size_t{0}, std::size_t{0}));
    EXPECT_EQ(worker->pixel_at(first + 5 * sizeof(double)), std::pair(std::size_t{1}, std::size_t{2}));
    EXPECT_EQ(worker->pixel_at(first + 5 * sizeof(double) + 7), std::pair(std::size_t{1}, std::size_t{2}));
    EXPECT_FALSE(worker->pixel_at(first + 6 * sizeof(double)));
    EXPECT_FALSE(worker->pixel_at(first - 1));
    EXPECT_FALSE(worker->pixel_at(0));
}

// ---- Exceptions, after which the worker goes on

TEST(AWorker, tells_an_exception_by_its_type_and_words_and_goes_on) {
    const auto worker = start(toy::serial("if (image(0, 0) == 1) throw std::runtime_error(\"no idea\");"));
    const CallResult result = call_once(*worker);
    EXPECT_EQ(result.end, End::threw);
    EXPECT_EQ(result.text, "std::runtime_error: no idea");
    worker->image(0, 1)[0] = 2;
    EXPECT_EQ(worker->call({1, 1}, 1, 1).end, End::done);
}

TEST(AWorker, tells_an_exception_of_any_type) {
    EXPECT_EQ(call_once(*start(toy::serial("throw 42;"))).text, "int: ");
    EXPECT_THAT(call_once(*start(toy::serial("throw std::runtime_error(std::string(5000, 'x'));"))).text,
                StartsWith("std::runtime_error: xxx"));
}

TEST(AWorker, tells_a_stub) {
    EXPECT_EQ(call_once(*start(toy::serial("throw kit::not_implemented(\"double every pixel\");"))).end,
              End::not_implemented);
}

TEST(AWorker, tells_that_there_was_no_memory) {
    EXPECT_EQ(call_once(*start(toy::serial("throw std::bad_alloc();"))).end, End::out_of_memory);
}

TEST(AWorker, tells_an_index_out_of_range_in_the_checked_flavour) {
    const auto worker = start(toy::serial("image(2, 0) = 1;"), sanitized(wide), Flavour::checked);
    const CallResult result = call_once(*worker);
    EXPECT_EQ(result.end, End::threw);
    EXPECT_EQ(
        result.text,
        "kit::index_error: pixel (2, 0) is outside of the image, which has 2 rows and 3 columns (line 4)");
}

// ---- How a program ends

TEST(AWorker, tells_how_a_program_ended_itself) {
    for (const int code : {0, 3}) {
        const auto worker = start(toy::serial("std::exit(" + std::to_string(code) + ");"));
        EXPECT_EQ(call_once(*worker).end, End::died) << "exit " << code;
        EXPECT_EQ(worker->exit().code, code);
        EXPECT_EQ(worker->exit().signal, 0) << "exit " << code;
    }
}

TEST(AWorker, tells_the_signal_that_ended_a_program) {
    const std::pair<const char*, int> cases[] = {
        {"std::abort();", SIGABRT},
        {"volatile int* nowhere = nullptr; *nowhere = 1;", SIGSEGV},
        {"std::raise(SIGFPE);", SIGFPE},
    };
    for (const auto& [body, number] : cases) {
        const auto worker = start(toy::serial(body, "#include <csignal>"));
        EXPECT_EQ(call_once(*worker).end, End::died) << body;
        EXPECT_EQ(worker->exit().signal, number) << body;
    }
}

TEST(AWorker, stays_dead_and_says_so) {
    const auto worker = start(toy::serial("std::exit(3);"));
    call_once(*worker);
    EXPECT_EQ(call_once(*worker).end, End::died);
    EXPECT_EQ(worker->exit().code, 3);
}

TEST(AWorker, reports_what_std_terminate_was_called_for) {
    const auto exception =
        start(toy::serial("std::thread([] { throw std::runtime_error(\"in a thread\"); }).join();"));
    EXPECT_EQ(call_once(*exception).end, End::died);
    EXPECT_EQ(exception->exit().signal, SIGABRT);
    EXPECT_EQ(exception->report(), "terminate: std::runtime_error: in a thread\n");

    const auto not_joined = start(toy::serial(
        "std::thread waits([] { for (;;) std::this_thread::sleep_for(std::chrono::seconds(1)); });"));
    EXPECT_EQ(call_once(*not_joined).end, End::died);
    EXPECT_EQ(not_joined->report(), "terminate: no exception\n");
}

TEST(AWorker, that_died_before_main_is_told_by_its_exit) {
    const auto worker =
        start(toy::serial("", "#include <cstdlib>\nstruct Early { Early() { std::_Exit(5); } } early;"));
    EXPECT_EQ(call_once(*worker).end, End::died);
    EXPECT_EQ(worker->exit().code, 5);
}

TEST(AWorker, does_not_take_what_the_function_writes_into_its_connection_for_an_answer) {
    const auto worker = start(toy::serial(
        "const std::vector<char> bytes(256, '\\xFF'); if (write(3, bytes.data(), bytes.size()) < 0) return;",
        "#include <unistd.h>"));
    EXPECT_EQ(call_once(*worker).end, End::nonsense);
}

TEST(AWorker, does_not_mistake_a_closed_connection_for_an_answer) {
    const auto worker = start(toy::serial("close(3); for (;;) pause();", "#include <unistd.h>"));
    EXPECT_EQ(call_once(*worker).end, End::died);
}

// ---- Limits: each test narrows exactly one

TEST(AWorker, is_ended_when_a_loop_never_ends) {
    Limits limits = wide;
    limits.cpu_s = 0.3;
    const auto worker = start(toy::serial("for (volatile bool forever = true; forever;) {}"), limits);
    EXPECT_EQ(call_once(*worker).end, End::busy);
    EXPECT_EQ(worker->exit().signal, SIGKILL);
}

TEST(AWorker, may_use_more_cpu_time_with_several_threads_which_may_have_to_spin) {
    Limits limits = wide;
    limits.cpu_s = 0.3;
    const std::string spins =
        "const auto start = std::clock(); while (std::clock() - start < CLOCKS_PER_SEC / 2) {}";
    const auto worker = start(toy::serial(spins, "#include <ctime>"), limits);
    EXPECT_EQ(worker->call(small, 1, 2).end, End::done);
    EXPECT_EQ(worker->limits().cpu_s, 1.2);
    EXPECT_EQ(worker->call(small, 1, 1).end, End::busy);
    EXPECT_EQ(worker->limits().cpu_s, 0.3);
}

TEST(AWorker, is_ended_by_the_cpu_time_of_one_call_not_of_all) {
    Limits limits = wide;
    limits.cpu_s = 0.3;
    const auto worker = start(toy::serial("const auto start = std::clock();"
                                          "while (std::clock() - start < CLOCKS_PER_SEC / 10) {}",
                                          "#include <ctime>"),
                              limits);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(call_once(*worker).end, End::done) << "call " << i;
}

TEST(AWorker, is_ended_when_every_thread_waits) {
    Limits limits = wide;
    limits.idle_s = 0.3;
    for (const char* body : {
             "std::mutex mutex; mutex.lock(); mutex.lock();",
             "std::latch latch(2); latch.arrive_and_wait();",
             "std::promise<int> promise; promise.get_future().wait();",
             "std::jthread one([&] { std::binary_semaphore never(0); never.acquire(); });",
         })
        EXPECT_EQ(call_once(*start(toy::serial(body), limits)).end, End::idle) << body;
}

TEST(AWorker, is_ended_when_it_is_neither_busy_nor_done) {
    Limits limits = wide;
    limits.wall_s = 0.4;
    const auto worker =
        start(toy::serial("for (;;) std::this_thread::sleep_for(std::chrono::milliseconds(1));"), limits);
    EXPECT_EQ(call_once(*worker).end, End::slow);
}

TEST(AWorker, may_print_more_than_is_kept) {
    Limits limits = wide;
    limits.output_kb = 8;
    const auto worker =
        start(toy::serial("for (int i = 0; i < 100'000; ++i) std::puts(\"a flood\"); std::fflush(stdout);",
                          "#include <cstdio>"),
              limits);
    EXPECT_EQ(call_once(*worker).end, End::done);
    EXPECT_THAT(worker->output(), StartsWith("a flood\na flood\n"));
    EXPECT_THAT(worker->output(), EndsWith("(it prints more; the rest isn't kept)\n"));
    EXPECT_LE(worker->output().size(), (8U << 10) + 100);
}

TEST(AWorker, is_ended_when_it_takes_too_much_memory) {
    Limits limits = wide;
    limits.memory_mb = 32;
    // The pointer is volatile because compilers may leave out memory that nobody can see (clang and g++ 16
    // do).
    const auto worker = start(toy::serial("std::vector<char> hog(256 << 20, 'x');"
                                          "for (char* volatile seen = hog.data(); seen[7] != 0;) {}"),
                              limits);
    EXPECT_EQ(call_once(*worker).end, End::out_of_memory);
    EXPECT_EQ(worker->exit().signal, SIGKILL);
}

TEST(AWorker, is_ended_when_it_has_too_many_threads) {
    Limits limits = wide;
    limits.threads = 8;
    const auto worker =
        start(toy::serial("std::latch never(1); std::vector<std::jthread> crowd;"
                          "for (int i = 0; i < 32; ++i) crowd.emplace_back([&] { never.wait(); });"),
              limits);
    EXPECT_EQ(call_once(*worker).end, End::crowd);
}

TEST(AWorker, has_room_for_as_many_threads_as_the_limit_says) {
    Limits limits = wide;
    limits.threads = 2000;
    const auto worker =
        start(toy::serial("std::latch all(1999); std::vector<std::jthread> crowd;"
                          "for (int i = 0; i < 1999; ++i) crowd.emplace_back([&] { all.arrive_and_wait(); });"
                          "crowd.clear(); " +
                          std::string(adds_one)),
              limits);
    EXPECT_EQ(call_once(*worker).end, End::done);
    EXPECT_THAT(worker->image(0, small.pixels()), Each(2.0));
}

TEST(AWorker, may_use_a_sanitizers_memory_in_its_flavour) {
    for (const Flavour flavour : {Flavour::checked, Flavour::tsan}) {
        const auto worker = start(toy::serial(adds_one), sanitized(wide), flavour);
        EXPECT_EQ(call_once(*worker).end, End::done) << name(flavour);
        EXPECT_EQ(worker->report(), "") << name(flavour);
        EXPECT_THAT(worker->image(0, small.pixels()), Each(2.0)) << name(flavour);
    }
}

// ---- What a program prints

TEST(AWorker, keeps_what_was_printed_before_the_end) {
    const auto worker =
        start(toy::serial("std::fputs(\"out\\n\", stdout); std::fflush(stdout);"
                          "std::fputs(\"err\\n\", stderr); std::exit(0);",
                          "#include <cstdio>"));
    call_once(*worker);
    EXPECT_EQ(worker->output(), "out\nerr\n");
}

TEST(AWorker, keeps_what_was_printed_in_a_call_that_returned) {
    const auto worker = start(toy::serial("std::puts(\"here\");", "#include <cstdio>"));
    EXPECT_EQ(call_once(*worker).end, End::done);
    EXPECT_EQ(worker->output(), "here\n");
}

// ---- The student's file can't interfere with the harness

TEST(TheHarness, is_not_reached_by_what_a_students_file_defines) {
    const char* definitions[] = {
        "int main() { return 7; }",
        "extern \"C\" long read(int, void*, unsigned long) { std::_Exit(9); }",
        "extern \"C\" long write(int, const void*, unsigned long) { std::_Exit(9); }",
        "extern \"C\" [[gnu::weak]] long write(int, const void*, unsigned long) { std::_Exit(9); }",
        "extern \"C\" int usleep(unsigned) { std::_Exit(9); }",
        "extern \"C\" [[gnu::weak]] int clock_gettime(clockid_t, timespec*) noexcept { std::_Exit(9); }",
        "extern \"C\" void* mmap(void*, unsigned long, int, int, int, long) { std::_Exit(9); }",
        "extern \"C\" void _exit(int) { for (;;) {} }",
        "void* operator new(std::size_t) { std::_Exit(9); } void operator delete(void*) noexcept { "
        "std::_Exit(9); }"
        "void operator delete(void*, std::size_t) noexcept { std::_Exit(9); }",
        "namespace std { void terminate() noexcept { std::_Exit(9); } }",
        "extern \"C\" void* __cxa_allocate_exception(unsigned long) noexcept { std::_Exit(9); }",
    };
    for (const char* definition : definitions) {
        const auto worker =
            start(toy::serial("if (image(0, 0) == 2) throw std::runtime_error(\"words that are longer than a "
                              "short string holds\");"
                              "image(0, 0) = 2;",
                              std::string("#include <cstdlib>\n") + definition));
        EXPECT_EQ(call_once(*worker).end, End::done) << definition;
        EXPECT_EQ(worker->image(0, small.pixels())[0], 2) << definition;
    }
}

TEST(TheHarness, shares_its_names_with_honest_helpers) {
    const auto worker =
        start(toy::serial("send(image); worker::entry = 3; image(0, 1) = guarded<int>() + worker::entry;",
                          "namespace worker { int entry; struct Request {}; }\n"
                          "void send(kit::Image& image) { image(0, 0) = 5; }\n"
                          "int call() { return 1; }\n"
                          "template <class T> inline T guarded() { static T unique{4}; return unique; }\n"
                          "struct Arena { virtual ~Arena() = default; } arena;\n"));
    EXPECT_EQ(call_once(*worker).end, End::done);
    EXPECT_THAT(worker->image(0, small.pixels()), ElementsAre(5, 7, 1, 1, 1, 1));
}

// ---- Judging a candidate

/// The worker of a lesson whose function judges. `body` is the body of `bool accepts(candidate)`.
class AJudge : public testing::Test {
  protected:
    AJudge() {
        lessons_.write(
            "01_judge/judge.hpp",
            "#pragma once\n#include \"kit/kit.hpp\"\n"
            "namespace judge { bool accepts(const std::function<void(kit::Image&)>& candidate); }\n");
        lesson_.name = "judge";
        lesson_.folder = "01_judge";
        lesson_.versions.emplace_back().name = "accepts";
    }

    std::unique_ptr<Worker> start(const std::string& body) {
        CompilingBuilder builder(find_compiler(recipe::default_compiler), lessons_.path(), KIT_DIR,
                                 toy::cache_dir);
        const Built built =
            builder
                .start(lesson_, lesson_.versions[0], Flavour::timed,
                       "#include \"judge.hpp\"\n"
                       "bool judge::accepts(const std::function<void(kit::Image&)>& candidate) {\n" +
                           body + "\n}\n")
                .get();
        if (!built.program) throw std::runtime_error(built.diagnostics);
        return std::make_unique<Worker>(
            ProgramToRun{.program = *built.program, .limits = wide, .arena_pixels = arena_pixels});
    }

    TemporaryFolder lessons_;
    Lesson lesson_;
};

bool doubles(const Shape&, std::span<double> pixels) {
    for (double& pixel : pixels) pixel *= 2;
    return true;
}

TEST_F(AJudge, sees_what_the_candidate_made_of_each_image) {
    const auto worker = start(
        "for (std::size_t rows = 0; rows < 4; ++rows) {"
        "    kit::Image image(rows, 2);"
        "    std::iota(image.pixels().begin(), image.pixels().end(), 1.0);"
        "    kit::Image expected = image;"
        "    for (double& pixel : expected.pixels()) pixel *= 2;"
        "    candidate(image);"
        "    if (!(image == expected)) return false;"
        "} return true;");
    std::vector<Shape> asked;
    const CallResult accepted = worker->judge([&](const Shape& shape, std::span<double> pixels) {
        asked.push_back(shape);
        return doubles(shape, pixels);
    });
    EXPECT_EQ(accepted.end, End::done);
    EXPECT_TRUE(accepted.accepted);
    EXPECT_THAT(asked, ElementsAre(Shape{0, 2}, Shape{1, 2}, Shape{2, 2}, Shape{3, 2}));

    const CallResult refused = worker->judge([](const Shape&, std::span<double>) { return true; });
    EXPECT_EQ(refused.end, End::done);
    EXPECT_FALSE(refused.accepted);
}

TEST_F(AJudge, sees_a_candidate_that_failed_as_an_exception) {
    const auto fails = [](const Shape&, std::span<double>) { return false; };
    const CallResult uncaught = start("kit::Image image(2, 2); candidate(image); return true;")->judge(fails);
    EXPECT_EQ(uncaught.end, End::threw);
    EXPECT_EQ(uncaught.text, "std::runtime_error: the candidate did not come back");

    const CallResult caught =
        start("kit::Image image(2, 2); try { candidate(image); } catch (...) { return false; } return true;")
            ->judge(fails);
    EXPECT_EQ(caught.end, End::done);
    EXPECT_FALSE(caught.accepted);
}

TEST_F(AJudge, cannot_ask_for_an_image_that_is_too_large) {
    bool asked = false;
    const CallResult result = start("kit::Image image(1000, 1000); candidate(image); return true;")
                                  ->judge([&](const Shape&, std::span<double>) { return asked = true; });
    EXPECT_EQ(result.end, End::threw);
    EXPECT_EQ(result.text, "std::length_error: the image is larger than this lesson allows");
    EXPECT_FALSE(asked);
}

TEST_F(AJudge, that_is_a_stub_or_dies_is_told_as_such) {
    EXPECT_EQ(start("throw kit::not_implemented(\"compare\");")->judge(doubles).end, End::not_implemented);
    EXPECT_EQ(start("std::exit(0);")->judge(doubles).end, End::died);
}

TEST_F(AJudge, does_not_run_as_a_function_of_an_image_nor_the_other_way_round) {
    EXPECT_EQ(start("return true;")->call(small, 1, 1).end, End::died);
    EXPECT_EQ(grader::start(toy::serial(adds_one))->judge(doubles).end, End::died);
}

// ---- Nothing is left running

/// Whether the process exists and isn't a zombie.
bool runs(pid_t pid) {
    const auto stat = std::filesystem::path("/proc") / std::to_string(pid) / "stat";
    std::ifstream file(stat);
    std::string line;
    return std::getline(file, line) && !line.substr(line.rfind(')')).starts_with(") Z");
}

bool ends_soon(pid_t pid) {
    for (int i = 0; i < 500 && runs(pid); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return !runs(pid);
}

TEST(AWorker, is_gone_with_its_object) {
    auto worker = start(toy::serial(adds_one));
    call_once(*worker);
    const pid_t pid = worker->pid();
    EXPECT_TRUE(runs(pid));
    worker.reset();
    EXPECT_FALSE(runs(pid));
}

TEST(AWorker, is_gone_with_its_object_even_if_it_was_never_called) {
    auto worker = start(toy::serial(adds_one));
    const pid_t pid = worker->pid();
    worker.reset();
    EXPECT_FALSE(runs(pid));
}

TEST(AWorker, takes_the_processes_along_that_it_started) {
    auto worker = start(
        toy::serial("const pid_t child = fork(); if (child == 0) for (;;) pause(); image(0, 0) = child;",
                    "#include <unistd.h>"));
    ASSERT_EQ(call_once(*worker).end, End::done);
    const auto child = static_cast<pid_t>(worker->image(0, small.pixels())[0]);
    if (child < 0) GTEST_SKIP() << "fork is refused here";
    worker.reset();
    EXPECT_TRUE(ends_soon(child));
}

}  // namespace
}  // namespace grader
