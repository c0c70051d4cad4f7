#include "check/sanitizer_report.hpp"

#include "check/changed_expression.hpp"
#include "check/finding_in_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace grader {
namespace {

using Kind = SanitizerFinding::Kind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

const std::filesystem::path data = std::filesystem::path(TEST_DATA_DIR) / "sanitizer";
const std::string student_file = "01_slow_thing/parallel.cpp";

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<SanitizerFinding> read(const std::string& text, const Symbolizer& symbolize = {}) {
    return read_sanitizer_report(text, student_file, symbolize);
}

/// The first finding of a recorded report.
SanitizerFinding first(const std::string& recording, const Symbolizer& symbolize = {}) {
    const auto findings = read(contents(data / (recording + ".txt")), symbolize);
    EXPECT_THAT(findings, testing::Not(IsEmpty())) << recording;
    return findings.empty() ? SanitizerFinding{} : findings.front();
}

int line(const std::optional<SourceLocation>& where) {
    return where ? where->line : -1;
}

std::string printed(const SanitizerFinding& finding) {
    std::string all = finding.what + finding.object;
    for (const auto& access : finding.accesses) all += access.calls + access.thread;
    return all + sentence_for_student(finding, "`sum`");
}

// ---- Findings in recorded reports of either compiler

struct Recording {
    std::string name;
    Kind kind;
    std::string what;
    int line;  // of the innermost frame in the student's file
};

void PrintTo(const Recording& recording, std::ostream* out) {
    *out << recording.name;
}

class RecordedReport : public testing::TestWithParam<Recording> {};

TEST_P(RecordedReport, has_its_kind_its_cause_and_its_line) {
    const auto& [name, kind, what, expected_line] = GetParam();
    const auto finding = first(name);
    EXPECT_EQ(finding.kind, kind);
    EXPECT_EQ(finding.what, what);
    EXPECT_EQ(line(finding.where), expected_line);
    if (finding.where) {
        EXPECT_EQ(finding.where->file, student_file);
    }
}

INSTANTIATE_TEST_SUITE_P(
    of_g_plus_plus, RecordedReport,
    testing::Values(
        Recording{"race_stack.gcc", Kind::race, "data race", 8},
        Recording{"race_global.gcc", Kind::race, "data race", 9},
        Recording{"race_push_back.gcc", Kind::race, "data race", 8},
        Recording{"use_after_free_race.gcc", Kind::memory_error, "heap-use-after-free", 5},
        Recording{"mutex_double_lock.gcc", Kind::thread_misuse,
                  "unlock of an unlocked mutex (or by a wrong thread)", 5},
        Recording{"lock_order.gcc", Kind::thread_misuse, "lock-order-inversion (potential deadlock)", 5},
        Recording{"thread_leak.gcc", Kind::thread_misuse, "thread leak", 4},
        Recording{"tsan_segv.gcc", Kind::crash, "SEGV on unknown address 0x000000000010", 4},
        Recording{"segv_null.gcc", Kind::crash, "SEGV on unknown address 0x000000000010", 6},
        Recording{"fpe.gcc", Kind::crash, "FPE", 5},  //
        Recording{"ill.gcc", Kind::crash, "ILL", 5},
        Recording{"heap_overflow_thread.gcc", Kind::memory_error, "heap-buffer-overflow", 9},
        Recording{"use_after_free.gcc", Kind::memory_error, "heap-use-after-free", 6},
        Recording{"use_after_scope.gcc", Kind::memory_error, "stack-use-after-scope", 6},
        Recording{"memcpy_overflow.gcc", Kind::memory_error, "heap-buffer-overflow", 5},
        Recording{"double_free.gcc", Kind::memory_error, "double-free", 6},
        Recording{"glibcxx_assert.gcc", Kind::memory_error, "Assertion '__n < this->size()' failed", 5},
        Recording{"overflow_signed.gcc", Kind::memory_error,
                  "signed integer overflow: 2147483630 + 36 cannot be represented in type 'int'", 5},
        Recording{"stack_overflow_buffer.gcc", Kind::memory_error,
                  "index 4 out of bounds for type 'double [4]'", 5},
        Recording{"bad_alloc.gcc", Kind::out_of_memory, "requested allocation size 0x1000000000000", 4}));

INSTANTIATE_TEST_SUITE_P(
    of_clang, RecordedReport,
    testing::Values(
        Recording{"race_stack.clang", Kind::race, "data race", 8},
        Recording{"race_global.clang", Kind::race, "data race", 9},
        Recording{"race_push_back.clang", Kind::race, "data race", 8},
        Recording{"use_after_free_race.clang", Kind::memory_error, "heap-use-after-free", 5},
        Recording{"mutex_double_lock.clang", Kind::thread_misuse,
                  "unlock of an unlocked mutex (or by a wrong thread)", 5},
        Recording{"lock_order.clang", Kind::thread_misuse, "lock-order-inversion (potential deadlock)", 5},
        Recording{"thread_leak.clang", Kind::thread_misuse, "thread leak", 4},
        Recording{"tsan_segv.clang", Kind::crash, "SEGV on unknown address 0x000000000010", 4},
        Recording{"fpe.clang", Kind::crash, "FPE", 5},  //
        Recording{"ill.clang", Kind::crash, "ILL", 5},
        Recording{"heap_overflow_thread.clang", Kind::memory_error, "heap-buffer-overflow", 9},
        Recording{"use_after_free.clang", Kind::memory_error, "heap-use-after-free", 6},
        Recording{"memcpy_overflow.clang", Kind::memory_error, "heap-buffer-overflow", 5},
        Recording{"double_free.clang", Kind::memory_error, "double-free", 6},
        Recording{"glibcxx_assert.clang", Kind::memory_error, "Assertion '__n < this->size()' failed", 5},
        Recording{"overflow_signed.clang", Kind::memory_error,
                  "signed integer overflow: 2147483630 + 36 cannot be represented in type 'int'", 5},
        Recording{"stack_overflow_buffer.clang", Kind::memory_error,
                  "index 4 out of bounds for type 'double[4]'", 5},
        Recording{"bad_alloc.clang", Kind::out_of_memory, "requested allocation size 0x1000000000000", 4}));

TEST(SanitizerReport, a_race_tells_both_accesses) {
    const auto race = first("race_stack.gcc");
    ASSERT_THAT(race.accesses, SizeIs(2));
    const auto& [later, earlier] = std::pair(race.accesses[0], race.accesses[1]);
    EXPECT_FALSE(later.is_write);
    EXPECT_TRUE(earlier.is_write);
    EXPECT_EQ(later.bytes, 8u);
    EXPECT_EQ(later.address >> 40, 0x7fu);
    EXPECT_EQ(later.address, earlier.address);
    EXPECT_EQ(later.thread, "thread 2");
    EXPECT_EQ(earlier.thread, "thread 1");
    EXPECT_EQ(line(later.where), 8);
    EXPECT_EQ(line(earlier.where), 8);
    EXPECT_EQ(earlier.where->function, "operator()");
    EXPECT_EQ(race.object, "stack of main thread");
}

TEST(SanitizerReport, an_atomic_access_is_told_from_a_plain_one) {
    for (const std::string compiler : {"gcc", "clang"}) {
        const auto race = first("race_atomic." + compiler);
        ASSERT_THAT(race.accesses, SizeIs(2)) << compiler;
        EXPECT_TRUE(race.accesses[0].is_atomic) << compiler;
        EXPECT_FALSE(race.accesses[1].is_atomic) << compiler;
    }
}

TEST(SanitizerReport, a_line_that_clang_did_not_keep_is_unknown_and_the_other_is_told) {
    const auto race = first("race_stack.clang");
    ASSERT_THAT(race.accesses, SizeIs(2));
    EXPECT_EQ(line(race.accesses[0].where), -1);
    EXPECT_EQ(line(race.accesses[1].where), 8);
    const auto loop = first("race_loop_variable.clang");
    ASSERT_THAT(loop.accesses, SizeIs(2));
    EXPECT_EQ(std::min(line(loop.accesses[0].where), line(loop.accesses[1].where)), 0);
    EXPECT_EQ(line(loop.where), 7);
}

TEST(SanitizerReport, the_object_is_what_the_sanitizer_knows_of_it) {
    EXPECT_EQ(first("race_global.gcc").object, "global 'counter'");
    EXPECT_EQ(first("race_global.clang").object, "global 'counter'");
    EXPECT_EQ(first("race_heap.gcc").object, "heap block of size 8");
    EXPECT_EQ(first("race_pixel.gcc").object, "") << "a mapping without a name";
    EXPECT_EQ(first("race_pixel.clang").object, "") << "a mapping without a name";
    EXPECT_EQ(first("use_after_scope.gcc").object, "variable 'sum' (line 5)");
    EXPECT_EQ(first("heap_overflow_thread.clang").object, "0 bytes to the right of 32-byte region");
}

TEST(SanitizerReport, frames_without_a_location_are_asked_of_the_symbolizer) {
    for (const std::string compiler : {"gcc", "clang"}) {
        std::vector<std::string> asked;
        const auto symbolize = [&](std::string_view module, std::uint64_t offset) {
            asked.emplace_back(module);
            return std::vector<SourceLocation>{{"/usr/include/c++/12/bits/std_vector.h", 1, "at"},
                                               {student_file, static_cast<int>(offset % 1000), "operator()"}};
        };
        const auto race = first("race_stack_unsymbolized." + compiler, symbolize);
        ASSERT_THAT(race.accesses, SizeIs(2));
        const int read_line = compiler == "gcc" ? 0x287f % 1000 : 0xd4d7c % 1000;
        EXPECT_EQ(line(race.accesses[0].where), read_line);
        EXPECT_EQ(race.accesses[0].calls, "at");
        EXPECT_THAT(asked, ElementsAre("race_stack", "race_stack"));

        const auto overflow = first("heap_overflow_thread_unsymbolized." + compiler, symbolize);
        EXPECT_EQ(overflow.what, "heap-buffer-overflow");
        EXPECT_GT(line(overflow.where), 0);
        EXPECT_EQ(asked.back(), "/home/student/build/heap_overflow_thread");
    }
}

TEST(SanitizerReport, without_a_symbolizer_the_line_is_unknown) {
    const auto race = first("race_stack_unsymbolized.gcc");
    EXPECT_EQ(race.kind, Kind::race);
    EXPECT_FALSE(race.where);
}

TEST(SanitizerReport, the_symbolizer_is_asked_a_limited_number_of_times_and_never_twice_the_same) {
    int asked = 0;
    const auto symbolize = [&](std::string_view, std::uint64_t) {
        return ++asked, std::vector<SourceLocation>{};
    };
    std::string text =
        "WARNING: ThreadSanitizer: data race (pid=1)\n  Write of size 8 at 0x1 by thread T1:\n";
    for (int i = 0; i < 50; ++i) text += "    #0 <null> <null> (worker+0x10)\n";
    read(text, symbolize);
    EXPECT_EQ(asked, 1);
    for (int i = 0; i < 5000; ++i) text += "    #0 <null> <null> (worker+0x" + std::to_string(i) + ")\n";
    read(text, symbolize);
    EXPECT_LE(asked, 201);
}

TEST(SanitizerReport, a_race_inside_of_an_atomic_shared_ptr_is_the_librarys_and_left_out) {
    EXPECT_THAT(read(contents(data / "atomic_shared_ptr.gcc.txt")), IsEmpty());
}

// Reports from g++ 12 and clang 14 about programs without a race.
TEST(Evidence, a_race_with_the_end_of_an_exception_is_none_where_exceptions_are_handed_on) {
    const std::vector<std::string> async = {"memcpy", "_ZSt17current_exceptionv"};
    for (const std::string program : {"through_promise", "caught_and_kept", "of_own_type"}) {
        for (const std::string compiler : {"gcc", "clang"}) {
            const SanitizerFinding race = first("exception_" + program + "." + compiler);
            EXPECT_EQ(race.kind, Kind::race);
            EXPECT_NE(why_no_evidence(race, async), nullptr) << program << compiler;
            EXPECT_NE(why_no_evidence(race, {"__cxa_init_primary_exception"}), nullptr);
            EXPECT_EQ(why_no_evidence(race, {"memcpy"}), nullptr);
        }
    }
}

// Reports from clang 21 without its symbolizer.
TEST(Evidence, the_end_of_an_exception_is_known_without_the_sanitizers_symbolizer) {
    const Symbolizer symbolize = [](std::string_view, std::uint64_t offset) -> std::vector<SourceLocation> {
        if (offset == 1) return {{"", 0, "operator delete(void*)"}};
        if (offset == 3) return {{"", 0, "___interceptor_free"}};
        return {{"new_allocator.h", 183, "deallocate"}, {student_file, 12, "Own::~Own()"}};
    };
    const std::string start =
        "WARNING: ThreadSanitizer: data race (pid=1)\n  Write of size 8 at 0x72 by thread T1:\n";
    const std::string end =
        "    #9 <null> <null> (libstdc++.so.6+0xecf05)\n\n  Previous read of size 8 at 0x72 by main "
        "thread:\n";
    for (const std::string stack :
         {"    #0 <null> <null> (worker+0x1)\n    #1 <null> <null> (libstdc++.so.6+0xd389b)\n",
          "    #0 <null> <null> (worker+0x3)\n    #1 <null> <null> (libstdc++.so.6+0xbd37c)\n",
          "    #0 <null> <null> (worker+0x1)\n    #1 <null> <null> (worker+0x2)\n"
          "    #2 <null> <null> (libstdc++.so.6+0xbd757)\n"}) {
        const auto findings = read(start + stack + end, symbolize);
        ASSERT_THAT(findings, SizeIs(1));
        EXPECT_NE(why_no_evidence(findings[0], {"_ZSt17current_exceptionv"}), nullptr) << stack;
    }
    const auto of_own = read(
        start + "    #0 <null> <null> (worker+0x1)\n    #1 <null> <null> (worker+0x2)\n" + end, symbolize);
    EXPECT_EQ(why_no_evidence(of_own.at(0), {"_ZSt17current_exceptionv"}), nullptr);
}

TEST(Evidence, other_races_are_evidence_where_exceptions_are_handed_on) {
    for (const std::string race : {"race_free", "race_heap", "race_push_back", "race_global"})
        for (const std::string compiler : {"gcc", "clang"})
            EXPECT_EQ(why_no_evidence(first(race + "." + compiler), {"_ZSt17current_exceptionv"}), nullptr)
                << race;
}

TEST(Evidence, no_race_is_where_the_sanitizer_misunderstands_the_whole_program) {
    const Unsupported* why =
        why_no_evidence(first("race_global.gcc"), {"memcpy", "__tsan_atomic_thread_fence"});
    ASSERT_NE(why, nullptr);
    EXPECT_THAT(std::string(why->reason), StartsWith("std::atomic_thread_fence"));
}

TEST(SanitizerReport, several_findings_come_in_their_order) {
    const auto findings =
        read(contents(data / "race_global.gcc.txt") + contents(data / "thread_leak.gcc.txt") +
             "terminate: std::out_of_range: no such row\n");
    ASSERT_THAT(findings, SizeIs(3));
    EXPECT_EQ(findings[0].kind, Kind::race);
    EXPECT_EQ(findings[1].kind, Kind::thread_misuse);
    EXPECT_EQ(findings[2].kind, Kind::terminated);
    EXPECT_EQ(findings[2].what, "std::out_of_range: no such row");
}

TEST(SanitizerReport, the_stack_of_the_abort_after_terminate_tells_where_it_was_called) {
    for (const std::string compiler : {"gcc", "clang"}) {
        const auto findings = read(contents(data / ("not_joined." + compiler + ".txt")));
        ASSERT_THAT(findings, SizeIs(1)) << compiler;
        EXPECT_EQ(findings[0].kind, Kind::terminated);
        EXPECT_EQ(line(findings[0].where), 5);
    }
}

TEST(SanitizerReport, a_sanitizer_that_can_not_run_is_no_finding_about_the_program) {
    const auto findings =
        read("FATAL: ThreadSanitizer: unexpected memory mapping 0x5b0c8a4b5000-0x5b0c8a4b6000\n");
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].kind, Kind::unavailable);
    EXPECT_EQ(
        read("==7==Shadow memory range interleaves with an existing memory mapping. ASan cannot proceed "
             "correctly. ABORTING.\n")
            .at(0)
            .kind,
        Kind::unavailable);
}

