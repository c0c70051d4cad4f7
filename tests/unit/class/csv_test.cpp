#include "class/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace grader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

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
    const auto message = [](const char* text) -> std::string {
        try {
            read_csv(text, "r.csv", {"name", "id"});
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ExitCode::usage);
            return error.what();
        }
        return "no error";
    };
    EXPECT_THAT(message(""), HasSubstr("r.csv:1: there is no column 'name'"));
    EXPECT_THAT(message("name;id\n"), HasSubstr("r.csv:1: there is no column 'name'"));
    EXPECT_THAT(message("name,id\na,b\nc,d,e\n"), HasSubstr("r.csv:3: 3 fields"));
    EXPECT_THAT(message("name,id\n\"a,b\n"), HasSubstr("r.csv:2: a quoted field isn't closed"));
}

}  // namespace
}  // namespace grader
