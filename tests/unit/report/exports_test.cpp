#include "report/exports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "temporary_folder.hpp"

namespace grader {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

Result result_of(const std::string& message) {
    Result result;
    result.seed = 7;
    result.submission = "mine";
    result.isolation = "sandbox";
    Lesson& lesson = result.lessons.emplace_back();
    lesson.name = "toy";
    lesson.folder = "01_toy";
    const std::pair<const char*, Verdict> versions[] = {
        {"serial", Verdict::pass}, {"parallel", Verdict::wrong}, {"optimized", Verdict::not_started}};
    for (const auto& [name, verdict] : versions) {
        Graded& graded = result.versions.emplace_back();
        graded.lesson = "toy";
        graded.version = name;
        graded.verdict = verdict;
        graded.max_score = 30;
        graded.score = verdict == Verdict::pass ? 30 : 0;
        if (verdict == Verdict::wrong) graded.message = message;
        if (verdict == Verdict::pass) graded.took_s = 1.5;
    }
    return result;
}

const std::string hostile = "<b>&\"' ]]> ::error:: %0A | `x` =1\x1b[31m\nsecond line";

TEST(JunitXml, has_a_case_for_each_version) {
    const std::string xml = junit_xml(result_of("pixel (0, 0) is 1, expected 2"));
    EXPECT_THAT(xml, HasSubstr("<testsuite name=\"toy (mine)\" tests=\"3\" failures=\"1\" errors=\"0\" "
                               "skipped=\"1\" time=\"1.500\">"));
    EXPECT_THAT(xml, HasSubstr("<testcase classname=\"toy\" name=\"serial\" time=\"1.500\">"));
    EXPECT_THAT(xml, HasSubstr("<failure type=\"wrong\" message=\"pixel (0, 0) is 1, expected 2\">"));
    EXPECT_THAT(xml, HasSubstr("<skipped message=\"not started\"/>"));
}

TEST(JunitXml, says_whose_suites_they_are_but_not_where) {
    Result result = result_of("");
    for (const char* path : {"/home/lecturer/class/submissions/ada", "ada/", "./x/../ada"}) {
        result.submission = path;
        EXPECT_THAT(junit_xml(result), HasSubstr("<testsuite name=\"toy (ada)\"")) << path;
        EXPECT_THAT(junit_xml(result), Not(HasSubstr("lecturer")));
    }
    for (const char* path : {"lessons", "../kit/lessons/", ".", ".."}) {
        result.submission = path;
        EXPECT_THAT(junit_xml(result), HasSubstr("<testsuite name=\"toy\"")) << path;
    }
}

TEST(JunitXml, holds_hostile_texts_as_text) {
    const std::string xml = junit_xml(result_of(hostile));
    EXPECT_THAT(xml, Not(HasSubstr("<b>")));
    EXPECT_THAT(xml, Not(HasSubstr("]]>")));
    EXPECT_THAT(xml, Not(HasSubstr("\x1b")));
}

TEST(GradescopeJson, has_the_score_and_a_test_for_each_version) {
    const json document = json::parse(gradescope_json(result_of(hostile)));
    EXPECT_EQ(document.at("score"), 30.0);
    ASSERT_EQ(document.at("tests").size(), 3U);
    EXPECT_EQ(document.at("tests")[0].at("status"), "passed");
    EXPECT_EQ(document.at("tests")[1].at("status"), "failed");
    EXPECT_EQ(document.at("tests")[1].at("output_format"), "text");
    EXPECT_EQ(document.at("tests")[0].at("max_score"), 30.0);
    EXPECT_EQ(document.at("leaderboard")[0].at("name"), "Score");
}

TEST(GradescopeJson, hides_a_test_with_the_flags_until_the_instructor_has_looked) {
    Result flagged = result_of("");
    flagged.versions[1].flags = {"work_inflated"};
    const json last = json::parse(gradescope_json(flagged)).at("tests").back();
    EXPECT_EQ(last.at("visibility"), "hidden");
    EXPECT_EQ(last.at("max_score"), 0);
    EXPECT_EQ(last.at("output"), "toy::parallel: work_inflated\n");
}

TEST(Classroom50Json, has_whole_numbers) {
    const json document = json::parse(classroom50_json(result_of("")));
    EXPECT_EQ(document.at("schema"), "classroom50/result/v1");
    EXPECT_TRUE(document.at("score").is_number_integer());
    EXPECT_EQ(document.at("max-score"), 90);
    EXPECT_EQ(document.at("tests")[0].at("passed"), true);
}

TEST(GithubAnnotations, are_one_line_for_each_failure) {
    const std::string text = github_annotations(result_of(hostile), "");
    EXPECT_THAT(text, testing::StartsWith("::error title=toy%3A%3Aparallel%3A wrong::"));
    EXPECT_EQ(std::ranges::count(text, '\n'), 1);
    EXPECT_THAT(text, HasSubstr("%250A"));
    EXPECT_THAT(text, HasSubstr("%0Asecond line"));
}

TEST(GithubAnnotations, name_the_file_as_it_is_called_in_the_workspace) {
    namespace fs = std::filesystem;
    const TemporaryFolder workspace;
    const TemporaryFolder elsewhere;
    Result result = result_of("");
    for (const fs::path& folder : {workspace.path() / "ada, 1", elsewhere.path() / "ada, 1"}) {
        fs::create_directories(folder / "01_toy");
        std::ofstream(folder / "01_toy/parallel.cpp") << "// wrong\n";
    }
    result.submission = workspace.path() / "ada, 1/";
    EXPECT_THAT(github_annotations(result, workspace.path()),
                testing::StartsWith("::error file=ada%2C 1/01_toy/parallel.cpp,title=toy"));
    result.submission = elsewhere.path() / "ada, 1";
    EXPECT_THAT(github_annotations(result, workspace.path()), testing::StartsWith("::error title=toy"));
    result.submission = workspace.path() / "ada.zip";  // its files are in no workspace
    EXPECT_THAT(github_annotations(result, workspace.path()), testing::StartsWith("::error title=toy"));
}

TEST(GithubSummary, is_a_table_that_no_text_breaks) {
    const std::string text = github_summary(result_of(hostile));
    EXPECT_THAT(text, HasSubstr("30.0 of 100 points"));
    EXPECT_THAT(text, HasSubstr("&lt;b&gt;&amp;"));
    EXPECT_THAT(text, HasSubstr("\\| \\`x\\`"));
    EXPECT_EQ(std::ranges::count(text, '\n'), 7);
}

}  // namespace
}  // namespace grader