/// For example after thrd_create of <threads.h>, whose threads TSan doesn't know.
TEST(SanitizerReport, a_thread_sanitizer_that_breaks_down_says_so_after_a_crash) {
    const auto findings = read(
        "ThreadSanitizer:DEADLYSIGNAL\n"
        "==7==ERROR: ThreadSanitizer: SEGV on unknown address 0x000000000000 (pc 0x7ffff4e98097 bp "
        "0x5555555580a0 sp 0x7ffff273f138 T9)\n"
        "==7==Hint: address points to the zero page.\n"
        "ThreadSanitizer:DEADLYSIGNAL\n"
        "ThreadSanitizer: nested bug in the same thread, aborting.\n");
    ASSERT_THAT(findings, SizeIs(2));
    EXPECT_EQ(findings[1].kind, Kind::unavailable);
}

TEST(SanitizerReport, a_race_on_a_virtual_table_is_a_race_that_says_so) {
    const auto findings =
        read("WARNING: ThreadSanitizer: data race on vptr (ctor/dtor vs virtual call) (pid=7)\n");
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].kind, Kind::race);
    EXPECT_EQ(findings[0].what, "data race on vptr (ctor/dtor vs virtual call)");
}

TEST(SanitizerReport, undefined_behaviour_in_a_header_is_placed_by_its_stack) {
    const auto findings = read(
        "/kit/image.hpp:59:70: runtime error: reference binding to null pointer of type 'double'\n"
        "    #0 0x55 in kit::Image::operator()(unsigned long, unsigned long) /kit/image.hpp:59\n"
        "    #1 0x56 in slow_thing::parallel(kit::Image&, unsigned int) 01_slow_thing/parallel.cpp:12\n");
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(line(findings[0].where), 12);
}

