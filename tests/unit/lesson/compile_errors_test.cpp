#include "lesson/compile_errors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "temporary_folder.hpp"

namespace grader {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr const char* file = "01_slow_thing/parallel.cpp";

/// What a compiler said of a program with one mistake (g++ 12.2 and clang 14), up to its first error.
struct Said {
    const char* mistake;
    const char* compiler;
    const char* diagnostics;
    const char* wanted;  // in the sentence
    const char* line;    // that it names; "": any
};

constexpr Said all_said[] = {
    {"no_namespace", "the grader",
     "01_slow_thing/serial.cpp: error: slow_thing::serial is not defined here with the parameters that "
     "slow_thing.hpp declares",
     "as in void slow_thing::serial(", ""},
    {"assign_in_const", "clang++",
     "01_slow_thing/parallel.cpp:4:28: error: cannot assign to a variable captured by copy in a non-mutable "
     "lambda",
     "has a copy of this variable", "4"},
    {"assign_in_const", "g++",
     "01_slow_thing/parallel.cpp:4:30: error: increment of read-only variable 'count'",
     "has a copy of this variable", "4"},
    {"class_without_semicolon", "clang++",
     "01_slow_thing/parallel.cpp:2:20: error: expected ';' after struct", "ends with a semicolon", "2"},
    {"class_without_semicolon", "g++",
     "01_slow_thing/parallel.cpp:2:20: error: expected ';' after struct definition", "ends with a semicolon",
     "2"},
    {"comma_index", "clang++",
     "01_slow_thing/parallel.cpp:3:10: error: type 'kit::Image' does not provide a subscript operator",
     "image(row, column)", "3"},
    {"comma_index", "g++",
     "01_slow_thing/parallel.cpp:3:10: error: no match for 'operator[]' (operand types are 'kit::Image' and "
     "'int')",
     "image(row, column)", "3"},
    {"const_image", "clang++",
     "01_slow_thing/parallel.cpp:3:40: error: cannot assign to return value because function 'operator()' "
     "returns a const value",
     "the image is a copy", "3"},
    {"const_image", "g++",
     "01_slow_thing/parallel.cpp:3:40: error: assignment of read-only location "
     "'image.kit::Image::operator()(0, 0, kit::Line::here(__builtin_LINE()))'",
     "the image is a copy", "3"},
    {"copied_future", "clang++",
     "01_slow_thing/parallel.cpp:4:23: error: call to deleted constructor of 'std::future<void>'",
     "a future can", "4"},
    {"copied_future", "g++",
     "01_slow_thing/parallel.cpp:4:29: error: use of deleted function 'std::future<void>::future(const "
     "std::future<void>&)'",
     "a future can", "4"},
    {"copied_thread", "clang++",
     "In file included from "
     "/usr/bin/../lib/gcc/x86_64-linux-gnu/12/../../../../include/c++/12/system_error:41:\nc++/12/bits/"
     "alloc_traits.h:518:4: error: no matching function for call to 'construct_at'",
     "can't be copied", ""},
    {"copied_thread", "g++",
     "                 from /usr/include/c++/12/system_error:41,\n01_slow_thing/parallel.cpp:5:19:   "
     "required from here\nc++/12/bits/alloc_traits.h:518:28: error: no matching function for call to "
     "'construct_at(std::thread*&, const std::thread&)'",
     "can't be copied", ""},
    {"copied_thread_init", "clang++",
     "01_slow_thing/parallel.cpp:4:18: error: call to deleted constructor of 'std::jthread'", "a thread can",
     "4"},
    {"copied_thread_init", "g++",
     "01_slow_thing/parallel.cpp:4:24: error: use of deleted function 'std::jthread::jthread(const "
     "std::jthread&)'",
     "a thread can", "4"},
    {"copied_thread_loop", "clang++",
     "01_slow_thing/parallel.cpp:4:15: error: call to deleted constructor of 'std::thread'", "a thread can",
     "4"},
    {"copied_thread_loop", "g++",
     "01_slow_thing/parallel.cpp:4:22: error: use of deleted function 'std::thread::thread(const "
     "std::thread&)'",
     "a thread can", "4"},
    {"double_index", "clang++",
     "01_slow_thing/parallel.cpp:3:10: error: type 'kit::Image' does not provide a subscript operator",
     "image(row, column)", "3"},
    {"double_index", "g++",
     "01_slow_thing/parallel.cpp:3:10: error: no match for 'operator[]' (operand types are 'kit::Image' and "
     "'int')",
     "image(row, column)", "3"},
    {"extra_brace", "clang++", "01_slow_thing/parallel.cpp:4:1: error: extraneous closing brace ('}')",
     "one closing brace too many", "4"},
    {"extra_brace", "g++", "01_slow_thing/parallel.cpp:4:1: error: expected declaration before '}' token",
     "one closing brace too many", "4"},
    {"height", "clang++", "01_slow_thing/parallel.cpp:3:20: error: no member named 'height' in 'kit::Image'",
     "no `height`", "3"},
    {"height", "g++",
     "01_slow_thing/parallel.cpp:3:20: error: 'class kit::Image' has no member named 'height'", "no `height`",
     "3"},
    {"member_function_thread", "clang++",
     "01_slow_thing/parallel.cpp:5:24: error: reference to non-static member function must be called",
     "needs its object", "5"},
    {"member_function_thread", "g++",
     "01_slow_thing/parallel.cpp:5:24: error: invalid use of non-static member function 'void W::run(int)'",
     "needs its object", "5"},
    {"missing_capture", "clang++",
     "01_slow_thing/parallel.cpp:3:27: error: variable 'image' cannot be implicitly captured in a lambda "
     "with no capture-default specified",
     "`image`", "3"},
    {"missing_capture", "g++", "01_slow_thing/parallel.cpp:3:27: error: 'image' is not captured", "`image`",
     "3"},
    {"missing_file", "clang++",
     "01_slow_thing/parallel.cpp:1:10: fatal error: 'slow_things.hpp' file not found",
     "no file `slow_things.hpp`", "1"},
    {"missing_file", "g++",
     "01_slow_thing/parallel.cpp:1:10: fatal error: slow_things.hpp: No such file or directory",
     "no file `slow_things.hpp`", "1"},
    {"missing_include", "clang++",
     "01_slow_thing/parallel.cpp:3:10: error: no template named 'map' in namespace 'std'; did you mean "
     "'max'?",
     "std::map isn", "3"},
    {"missing_include", "g++", "01_slow_thing/parallel.cpp:3:10: error: 'map' is not a member of 'std'",
     "std::map isn", "3"},
    {"missing_return_type", "clang++",
     "01_slow_thing/parallel.cpp:2:1: error: C++ requires a type specifier for all declarations",
     "the type is missing", "2"},
    {"missing_return_type", "g++",
     "01_slow_thing/parallel.cpp:2:1: error: ISO C++ forbids declaration of 'parallel_rows' with no type "
     "[-fpermissive]",
     "the type is missing", "2"},
    {"mutex_captured_by_copy", "clang++",
     "01_slow_thing/parallel.cpp:4:28: error: 'this' argument to member function 'lock' has type 'const "
     "std::mutex', but function is not marked const",
     "a mutex can", "4"},
    {"mutex_captured_by_copy", "g++",
     "01_slow_thing/parallel.cpp:4:34: error: passing 'const std::mutex' as 'this' argument discards "
     "qualifiers [-fpermissive]",
     "a mutex can", "4"},
    {"nested_function", "clang++",
     "01_slow_thing/parallel.cpp:3:22: error: function definition is not allowed here", "inside another one",
     "3"},
    {"nested_function", "g++",
     "01_slow_thing/parallel.cpp:3:22: error: a function-definition is not allowed here before '{' token",
     "inside another one", "3"},
    {"no_brace", "clang++", "01_slow_thing/parallel.cpp:4:2: error: expected '}'",
     "a closing brace is missing", "4"},
    {"no_brace", "g++", "01_slow_thing/parallel.cpp:4:2: error: expected '}' at end of input",
     "a closing brace is missing", "4"},
    {"no_header", "clang++",
     "01_slow_thing/parallel.cpp:1:6: error: use of undeclared identifier 'slow_thing'", "isn't included",
     "1"},
    {"no_header", "g++", "01_slow_thing/parallel.cpp:1:6: error: 'slow_thing' has not been declared",
     "isn't included", "1"},
    {"no_semicolon", "clang++", "01_slow_thing/parallel.cpp:3:19: error: expected ';' at end of declaration",
     "a semicolon is missing", ""},
    {"no_semicolon", "g++", "01_slow_thing/parallel.cpp:4:5: error: expected ',' or ';' before 'sum'",
     "a semicolon is missing", ""},
    {"no_std", "clang++",
     "01_slow_thing/parallel.cpp:3:5: error: no template named 'vector'; did you mean 'std::vector'?",
     "write std::vector", "3"},
    {"no_std", "g++", "01_slow_thing/parallel.cpp:3:5: error: 'vector' was not declared in this scope",
     "write std::vector", "3"},
    {"no_std_ref", "clang++",
     "c++/12/bits/std_thread.h:128:2: error: static_assert failed due to requirement '__is_invocable<void "
     "(*)(kit::Image &, unsigned int), kit::Image, unsigned int>::value' \"std::thread arguments must be "
     "invocable after conversion to rvalues\"\n01_slow_thing/parallel.cpp:5:51: note: in instantiation of "
     "function template specialization 'std::vector<std::thread>::emplace_back<void (&)(kit::Image &, "
     "unsigned "
     "int), kit::Image &, unsigned int &>' requested here",
     "std::ref(image)", "5"},
    {"no_std_ref", "g++",
     "01_slow_thing/parallel.cpp:5:61:   required from here\nc++/12/bits/std_thread.h:129:72: error: static "
     "assertion failed: std::thread arguments must be invocable after conversion to rvalues",
     "std::ref(image)", "5"},
    {"no_std_ref_jthread", "clang++",
     "c++/12/thread:235:6: error: static_assert failed due to requirement 'is_invocable_v<void "
     "(*)(kit::Image &, unsigned int), kit::Image, unsigned int>' \"std::jthread arguments must be invocable "
     "after conversion to rvalues\"\n01_slow_thing/parallel.cpp:4:18: note: in instantiation of function "
     "template specialization 'std::jthread::jthread<void (&)(kit::Image &, unsigned int), kit::Image &, "
     "unsigned "
     "int, void>' requested here",
     "std::ref(image)", "4"},
    {"no_std_ref_jthread", "g++",
     "01_slow_thing/parallel.cpp:4:37:   required from here\nc++/12/thread:235:27: error: static assertion "
     "failed: std::jthread arguments must be invocable after conversion to rvalues",
     "std::ref(image)", "4"},
    {"omp", "clang++",
     "01_slow_thing/parallel.cpp:3:5: error: use of undeclared identifier 'omp_set_num_threads'", "no OpenMP",
     "3"},
    {"omp", "g++",
     "01_slow_thing/parallel.cpp:3:5: error: 'omp_set_num_threads' was not declared in this scope",
     "no OpenMP", "3"},
    {"python_for", "clang++", "01_slow_thing/parallel.cpp:3:9: error: expected '(' after 'for'",
     "a round bracket is missing", "3"},
    {"python_for", "g++", "01_slow_thing/parallel.cpp:3:9: error: expected '(' before 'i'",
     "a round bracket is missing", "3"},
    {"return_value", "clang++",
     "01_slow_thing/parallel.cpp:2:20: error: functions that differ only in their return type cannot be "
     "overloaded",
     "result aren", "2"},
    {"return_value", "g++",
     "01_slow_thing/parallel.cpp:2:64: error: 'double slow_thing::parallel(kit::Image&, unsigned int)' "
     "should have been declared inside 'slow_thing'",
     "result aren", "2"},
    {"rows_without_call", "clang++",
     "01_slow_thing/parallel.cpp:3:39: error: reference to non-static member function must be called; did "
     "you mean to call it with no arguments?",
     "image.rows(), image.cols()", "3"},
    {"rows_without_call", "g++",
     "01_slow_thing/parallel.cpp:3:39: error: invalid use of member function 'std::size_t kit::Image::rows() "
     "const' (did you forget the '()' ?)",
     "image.rows(), image.cols()", "3"},
    {"smart_quotes", "clang++", "01_slow_thing/parallel.cpp:3:15: error: unexpected character <U+201C>",
     "typographic quote", "3"},
    {"smart_quotes", "g++",
     "01_slow_thing/parallel.cpp:3:15: error: extended character “ is not valid in an identifier",
     "typographic quote", "3"},
    {"two_definitions", "clang++", "01_slow_thing/parallel.cpp:3:18: error: redefinition of 'parallel'",
     "there twice", "3"},
    {"two_definitions", "g++",
     "01_slow_thing/parallel.cpp:3:6: error: redefinition of 'void slow_thing::parallel(kit::Image&, "
     "unsigned int)'",
     "there twice", "3"},
    {"undeclared", "clang++", "01_slow_thing/parallel.cpp:3:10: error: use of undeclared identifier 'i'",
     "`i` isn", "3"},
    {"undeclared", "g++", "01_slow_thing/parallel.cpp:3:10: error: 'i' was not declared in this scope",
     "`i` isn", "3"},
    {"unknown_member", "clang++",
     "01_slow_thing/parallel.cpp:3:31: error: no member named 'size' in 'kit::Image'", "no `size`", "3"},
    {"unknown_member", "g++",
     "01_slow_thing/parallel.cpp:3:31: error: 'class kit::Image' has no member named 'size'", "no `size`",
     "3"},
    {"wrong_parameters", "clang++",
     "01_slow_thing/parallel.cpp:2:18: error: out-of-line definition of 'parallel' does not match any "
     "declaration in namespace 'slow_thing'",
     "unsigned threads", "2"},
    {"wrong_parameters", "g++",
     "01_slow_thing/parallel.cpp:2:44: error: 'void slow_thing::parallel(kit::Image&)' should have been "
     "declared inside 'slow_thing'",
     "unsigned threads", "2"},
    {"wrong_parameters_int", "clang++",
     "01_slow_thing/parallel.cpp:2:18: error: out-of-line definition of 'parallel' does not match any "
     "declaration in namespace 'slow_thing'",
     "unsigned threads", "2"},
    {"wrong_parameters_int", "g++",
     "01_slow_thing/parallel.cpp:2:57: error: 'void slow_thing::parallel(kit::Image&, int)' should have been "
     "declared inside 'slow_thing'",
     "unsigned threads", "2"},
};

TEST(CompileErrors, are_told_in_a_sentence_for_both_compilers) {
    const CompileErrors errors(KIT_DIR "/lessons/kit/compiler_errors.toml");
    for (const Said& said : all_said) {
        const std::string sentence = errors.in_words(said.diagnostics, file);
        EXPECT_THAT(sentence, HasSubstr(said.wanted)) << said.mistake << ", " << said.compiler;
        if (*said.line == '\0') continue;
        EXPECT_THAT(sentence, StartsWith(std::string("line ") + said.line + ": "))
            << said.mistake << ", " << said.compiler;
    }
}

TEST(CompileErrors, are_silent_about_what_no_rule_knows) {
    const CompileErrors errors(KIT_DIR "/lessons/kit/compiler_errors.toml");
    EXPECT_THAT(errors.in_words("x.cpp:1:1: error: something new", file), IsEmpty());
    EXPECT_THAT(errors.in_words("x.cpp:1:1: warning: 'i' was not declared in this scope", file), IsEmpty());
    EXPECT_THAT(errors.in_words("", file), IsEmpty());
    EXPECT_THAT(errors.in_words(std::string(1 << 20, '('), file), IsEmpty());
}

TEST(CompileErrors, have_rules_that_may_be_missing_but_not_wrong) {
    const TemporaryFolder folder;
    EXPECT_THAT(CompileErrors(folder / "none.toml").in_words("error: x", file), IsEmpty());
    for (const char* wrong :
         {"[[error]]\nmatches = ['(']\nsays = 'x'\n", "[[error]]\nsays = 'x'\n", "x = 1\n", "["})
        EXPECT_THROW(CompileErrors(folder.write("rules.toml", wrong)), Error) << wrong;
    const CompileErrors own(
        folder.write("rules.toml", "[[error]]\nmatches = ['no (.*)!']\nsays = 'a $1 is missing'\n"));
    EXPECT_EQ(own.in_words("01_slow_thing/parallel.cpp:7:1: error: no tea!", file),
              "line 7: a tea is missing");
}

}  // namespace
}  // namespace grader
