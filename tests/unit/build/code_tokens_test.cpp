#include "build/code_tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grader {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> words(const std::vector<Token>& tokens) {
    std::vector<std::string> result;
    for (const Token& token : tokens) result.push_back(token.text);
    return result;
}

std::vector<std::string> words_of_expansion(std::string_view text, std::string_view path) {
    return words(tokens_of_expansion(text, path).value());
}

TEST(TokensOfText, are_told_from_what_literals_hold) {
    EXPECT_THAT(words(tokens_of_text("f(\"asm \\\" asm\", 'a', u8\"asm\");")),
                ElementsAre("f", "(", "\"asm \\\" asm\"", ",", "'a'", ",", "u8\"asm\"", ")", ";"));
    EXPECT_THAT(words(tokens_of_text("1'000'000 asm 1e+5 0x1p-3f")),
                ElementsAre("1'000'000", "asm", "1e+5", "0x1p-3f"));
    EXPECT_THAT(words(tokens_of_text("R\"x(a )\" \n# 1 \"b\" 1\n)x\" asm")),
                ElementsAre("R\"x(a )\" \n# 1 \"b\" 1\n)x\"", "asm"));
    EXPECT_THAT(words(tokens_of_text("a ## b %:%: c")), ElementsAre("a", "##", "b", "##", "c"));
}

TEST(TokensOfText, end_with_the_text_whatever_is_missing) {
    for (const char* text : {"\"", "'", "R\"", "R\"(", "R\"x(", "L'", "a\\", "\"\\", "# 1", "# 1 \"", "# "})
        EXPECT_NO_THROW(tokens_of_text(text)) << text;
    EXPECT_THAT(tokens_of_text(""), IsEmpty());
    EXPECT_THAT(words(tokens_of_text("it's\nasm")), ElementsAre("it", "'s", "asm"));
}

TEST(TokensOfText, have_line_markers_of_their_own) {
    EXPECT_THAT(words(tokens_of_text("# 1 \"a.cpp\"\n# 1 \"b\" 1\n")), ElementsAre(line_marker_token));
    EXPECT_THAT(words(tokens_of_text("# 1 \"a.cpp\"\n %: 1\n")), ElementsAre("#", line_marker_token));
}

TEST(TokensOfText, know_their_lines) {
    const auto tokens = tokens_of_text("# 1 \"a.cpp\"\na\n\nb\n# 20 \"a.cpp\"\nc R\"(\n)\" d");
    EXPECT_EQ(tokens.at(0).line, 1);
    EXPECT_EQ(tokens.at(1).line, 3);
    EXPECT_EQ(tokens.at(2).line, 20);
    EXPECT_EQ(tokens.at(4).line, 21);
}

TEST(TokensOfADump, are_its_names_and_what_makes_names) {
    const auto tokens = tokens_of_dump(
        "comment '/* a\nb */'\t [StartOfLine]\tLoc=<l/a.cpp:1:1>\n"
        "hash '#'\t\tLoc=<l/a.cpp:2:6>\n"
        "unknown ' '\t\tLoc=<l/a.cpp:2:7>\n"
        "numeric_constant '1'\t\tLoc=<l/a.cpp:2:8>\n"
        "string_literal '\"asm\"'\t [StartOfLine]\tLoc=<l/a.cpp:3:1>\n"
        "raw_identifier 'asm'\t [LeadingSpace] [UnClean='as\\\nm']\tLoc=<l/a.cpp:4:1>\n"
        "hashhash '##'\t\tLoc=<l/a.cpp:6:7>\n"
        "numeric_constant '1'\t\tLoc=<l/a.cpp:7:8>\n");
    EXPECT_THAT(words(tokens), ElementsAre(line_marker_token, "asm", "##"));
    EXPECT_EQ(tokens.at(0).line, 2);
    EXPECT_EQ(tokens.at(1).line, 4);
    EXPECT_THAT(tokens_of_dump("raw_identifier '"), ElementsAre(testing::Field(&Token::text, "")));
}

TEST(TokensOfAnExpansion, are_the_files_own) {
    const std::string text =
        "# 0 \"l/a.cpp\"\n# 1 \"prelude.hpp\" 1\nbefore\n# 1 \"l/a.cpp\"\none\n# 1 \"b.hpp\" 1\ntwo\n"
        "# 1 \"c.hpp\" 1\nthree\n# 2 \"b.hpp\" 2\nfour\n# 3 \"l/a.cpp\" 2\nfive\n";
    EXPECT_THAT(words_of_expansion(text, "l/a.cpp"), ElementsAre("one", "five"));
    EXPECT_FALSE(tokens_of_expansion(text, "l/b.cpp"));
    EXPECT_THAT(
        words_of_expansion("\n# 1 \"l/a.cpp\"\n# 1 \"/proc/self/cwd/l/a.cpp\" 1\nhidden\n", "l/a.cpp"),
        ElementsAre(line_marker_token));
}

TEST(JoinedLines, are_as_many_as_before) {
    EXPECT_EQ(joined_lines("a\\\nb\nc"), "ab\n\nc");
    EXPECT_EQ(joined_lines("a\\ \t\r\nb\\\nc\nd\n"), "abc\n\n\nd\n");
    EXPECT_EQ(joined_lines("a \\ b\n\\"), "a \\ b\n\\");
}

}  // namespace
}  // namespace grader