TEST(SanitizerReport, another_file_whose_name_ends_alike_is_not_the_students) {
    const std::string start = "==7==ERROR: AddressSanitizer: SEGV on unknown address 0x1 (pc 0x2 T0)\n";
    EXPECT_FALSE(read(start + "    #0 0x55 in f() /kit/x01_slow_thing/parallel.cpp:3\n").at(0).where);
    EXPECT_FALSE(read(start + "    #0 0x55 in f() 01_slow_thing/parallel.cpp.hpp:3\n").at(0).where);
    EXPECT_EQ(
        line(read(start + "    #0 0x55 in f() /my lessons/01_slow_thing/parallel.cpp:3:4\n").at(0).where), 3);
}

TEST(SanitizerReport, leaks_and_other_text_are_no_findings) {
    EXPECT_THAT(read("sum is 3\n\n#include\n=====\n"), IsEmpty());
    EXPECT_THAT(read("==7==ERROR: LeakSanitizer: detected memory leaks\n\nDirect leak of 8 byte(s)\n"),
                IsEmpty());
}

// ---- Truncated or hostile text

TEST(UntrustedReport, every_prefix_of_every_recorded_report_is_harmless) {
    for (const auto& entry : std::filesystem::directory_iterator(data)) {
        if (entry.path().extension() != ".txt") continue;
        const auto text = contents(entry.path());
        const auto whole = read(text);
        for (std::size_t size = 0; size < text.size(); ++size) {
            const auto findings = read(text.substr(0, size));
            ASSERT_LE(findings.size(), 1 + whole.size()) << entry.path() << " cut at " << size;
            for (const auto& finding : findings) {
                const auto source = contents(data / "race_stack.cpp");
                if (size % 37 == 0) name_of_shared_object(finding, source);
                ASSERT_FALSE(sentence_for_student(finding, "").empty());
            }
        }
    }
}

