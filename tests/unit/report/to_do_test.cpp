#include "report/to_do.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/in_words.hpp"

namespace {

using grader::Graded;
using grader::Verdict;

Graded version(const char* name, std::optional<Verdict> verdict, double score, bool reused = false) {
    Graded graded;
    graded.lesson = "toy";
    graded.version = name;
    graded.verdict = verdict;
    graded.score = score;
    graded.max_score = 10;
    graded.reused = reused;
    return graded;
}

std::vector<std::string> labels(const grader::Result& result) {
    std::vector<std::string> names;
    for (const Graded* graded : to_do(result)) names.push_back(label(*graded));
    return names;
}

TEST(ToDo, what_was_just_written_comes_first_then_the_next_stub_then_what_was_done_before) {
    grader::Result result;
    result.versions = {version("kept", Verdict::pass, 8, true), version("stub", Verdict::not_started, 0),
                       version("slow", Verdict::pass, 8),       version("full", Verdict::pass, 10),
                       version("racy", Verdict::race, 3),       version("ungraded", std::nullopt, 0)};
    EXPECT_THAT(labels(result),
                testing::ElementsAre("toy::racy", "toy::slow", "toy::stub", "toy::ungraded", "toy::kept"));
}

TEST(ToDo, is_empty_where_all_points_are_earned) {
    grader::Result result;
    result.versions = {version("full", Verdict::pass, 10), version("rounded", Verdict::pass, 10 - 1e-9)};
    EXPECT_THAT(labels(result), testing::IsEmpty());
}

}  // namespace
