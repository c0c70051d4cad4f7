#include "check/evasion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <sstream>

#include "base/error.hpp"
#include "base/files.hpp"
#include "toy_builder.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;
using testing::Ne;
using testing::Optional;

const fs::path kit = KIT_DIR;
const std::string unreadable = "the compiler can't take its code apart";

class EvasionWith : public testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        try {
            find_compiler(GetParam());
        } catch (const Error&) {
            GTEST_SKIP() << "no " << GetParam();
        }
    }

    static std::optional<std::string> look(const std::string& source,
                                           const std::vector<std::string>& imports = {}) {
        static std::map<std::string, CompilingBuilder> builders;
        Builder& builder =
            builders.try_emplace(GetParam(), find_compiler(GetParam()), kit / "lessons", kit, toy::cache_dir)
                .first->second;
        static const Lesson lesson = read_lesson(kit / "lessons/01_slow_thing/lesson.toml");
        return evasion(builder, lesson, lesson.version("parallel"), source, imports);
    }
};

INSTANTIATE_TEST_SUITE_P(Compilers, EvasionWith, testing::Values("g++", "clang++"), [](const auto& compiler) {
    return std::string(compiler.param) == "g++" ? "gnu" : "clang";
});

TEST_P(EvasionWith, is_named_with_its_line) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"int a;\n#ifdef __SANITIZE_THREAD__\n#endif\n", "line 2 has `__SANITIZE_THREAD__`"},
        {"#ifdef __SANITIZE_ADDRESS__\n#endif\n", "line 1 has `__SANITIZE_ADDRESS__`"},
        {"#ifdef A\n#elif defined(__SANITIZE_THREAD__)\n#endif\n", "line 2 has `__SANITIZE_THREAD__`"},
        {"__attribute__((no_sanitize(\"thread\"))) void f();\n", "line 1 has `no_sanitize`"},
        {"__attribute__((__no_sanitize_thread__)) void f();\n", "line 1 has `__no_sanitize_thread__`"},
        {"[[clang::no_sanitize(\"thread\")]] void f();\n", "line 1 has `no_sanitize`"},
        {"[[gnu::no_sanitize_thread]] void f();\n", "line 1 has `no_sanitize_thread`"},
        {"#pragma clang attribute push(__attribute__((no_sanitize(\"thread\"))), apply_to = function)\n",
         "line 1 has `no_sanitize`"},
        {"#if __has_feature(thread_sanitizer)\n#endif\n", "line 1 has `thread_sanitizer`"},
        {"#if __has_feature(address_sanitizer)\n#endif\n", "line 1 has `address_sanitizer`"},
        {"#ifdef KIT_CHECKED\n#endif\n", "line 1 has `KIT_CHECKED`"},
        {"#ifndef _GLIBCXX_TSAN\n#endif\n", "line 1 has `_GLIBCXX_TSAN`"},
        {"#if defined(_GLIBCXX_ASSERTIONS)\n#endif\n", "line 1 has `_GLIBCXX_ASSERTIONS`"},
        {"void f() { asm volatile(\"syscall\"); }\n", "line 1 has `asm`"},
        {"void f() { __asm__(\"\"); }\n", "line 1 has `__asm__`"},
        {"long a = syscall(24);\n", "line 1 has `syscall`"},
        {"#include <sys/rseq.h>\n", "line 1 has `rseq`"},
        {"char* self = (char*)__builtin_thread_pointer() + __rseq_offset;\n",
         "line 1 has `__builtin_thread_pointer`"},
        {"extern \"C\" void __tsan_acquire(void*);\n", "line 1 has `__tsan_acquire`"},
        {"extern \"C\" void AnnotateIgnoreReadsBegin(const char*, int);\n",
         "line 1 has `AnnotateIgnoreReadsBegin`"},
        {"static long call(long) __attribute__((weakref(\"syscall\")));\n", "line 1 has `weakref`"},
        {"#pragma redefine_extname other syscall\n", "line 1 has `syscall`"},
        {"#ifndef __OPTIMIZE__\nint a = syscall(24);\n#endif\n", "line 2 has `syscall`"},
        // Continued lines, also with blanks after the backslash, which the compilers allow.
        {"int a;\n__attribute__((no_sani\\\ntize(\"thread\"))) void f();\n", "line 2 has `no_sanitize`"},
        {"__attribute__((no_sani\\ \t\r\ntize)) void f();\n", "line 1 has `no_sanitize`"},
    };
    for (const auto& [source, expected] : cases) EXPECT_EQ(look(source), expected) << source;
}

