#include "class/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace grader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

/// A literal with zeros in it.
template <std::size_t n>
std::string as_bytes(const char (&text)[n]) {
    return {text, n - 1};
}

TEST(CsvField, is_quoted_where_it_must_be) {
    EXPECT_EQ(csv_field("Ada"), "Ada");
    EXPECT_EQ(csv_field("Lovelace, Ada"), "\"Lovelace, Ada\"");
    EXPECT_EQ(csv_field("the \"Countess\""), "\"the \"\"Countess\"\"\"");
}

TEST(CsvField, is_never_a_formula_nor_two_lines) {
    for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)"})
        EXPECT_EQ(csv_field(formula)[0], '\'') << formula;
    EXPECT_EQ(csv_field("a\nb").find('\n'), std::string::npos);
    EXPECT_EQ(csv_field("a\rb").find('\r'), std::string::npos);
}

TEST(CsvRow, ends_with_a_line_end) {
    EXPECT_EQ(csv_row({"a", "b,c", ""}), "a,\"b,c\",\r\n");
}

TEST(ReadCsv, gives_each_field_by_its_column) {
    const auto rows = read_csv("\xEF\xBB\xBFName,ID\r\n\"Lovelace, Ada\",1\r\n\r\n  Bo  ,\"a \"\"b\"\"\"\n",
                               "r.csv", {"name", "id"});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_THAT(rows[0], ElementsAre(Pair("id", "1"), Pair("name", "Lovelace, Ada")));
    EXPECT_THAT(rows[1], ElementsAre(Pair("id", "a \"b\""), Pair("name", "Bo")));
}

TEST(ReadCsv, reads_what_csv_row_writes) {
    const auto rows =
        read_csv(csv_row({"name", "id"}) + csv_row({"a \"b\", c", "x"}), "r.csv", {"name", "id"});
    EXPECT_EQ(rows.at(0).at("name"), "a \"b\", c");
}

TEST(ReadCsv, leaves_missing_fields_empty) {
    EXPECT_EQ(read_csv("a,b\n1\n", "r.csv", {"a"}).at(0).at("b"), "");
}

TEST(ReadCsv, names_file_and_line_of_what_is_wrong) {
    const auto message = [](const std::string& text) -> std::string {
        try {
            read_csv(text, "r.csv", {"name", "id"});
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ExitCode::usage);
            return error.what();
        }
        return "no error";
    };
    EXPECT_THAT(message(""), HasSubstr("r.csv:1: there is no column 'name'"));
    EXPECT_THAT(message("surname;id\n"), HasSubstr("r.csv:1: there is no column 'name'"));
    EXPECT_THAT(message("name,id\na,b\nc,d,e\n"), HasSubstr("r.csv:3: 3 fields"));
    EXPECT_THAT(message("name,id\r\n\r\na,b\r\nc,d,e\r\n"), HasSubstr("r.csv:4: 3 fields"));
    EXPECT_THAT(message("name;id\n\"a\nb\";c\nd;e;f\n"), HasSubstr("r.csv:4: 3 fields"));
    EXPECT_THAT(message("name,id\n\"a,b\n"), HasSubstr("r.csv:2: a quoted field isn't closed"));
    EXPECT_THAT(message("\xFF\xFEn"), HasSubstr("r.csv:1: it begins like UTF-16 but isn't"));
    EXPECT_THAT(message(as_bytes("\xFE\xFF\xDC\x00")), HasSubstr("r.csv:1: it begins like UTF-16 but isn't"));
}

TEST(ReadCsv, knows_commas_semicolons_and_tabs) {
    for (const char* text :
         {"name,id\nA;B,1\n", "name;id\nA;1\n", "name\tid\nA, B\t1\n", "\"na;me\",id\nA,1\n"})
        EXPECT_EQ(read_csv(text, "r.csv", {"id"}).at(0).at("id"), "1") << text;
}

TEST(ReadCsv, knows_the_line_ends_of_every_system) {
    for (const char* text : {"id,name\n1,A\n2,B", "id,name\r\n1,A\r\n2,B\r\n", "id,name\r1,A\r2,B\r"})
        EXPECT_EQ(read_csv(text, "r.csv", {"id"}).at(1).at("name"), "B") << text;
}

TEST(ReadCsv, knows_the_unicode_text_of_spreadsheets) {
    const std::string little = as_bytes("\xFF\xFEi\0d\0\t\0n\0\n\0001\0\t\0\xE9\0\x3D\xD8\x00\xDE");
    const auto rows = read_csv(little, "r.csv", {"id"});
    EXPECT_EQ(rows.at(0).at("n"), "\xC3\xA9\xF0\x9F\x98\x80");
    EXPECT_EQ(read_csv(as_bytes("\xFE\xFF\0i\0d\0\n\0001"), "r.csv", {"id"}).at(0).at("id"), "1");
}

TEST(Table, is_written_back_byte_for_byte) {
    const std::string files[] = {
        "",
        "\n",
        "a,b",
        "\xEF\xBB\xBF\"a\";b ;  c\r\n\r\n\"1 \"\"x\"\"\n2\";;\n",
        "a\tb\r\"c\"d\t\re\"f\t\"\"",
        as_bytes("\xFF\xFEi\0d\0\r\0\n\0001\0\x3D\xD8\x00\xDE"),
        as_bytes("\xFE\xFF\0i\x20\xAC\0\n"),
        "caf\xE9,\0x\n",  // neither UTF-8 nor text
    };
    for (const std::string& bytes : files) EXPECT_EQ(Table(bytes, "t.csv").bytes(), bytes);
}

TEST(Table, changes_only_the_cells_that_are_set) {
    Table table("\"id\";\"points\"\r\n  7 ;\"12,5\"\r\n8;\r\n", "t.csv");
    ASSERT_EQ(table.rows(), 3U);
    EXPECT_EQ(table.at(1, 0), "7");
    EXPECT_EQ(table.at(1, 1), "12,5");
    EXPECT_EQ(table.at(1, 2), "") << "no such column";
    table.set(1, 1, "17,25");
    table.set(2, 1, "a;\"b\"");
    EXPECT_EQ(table.at(1, 1), "17,25");
    EXPECT_EQ(table.bytes(), "\"id\";\"points\"\r\n  7 ;17,25\r\n8;\"a;\"\"b\"\"\"\r\n");
}

}  // namespace
}  // namespace grader
