#include "evasion.hpp"

#include <gtest/gtest.h>

#include "files.hpp"

namespace grader {
namespace {

TEST(Evasion, is_named_with_its_line) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"int a;\n#ifdef __SANITIZE_THREAD__\n#endif\n", "line 2 has `__SANITIZE_THREAD__`"},
        {"__attribute__((no_sanitize(\"thread\"))) void f();", "line 1 has `no_sanitize`"},
        {"[[clang::no_sanitize(\"thread\")]] void f();", "line 1 has `no_sanitize`"},
        {"\n\n#include <sanitizer/asan_interface.h>", "line 3 has `sanitizer`"},
        {"#if __has_feature(thread_sanitizer)", "line 1 has `__has_feature`"},
        {"#ifdef KIT_CHECKED", "line 1 has `KIT_CHECKED`"},
        {"#ifndef _GLIBCXX_TSAN", "line 1 has `_GLIBCXX_TSAN`"},
        {"asm volatile(\"syscall\");", "line 1 has `asm`"},
        {"syscall(24);", "line 1 has `syscall`"},
        {"#include <sys/rseq.h>", "line 1 has `rseq`"},
        {"char* self = __builtin_thread_pointer();", "line 1 has `__builtin_thread_pointer`"},
        {"int a;\n#define JOIN(a, b) a ## b", "line 2 pastes names together (##)"},
        {"  %: define JOIN(a, b) a %:%: b", "line 1 pastes names together (##)"},
        {"int a;\n__attribute__((no_sani\\\ntize(\"thread\"))) void f();", "line 2 has `no_sanitize`"},
        {"__attribute__((no_sani\\ \t\r\ntize)) void f();\n", "line 1 has `no_sanitize`"},
    };
    for (const auto& [source, expected] : cases) EXPECT_EQ(evasion(source, {}), expected) << source;
}

TEST(Evasion, is_not_hidden_by_what_only_looks_like_a_comment) {
    EXPECT_TRUE(evasion("const char* a = \"//\"; asm(\"\");", {}));
    EXPECT_TRUE(evasion("/* // */ asm(\"\");", {}));
    EXPECT_TRUE(evasion("const char* a = R\"(\n// )\"; asm(\"\");", {}));
}

TEST(Evasion, is_seen_in_what_the_object_imports) {
    EXPECT_EQ(evasion("", {"memcpy", "__asan_unpoison_memory_region"}),
              "it takes `__asan_unpoison_memory_region` from elsewhere");
    EXPECT_TRUE(evasion("", {"AnnotateIgnoreWritesBegin"}));
    EXPECT_TRUE(evasion("", {"dlsym"}));
    EXPECT_FALSE(evasion("", {"memcpy", "_ZNSt6thread4joinEv", "pthread_create", "syscall"}));
}

TEST(Evasion, is_not_seen_in_honest_code) {
    for (const char* source :
         {"", "\n\n", "int a;  // the asm of this loop has no SIMD", "// == ## KIT_CHECKED ##", "pleasant();",
          "auto reassembly = 1;", "#pragma once", "# include <thread>", "a \\"})
        EXPECT_EQ(evasion(source, {}), std::nullopt) << source;
    for (const char* lesson : {"01_slow_thing", "02_silly_sum"})
        for (const char* version : {"serial", "parallel", "optimized"})
            EXPECT_EQ(evasion(read_file(std::filesystem::path(KIT_DIR) / "solutions" / lesson /
                                        (std::string(version) + ".cpp")),
                              {}),
                      std::nullopt)
                << lesson << version;
}

}  // namespace
}  // namespace grader