TEST_P(EvasionWith, is_seen_in_names_that_macros_make) {
    for (const char* source :
         {"#define JOIN(a, b) a##b\n__attribute__((JOIN(no_, sanitize)(\"thread\"))) void f();\n",
          "%:define JOIN(a, b) a%:%:b\nlong a = JOIN(sys, call)(24);\n",
          "#include <sys/cdefs.h>\nlong a = __CONCAT(sys, call)(24);\n",
          "#define JOIN(a, b) a##b\n#if JOIN(__SANITIZE_, THREAD__) || JOIN(KIT_, CHECKED)\nint a;\n#endif\n",
          "#define DEFINED(a) defined(KIT_##a)\n#if DEFINED(CHECKED)\n#define A 1\n#else\n"
          "#define A 2\n#endif\nint a = A;\n",
          "_Pragma(\"redefine_extname other syscall\")\n",
          "#define TEXT(x) #x\n#define DO(x) _Pragma(TEXT(x))\nDO(redefine_extname other sys\\\ncall)\n"})
        EXPECT_THAT(look(source), Optional(Ne(unreadable))) << source;
}

TEST_P(EvasionWith, is_not_hidden_by_what_only_looks_like_a_comment_or_a_string) {
    for (const char* source :
         {"const char* a = \"//\"; asm(\"\");\n", "/* // */ asm(\"\");\n",
          "const char* a = R\"(\n// )\"; asm(\"\");\n",
          "const char* a = R\"x()\\\nx\" /* )x\"; asm(\"\"); /* */\n",
          "const char* a = R\"x()\\\nx\" /* )x\"; long b = sys\\\ncall(24); /* */\n",
          "const char* a = \"a\\\n\", *b = \"\"; asm(\"\");\n", "char a = '\"'; asm(\"\"); char b = '\"';\n",
          "int a = 1'0; asm(\"\"); int b = 1'0;\n", "// \?\?/\nasm(\"\");\n", "/\\\n* */ asm(\"\");\n",
          "const char* a = u8R\"(\")\"; asm(\"\"); //\")\n"})
        EXPECT_THAT(look(source), Optional(Ne(unreadable))) << source;
}

/// When macros are expanded, the version's code must be told from the headers'.
TEST_P(EvasionWith, is_not_hidden_by_passing_for_a_header) {
    const std::string join = "#define JOIN(a, b) a##b\n";
    const std::string call = "long a = JOIN(sys, call)(24);\n";
    for (const std::string& source :
         {join + "# 1 \"other.hpp\" 1 3\n" + call + "# 4 \"01_slow_thing/parallel.cpp\" 2\n",
          join + "#include <vector>\n# 1 \"/usr/include/stdio.h\" 1 3\n" + call + "# 9 \"a.cpp\" 2\n",
          join + "/* a\n*/ %:/* */ 1 \"other.hpp\" 1\n" + call,
          join + "#line 1 \"/usr/include/stdio.h\"\n" + call,
          "#pragma GCC diagnostic ignored \"-Wpedantic\"\n" + join + "# 1 \"other.hpp\" 1 3\n" + call,
          join + "#if __INCLUDE_LEVEL__\n#pragma GCC system_header\n# 1 \"other.hpp\" 1 3\n" + call +
              "#else\n#include \"/proc/self/cwd/01_slow_thing/parallel.cpp\"\n#endif\n",
          "const char* a = R\"x()\\\nx\" /* )x\";\n" + join + "# 1 \"other.hpp\" 1 3\n" + call + "/* */\n",
          join + "const char* a = R\"(\n# 1 \"other.hpp\" 1 3\n)\";\n" + call})
        EXPECT_TRUE(look(source)) << source;
}

TEST_P(EvasionWith, is_seen_where_the_compiler_cannot_take_the_code_apart) {
    EXPECT_EQ(look("#include \"no_such.hpp\"\n#define JOIN(a, b) a##b\n"), unreadable);
}

