#include "diagnose/mistake_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "temporary_folder.hpp"

namespace grader {
namespace {

using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string good_head =
    "// It is\n// wrong.\n//\n// Hint: Think\n// about it.\n//\n// Evidence: answers\n#include "
    "\"toy.hpp\"\n// A remark.\n";

TEST(ReadMistakes, takes_explanation_hint_and_evidence_from_the_head_comment) {
    const TemporaryFolder folder;
    folder.write("off_by_one-last_row.cpp", good_head);
    folder.write("off_by_one.cpp", good_head);
    folder.write("notes.md", "no mistake");
    const auto mistakes = read_mistakes(folder.path());
    ASSERT_EQ(mistakes.size(), 2U);
    EXPECT_EQ(mistakes[0].file, "mistakes/off_by_one.cpp");
    EXPECT_EQ(mistakes[1].file, "mistakes/off_by_one-last_row.cpp");
    for (const Mistake& mistake : mistakes) {
        EXPECT_EQ(mistake.name, "off_by_one");
        EXPECT_EQ(mistake.explanation, "It is wrong.");
        EXPECT_EQ(mistake.hint, "Think about it.");
        EXPECT_EQ(mistake.evidence, grader::Symptom::answers);
    }
}

TEST(ReadMistakes, names_the_file_whose_head_comment_lacks_something) {
    const TemporaryFolder folder;
    folder.write("silent.cpp", "// It is wrong.\n//\n// Evidence: answers\n");
    try {
        read_mistakes(folder.path());
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::lesson);
        EXPECT_THAT(error.what(), HasSubstr("silent.cpp"));
    }
}

TEST(ReadMistakes, finds_none_where_there_is_no_folder) {
    EXPECT_THAT(read_mistakes("/nowhere"), IsEmpty());
}

Answer pixels(double first) {
    return {{first, 2, 3}, {}};
}

Mistake known(const std::string& name, const std::string& version, std::vector<Answer> answers) {
    return {.name = name,
            .file = {},
            .explanation = {},
            .hint = {},
            .evidence = grader::Symptom::answers,
            .answers = {{version, std::move(answers)}}};
}

TEST(FindByAnswers, names_the_only_mistake_that_fits_all_of_them) {
    const std::vector<Answer> first{pixels(1), pixels(2), pixels(3)};
    const std::vector<Answer> second{pixels(1), pixels(2), pixels(4)};
    const std::vector<Mistake> mistakes{known("a", "serial", first), known("b", "serial", second)};
    ASSERT_NE(find_by_answers(mistakes, "serial", second), nullptr);
    EXPECT_EQ(find_by_answers(mistakes, "serial", second)->name, "b");
    EXPECT_EQ(find_by_answers(mistakes, "serial", {pixels(1), pixels(2), pixels(5)}), nullptr);
    EXPECT_EQ(find_by_answers(mistakes, "serial", {pixels(1), pixels(2)}), nullptr) << "one answer fewer";
}

TEST(FindByAnswers, takes_another_version_of_a_mistake_that_lacks_this_one) {
    const std::vector<Answer> answers{pixels(1), pixels(2), pixels(3)};
    EXPECT_NE(find_by_answers({known("a", "serial", answers)}, "parallel", answers), nullptr);
}

TEST(FindByAnswers, claims_none_of_two) {
    const std::vector<Answer> answers{pixels(1), pixels(2), pixels(3)};
    EXPECT_EQ(
        find_by_answers({known("a", "serial", answers), known("b", "serial", answers)}, "serial", answers),
        nullptr);
    EXPECT_NE(
        find_by_answers({known("a", "serial", answers), known("a", "serial", answers)}, "serial", answers),
        nullptr)
        << "two ways to make one mistake";
}

TEST(FindByAnswers, claims_none_when_failing_is_all_that_they_have_in_common) {
    const Answer failed{{}, "failed"};
    const std::vector<Answer> answers{failed, failed, failed, pixels(1)};
    EXPECT_EQ(find_by_answers({known("a", "serial", answers)}, "serial", answers), nullptr);
    const Answer outside{{}, "pixel (5, 0) is outside of the image, which has 5 rows and 4 columns"};
    const std::vector<Answer> telling{outside, outside, outside};
    EXPECT_NE(find_by_answers({known("a", "serial", telling)}, "serial", telling), nullptr);
}

}  // namespace
}  // namespace grader
