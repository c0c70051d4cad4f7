#include "base/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace grader {
namespace {

using namespace std::string_literals;

const std::string bad = "\xEF\xBF\xBD";  // U+FFFD

TEST(Printable, keeps_text_in_any_language) {
    for (const std::string text : {"", "plain", "48×48 µs Größe", "日本語", "🎉", "\xEF\xBF\xBD", "\xC2\xA0"})
        EXPECT_EQ(printable(text), text) << text;
}

TEST(Printable, replaces_every_control_character) {
    for (int c = 0; c < 0x20; ++c)
        EXPECT_EQ(printable("a"s + static_cast<char>(c) + "b"), "a" + bad + "b") << c;
    EXPECT_EQ(printable("\x7F"), bad);
    EXPECT_EQ(printable("\x1B[31mred\x1B[0m"), bad + "[31mred" + bad + "[0m");
    EXPECT_EQ(printable("line\r\n"), "line" + bad + bad);
}

TEST(Printable, replaces_the_controls_that_unicode_adds) {
    EXPECT_EQ(printable("\xC2\x80"), bad + bad) << "first of C1";
    EXPECT_EQ(printable("\xC2\x9B"
                        "31m"),
              bad + bad + "31m")
        << "CSI in one character";
    EXPECT_EQ(printable("\xC2\x9F"), bad + bad) << "last of C1";
}

TEST(Printable, keeps_newline_and_tab_only_if_told_to) {
    EXPECT_EQ(printable("a\n\tb", true), "a\n\tb");
    EXPECT_EQ(printable("a\n\tb"), "a" + bad + bad + "b");
    EXPECT_EQ(printable("a\r\v\f\x1B\0b"s, true), "a" + bad + bad + bad + bad + bad + "b");
}

TEST(Printable, replaces_each_byte_that_is_not_utf_8) {
    const std::pair<std::string, int> cases[] = {
        {"\x80", 1},              // a continuation alone
        {"\xFF", 1},              // never in UTF-8
        {"\xC0\xAF", 2},          // '/' overlong, in two bytes
        {"\xC1\xBF", 2},          // overlong
        {"\xE0\x80\xAF", 3},      // '/' overlong, in three bytes
        {"\xE0\x9F\xBF", 3},      // overlong
        {"\xF0\x80\x80\xAF", 4},  // '/' overlong, in four bytes
        {"\xF0\x8F\xBF\xBF", 4},  // overlong
        {"\xED\xA0\x80", 3},      // the first surrogate
        {"\xED\xBF\xBF", 3},      // the last one
        {"\xF4\x90\x80\x80", 4},  // beyond U+10FFFF
        {"\xF5\x80\x80\x80", 4},  // beyond every plane
        {"\xC3", 1},              // cut short
        {"\xE2\x82", 2},          // cut short
        {"\xF0\x9F\x8E", 3},      // cut short
    };
    for (const auto& [bytes, offenders] : cases) {
        std::string expected = "<";
        for (int i = 0; i < offenders; ++i) expected += bad;
        EXPECT_EQ(printable("<" + bytes + ">"), expected + ">") << testing::PrintToString(bytes);
        expected.erase(0, 1);
        EXPECT_EQ(printable(bytes), expected) << testing::PrintToString(bytes) << " at the end";
    }
}

TEST(Printable, keeps_the_neighbours_of_what_is_not_utf_8) {
    EXPECT_EQ(printable("\xED\x9F\xBF"), "\xED\x9F\xBF") << "U+D7FF";
    EXPECT_EQ(printable("\xEE\x80\x80"), "\xEE\x80\x80") << "U+E000";
    EXPECT_EQ(printable("\xF4\x8F\xBF\xBF"), "\xF4\x8F\xBF\xBF") << "U+10FFFF";
    EXPECT_EQ(printable("\xF0\x90\x80\x80"), "\xF0\x90\x80\x80") << "U+10000";
    EXPECT_EQ(printable("\xC3(\xC3\xA9"), bad + "(é") << "a sequence that breaks off";
}

TEST(Printable, replaces_what_turns_text_around) {
    for (const char* character :
         {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"})
        EXPECT_EQ(printable("a"s + character + "b"), "a" + bad + bad + bad + "b")
            << testing::PrintToString(std::string(character));
    EXPECT_EQ(printable("\u2029\u202F\u2065\u206A"), "\u2029\u202F\u2065\u206A") << "their neighbours";
}

TEST(FirstLines, keeps_a_short_text_as_it_is) {
    EXPECT_EQ(first_lines("", 3), "");
    EXPECT_EQ(first_lines("one", 3), "one");
    EXPECT_EQ(first_lines("one\ntwo\nthree\n", 3), "one\ntwo\nthree\n");
}

TEST(FirstLines, says_that_there_was_more) {
    EXPECT_EQ(first_lines("one\ntwo\nthree", 2), "one\ntwo\n(and more)");
    EXPECT_EQ(first_lines("\n\n\n", 2), "\n\n(and more)");
    EXPECT_EQ(first_lines("one", 0), "\n(and more)");
}

TEST(FirstLines, cuts_a_long_line) {
    EXPECT_EQ(first_lines("0123456789", 3, 4), "0123\n(and more)");
    EXPECT_EQ(first_lines("0123", 3, 4), "0123");
}

TEST(CountOf, is_plural_for_all_but_one) {
    EXPECT_EQ(count_of(0, "pixel"), "0 pixels");
    EXPECT_EQ(count_of(1, "pixel"), "1 pixel");
    EXPECT_EQ(count_of(2, "pixel"), "2 pixels");
}

// tests/python/test_words.py has the same cases, also for factors, since the pages show the same text.
TEST(ADuration, has_three_digits_and_a_unit_that_fits) {
    const std::pair<double, const char*> cases[] = {
        {0, "0.00 ns"},        {1.234e-10, "0.12 ns"}, {1e-9, "1.00 ns"},     {9.994e-9, "9.99 ns"},
        {9.996e-9, "10.0 ns"}, {99.94e-9, "99.9 ns"},  {99.96e-9, "100 ns"},  {999.4e-9, "999 ns"},
        {999.6e-9, "1.00 µs"}, {1e-6, "1.00 µs"},      {12.34e-6, "12.3 µs"}, {999.4e-6, "999 µs"},
        {999.6e-6, "1.00 ms"}, {8.31e-3, "8.31 ms"},   {123.4e-3, "123 ms"},  {0.9994, "999 ms"},
        {0.9996, "1.00 s"},    {1, "1.00 s"},          {59.94, "59.9 s"},     {3600, "3600 s"},
    };
    for (const auto& [seconds, text] : cases) EXPECT_EQ(duration(seconds), text) << seconds;
}

TEST(Text, factors_have_three_digits_and_no_exponent) {
    const std::vector<std::pair<double, std::string>> cases = {
        {0.978, "0.98×"},
        {1, "1.00×"},
        {9.994, "9.99×"},
        {9.996, "10.0×"},
        {99.94, "99.9×"},
        {99.96, "100×"},
        {999.6, "1\u202F000×"},
        {135'700, "136\u202F000×"},
        {1'234'567, "1\u202F230\u202F000×"},
    };
    for (const auto& [times, text] : cases) EXPECT_EQ(factor(times), text) << times;
}

}  // namespace
}  // namespace grader