TEST(UntrustedReport, every_byte_of_what_is_returned_is_printable_and_the_text_short) {
    std::string hostile = "terminate: \x1b[31m\xff\x01<script>" + std::string(10000, 'x') + "\n";
    hostile += std::string("WARNING: ThreadSanitizer: data\0race (pid=1)\n", 44);
    hostile +=
        "  Write of size 99999999999999999999999 at 0xffffffffffffffffffffff by thread T99999999999999:\n";
    hostile += "    #0 f\x80\x81 01_slow_thing/parallel.cpp:99999999999999999999\n";
    hostile +=
        "    #1 \n    # \n    #99999999999999999999 x (y+0xfffffffffffffffffff)\n    #2 )\n    #3 (+0x)\n";
    hostile += "  Location is global '\x07\n";
    const auto findings = read(hostile);
    ASSERT_THAT(findings, SizeIs(2));
    for (const auto& finding : findings) {
        for (const char c : printed(finding)) ASSERT_TRUE(c >= ' ' && c <= '~') << static_cast<int>(c);
        EXPECT_LE(finding.what.size(), 500u);
    }
    EXPECT_EQ(findings[1].accesses.at(0).bytes, 0u);
    EXPECT_EQ(line(findings[1].accesses.at(0).where), 0);
}

TEST(UntrustedReport, a_flood_is_read_in_time_and_reported_in_part) {
    std::string flood;
    while (flood.size() < 1'000'000)
        flood += "WARNING: ThreadSanitizer: data race (pid=1)\n  Write of size 8 at 0x1 by main thread:\n";
    EXPECT_LE(read(flood).size(), 100u);
    for (const char c : {'(', '#', '\n', ' ', ':', '<'}) read(std::string(1'000'000, c));
    std::string accesses = "WARNING: ThreadSanitizer: data race (pid=1)\n";
    for (int i = 0; i < 10000; ++i)
        accesses += "  Write of size 8 at 0x1 by main thread:\n    #0 f 01_slow_thing/parallel.cpp:1\n";
    EXPECT_LE(read(accesses).at(0).accesses.size(), 4u);
}