TEST_P(EvasionWith, is_seen_in_what_the_object_imports) {
    EXPECT_EQ(look("", {"memcpy", "__asan_unpoison_memory_region"}),
              "it takes `__asan_unpoison_memory_region` from elsewhere");
    EXPECT_TRUE(look("", {"AnnotateIgnoreWritesBegin"}));
    EXPECT_TRUE(look("", {"dlsym"}));
    EXPECT_FALSE(look("", {"memcpy", "_ZNSt6thread4joinEv", "pthread_create", "syscall"}));
}

TEST_P(EvasionWith, is_not_seen_in_comments_strings_and_harmless_names) {
    for (const char* source :
         {"",
          "\n\n",
          "// it's clean under ThreadSanitizer\n",
          "/* no data races: checked with -fsanitize=thread */\n",
          "/*\n * don't use asm, syscall() or dlsym\n */\n",
          "int a;  // the asm of this loop has no SIMD\n",
          "// == ## KIT_CHECKED ##\n",
          "// continued \\\n   asm(\"\");\n",
          "const char* a = \"compiled with -fsanitize=thread, no asm\";\n",
          "const char* a = R\"(asm __SANITIZE_THREAD__)\";\n",
          "const char* a = \"say \\\"asm\\\"\";\n",
          "bool sanitized = true;\n",
          "int sanitize_input(int my_asan_count, int tsan_runs);\n",
          "void sanitizer();\n",
          "void pleasant();\n",
          "auto reassembly = 1;\n",
          "int syscalls = 0;\n",
          "int thread_sanitizer = 0;\n",
          "#define STR(x) #x\nconst char* a = STR(hello);\n",
          "#define SUM(n) double sum_##n = 0\nSUM(1);\n",
          "#define LOG(...) std::printf(__VA_ARGS__)\n#define TWO_LINES \\\n    1\n",
          "#define STR(x) #x\n#define UNROLL(n) _Pragma(STR(GCC unroll n))\nUNROLL(4)\n",
          "__attribute__((always_inline)) inline int f() { return __builtin_popcount(3); }\n",
          "#include <cassert>\n#define CHECK(x) assert(x)\nvoid f(int a) { CHECK(a == __LINE__); }\n",
          "#if 0\nint it's = 1;\n#endif\n",
          "#ifdef __AVX2__\n#include <immintrin.h>\n#endif\n",
          "#if __has_include(<format>)\n#include <format>\n#endif\n",
          "#pragma once\n# include <thread>\n",
          "const char* a = R\"(x)\";\n#define TWO_LINES \\\n    1\n",
          "int a = 1'000'000;\n",
          "#include \"slow_thing.hpp\"\nint a = __LINE__;\n",
          "a \\"})
        EXPECT_EQ(look(source), std::nullopt) << source;
}

TEST_P(EvasionWith, is_not_seen_in_honest_programs) {
    std::vector<fs::path> files;
    for (const char* folder : {"solutions/01_slow_thing", "solutions/02_silly_sum", "tests/attacks/honest",
                               "tests/submissions/honest_names", "tests/submissions/honest_sync"})
        for (const auto& entry : fs::recursive_directory_iterator(kit / folder))
            if (entry.path().extension() == ".cpp") files.push_back(entry.path());
    ASSERT_GT(files.size(), 60u);
    for (const fs::path& file : files) EXPECT_EQ(look(read_file(file)), std::nullopt) << file;
}

/// The attacks of docs/security.md that only the flag distinguishes from honest programs.
TEST_P(EvasionWith, is_seen_in_each_attack_that_is_flagged_for_it) {
    const std::regex row(R"(\| (\w+) \|.*checks_evaded)");
    std::istringstream page(read_file(kit / "docs/security.md"));
    int seen = 0;
    for (std::string line; std::getline(page, line);) {
        std::smatch match;
        if (!std::regex_search(line, match, row, std::regex_constants::match_continuous)) continue;
        EXPECT_THAT(look(read_file(kit / "tests/attacks/attack" / (match.str(1) + ".cpp"))),
                    Optional(Ne(unreadable)))
            << match.str(1);
        ++seen;
    }
    EXPECT_GE(seen, 18);
}

}  // namespace
}  // namespace grader