TEST(UntrustedReport, a_students_source_may_hold_anything) {
    for (const std::string line :
         {"",         "=",   "++",  "--",   "= =",  ")=",     "](=",    "[[[[",   "))))++",
          "((((++",   "\"",  "'\\", "/*",   "for(", "for(;;", "a[=",    "++(",    "-- *",
          "\xff = 1", "<<=", ">>=", "x.=1", "::=",  "->=",    "++++++", "=++=++="}) {
        EXPECT_THAT(changed_expression(line), testing::Not(testing::HasSubstr("\xff"))) << line;
        changed_expression(line, "push_back");
    }
    EXPECT_EQ(changed_expression(std::string(100'000, '(') + "x = 1"), "");
}

// ---- Names

TEST(Addr2line, output_is_read_innermost_first) {
    const auto frames = read_addr2line_output(
        "slow_thing::parallel()::$_0::operator()() const\n01_slow_thing/parallel.cpp:8\n"
        "_M_run\n/usr/include/c++/12/bits/std_thread.h:? (discriminator 2)\n??\n??:0\n??\n??:?\n"
        "operator delete(void*)\n??:?\ncut");
    ASSERT_THAT(frames, SizeIs(3));
    EXPECT_EQ(frames[0],
              (SourceLocation{student_file, 8, "slow_thing::parallel()::$_0::operator()() const"}));
    EXPECT_EQ(frames[1].line, 0);
    EXPECT_EQ(frames[2], (SourceLocation{"", 0, "operator delete(void*)"}));
}

TEST(ChangedExpression, is_what_is_assigned_or_counted) {
    EXPECT_EQ(changed_expression("    sum += x;"), "sum");
    EXPECT_EQ(changed_expression("++count;"), "count");
    EXPECT_EQ(changed_expression("count--;"), "count");
    EXPECT_EQ(changed_expression("shares[t] = shares[t - 1] + 1;"), "shares[t]");
    EXPECT_EQ(changed_expression("image(x, y) = slow_pixel(x, y);"), "image(x, y)");
    EXPECT_EQ(changed_expression("image (x, y) *= 2;"), "image (x, y)");
    EXPECT_EQ(changed_expression("this->total.sum -= image.pixels()[i];"), "this->total.sum");
    EXPECT_EQ(changed_expression("*next = 1;"), "*next");
    EXPECT_EQ(changed_expression("(*p)[3] = 1;"), "(*p)[3]");
    EXPECT_EQ(changed_expression("bits <<= 1;"), "bits");
    EXPECT_EQ(changed_expression("if (a <= b && c == d) done = true;"), "done");
    EXPECT_EQ(changed_expression("const std::size_t x = next++;"), "next");
    EXPECT_EQ(changed_expression("team.emplace_back([&, t] { sums[t] += t; });"), "sums[t]");
    EXPECT_EQ(changed_expression("team.emplace_back([&, n = 3] { ++ns::total; });"), "ns::total");
    EXPECT_EQ(changed_expression("text = \"a = b\";  // c = d"), "text");
}

TEST(ChangedExpression, of_a_loop_is_what_its_body_changes_or_else_its_variable) {
    EXPECT_EQ(changed_expression("for (int i = 0; i < 100; ++i) ++counter;"), "counter");
    EXPECT_EQ(changed_expression("for (int j = 0; j < 100; ++j) sum += x;"), "sum");
    EXPECT_EQ(changed_expression("for (unsigned t = 0; t < threads; ++t)"), "t");
}

TEST(ChangedExpression, is_empty_where_it_is_not_clear) {
    EXPECT_EQ(changed_expression("const double s = sums[t];"), "") << "declared here, so not shared";
    EXPECT_EQ(changed_expression("double* p = sums.data();"), "");
    EXPECT_EQ(changed_expression("auto [a, b] = both;"), "");
    EXPECT_EQ(changed_expression("a = 1; b = 2;"), "");
    EXPECT_EQ(changed_expression("return sum == 3 || sum != 4 || sum >= 5;"), "");
    EXPECT_EQ(changed_expression("fill(image, t);"), "");
}

TEST(ChangedExpression, of_a_member_call_is_its_object) {
    EXPECT_EQ(changed_expression("found.push_back(t);", "push_back"), "found");
    EXPECT_EQ(changed_expression("lists[t]->push_back(1);", "push_back"), "lists[t]");
    EXPECT_EQ(changed_expression("team.emplace_back([&] { found.push_back(t); });", "push_back"), "found");
}

TEST(NameOfSharedObject, is_the_globals_or_the_expression_on_the_line) {
    const std::vector<std::pair<std::string, std::string>> names{
        {"race_stack", "sum"},      {"race_global", "counter"},    {"race_static_local", "sum"},
        {"race_heap", "sums[0]"},   {"race_pixel", "image(x, y)"}, {"race_push_back", "found"},
        {"race_atomic", "plain[0]"}};
    for (const auto& [recording, name] : names)
        for (const std::string compiler : {"gcc", "clang"})
            EXPECT_EQ(name_of_shared_object(first(recording + "." + compiler),
                                            contents(data / (recording + ".cpp"))),
                      name)
                << recording << " by " << compiler;
    EXPECT_EQ(
        name_of_shared_object(first("race_loop_variable.gcc"), contents(data / "race_loop_variable.cpp")),
        "t");
}

TEST(NameOfSharedObject, is_empty_if_the_source_is_another) {
    EXPECT_EQ(name_of_shared_object(first("race_stack.gcc"), ""), "");
    EXPECT_EQ(name_of_shared_object(first("race_stack.gcc"), "int x = 1;\n"), "");
}

// ---- Sentences

TEST(SentenceForStudent, of_a_race_tells_the_name_and_both_lines) {
    EXPECT_EQ(sentence_for_student(first("race_stack.gcc"), "`sum`"),
              "`sum` is written by two threads at once: parallel.cpp line 8 (write) and line 8 (read).");
    EXPECT_EQ(
        sentence_for_student(first("race_pixel.clang"), "pixel (0, 0)"),
        "Pixel (0, 0) is written by two threads at once: parallel.cpp line 9 (write) and line 9 (write).");
    EXPECT_EQ(sentence_for_student(first("race_loop_variable.gcc"), "`t`"),
              "`t` is written by one thread while another reads it: parallel.cpp line 5 (write) and line 7 "
              "(read).");
    EXPECT_EQ(sentence_for_student(first("race_stack.clang"), "`sum`"),
              "`sum` is written by one thread while another reads it: parallel.cpp line 8 (write).");
    EXPECT_EQ(sentence_for_student(first("race_atomic.gcc"), "`plain[0]`"),
              "`plain[0]` is written by two threads at once: parallel.cpp line 9 (write, atomic) and line 8 "
              "(write).");
    EXPECT_EQ(sentence_for_student(SanitizerFinding{}, ""),
              "The same memory is written by two threads at once.");
}

TEST(SentenceForStudent, of_memory_that_is_deleted_too_early_says_so) {
    const auto findings = read(contents(data / "race_free.gcc.txt"));
    ASSERT_FALSE(findings.empty());
    SanitizerFinding race = findings.front();
    race.accesses.at(0).calls = "operator delete(void*)";
    EXPECT_EQ(
        sentence_for_student(race, "`p`"),
        "`p` is given back by one thread while another may still use it: parallel.cpp line 7 (delete) and "
        "line 5 (write).");
}

TEST(SentenceForStudent, of_other_findings_tells_what_and_where) {
    EXPECT_EQ(sentence_for_student(first("heap_overflow_thread.gcc"), "`p[t + 1]`"),
              "heap-buffer-overflow at parallel.cpp line 9, a write of 8 bytes near `p[t + 1]`, 0 bytes to "
              "the right "
              "of 32-byte region.");
    EXPECT_EQ(sentence_for_student(first("segv_null.gcc"), ""),
              "The program crashed at parallel.cpp line 6: SEGV on unknown address 0x000000000010.");
}

}  // namespace
}  // namespace grader
