#include "report/result_json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "../schema.hpp"
#include "base/files.hpp"

namespace {

using nlohmann::json;

grader::Graded full_version() {
    grader::Graded graded;
    graded.lesson = "toy";
    graded.version = "parallel";
    graded.verdict = grader::Verdict::wrong;
    graded.score = 4;
    graded.max_score = 20;
    graded.graded_at = "2026-11-23T10:00:00Z";
    graded.seed = (1ULL << 53) - 1;
    graded.flags = {"race_not_checked"};
    graded.diagnosis = "work_removed";
    graded.message = "pixel (1, 0) is 0, expected 17.";
    graded.next = "Look.";
    graded.details = "<script>\x1b[31m \xFF $\\frac$ </svg>";
    graded.output = std::string("\0zero", 5);
    graded.rubric = {{"right answers", 4, 8}, {"speed", 0, 12}};
    grader::Check check;
    check.flavour = grader::Flavour::tsan;
    check.at = {{2, 1}, 3, 42};
    check.outcome = grader::Verdict::wrong;
    check.message = "m";
    graded.checks = {check};
    graded.mismatch = grader::Mismatch{grader::Flavour::timed,
                                       {{2, 1}, 3, 42},
                                       1,
                                       1,
                                       {1.5, 2},
                                       {1.5, std::numeric_limits<double>::quiet_NaN()}};
    graded.measured.sweep = {{{10, 10}, 1, 1, 8.3e-3, 8.2e-3, 8.5e-3, 8.3e-3}};
    graded.measured.exponent = grader::ExponentFit{1, 0.9, 1.1, 0, 8e-5};
    graded.measured.ratio = grader::Interval{1, 0.9, 1.1};
    grader::Speedup& speedup = graded.measured.speedup.emplace_back();
    speedup.threads = 2;
    speedup.predicted = grader::Interval{1.95, 1.9, 1.95};
    speedup.wall = grader::Interval{1.9, 1.8, 2.0};
    speedup.runnable = 1.97;
    speedup.inflation = 1.01;
    speedup.best.work_s = 0.19;
    speedup.best.span_s = 0.1;
    graded.scaling = "What limits it: nothing.";
    graded.stated_exponent = 1;
    graded.baseline = "serial";
    graded.ratio_shape = {20, 20};
    return graded;
}

grader::Result result_with(std::vector<grader::Graded> versions) {
    grader::Lesson lesson;
    lesson.name = "toy";
    lesson.folder = "01_toy";
    lesson.title = "A toy";
    return {.seed = 7,
            .graded_at = "2026-11-23T10:00:00Z",
            .submission = "folder\nwith a newline",
            .machine = {"cpu", 2, 1024, "os", "g++", {{"timed", "-O3"}}},
            .isolation = "limits",
            .lessons = {lesson},
            .versions = std::move(versions)};
}

TEST(ResultJson, FulfilsItsSchema) {
    grader::Graded nothing_known;
    nothing_known.lesson = "toy";
    nothing_known.version = "serial";
    EXPECT_EQ(schema_errors(to_json(result_with({full_version(), nothing_known}))), "");
}

TEST(ResultJson, TheSchemaRefusesWhatItDoesNotKnow) {
    json document = json::parse(to_json(result_with({full_version()})));
    document["versions"][0]["verdict"] = "perfect";
    EXPECT_NE(schema_errors(document.dump()), "");
    document = json::parse(to_json(result_with({full_version()})));
    document["versions"][0].erase("exponent");
    EXPECT_NE(schema_errors(document.dump()), "");
}

/// The texts of an enum in the schema, without null.
std::set<std::string> names_in_schema(const json& choices) {
    std::set<std::string> names;
    for (const json& choice : choices)
        if (!choice.is_null()) names.insert(choice.get<std::string>());
    return names;
}

TEST(ResultJson, HasTheNamesOfTheSchemaAndNoOthers) {
    const json schema = json::parse(grader::read_file(KIT_DIR "/docs/result.schema.json"));
    const json& version = schema.at("definitions").at("version").at("properties");
    std::set<std::string> verdicts;
    for (const grader::Verdict verdict : grader::all_verdicts) verdicts.insert(grader::name(verdict));
    EXPECT_EQ(names_in_schema(version.at("verdict").at("enum")), verdicts);

    std::set<std::string> outcomes = verdicts;
    outcomes.insert(grader::not_checked);
    const json& check = version.at("checks").at("items").at("properties");
    EXPECT_EQ(names_in_schema(check.at("outcome").at("enum")), outcomes);

    const std::set<std::string> flags(std::begin(grader::flags::all), std::end(grader::flags::all));
    EXPECT_EQ(names_in_schema(version.at("flags").at("items").at("enum")), flags);

    std::set<std::string> flavours;
    for (const grader::Flavour flavour : grader::all_flavours) flavours.insert(grader::name(flavour));
    EXPECT_EQ(names_in_schema(check.at("flavour").at("enum")), flavours);
}

TEST(ResultJson, EveryOutcomeOfACheckComesBack) {
    for (const grader::Verdict outcome : grader::all_verdicts) {
        grader::Graded graded = full_version();
        graded.checks.at(0).outcome = outcome;
        const std::string text = to_json(result_with({graded}));
        EXPECT_EQ(schema_errors(text), "") << grader::name(outcome);
        EXPECT_EQ(grader::versions_of(text).at(0).checks.at(0).outcome, outcome);
    }
}

TEST(ResultJson, HoldsNoControlCharacterAndNoNan) {
    const std::string text = to_json(result_with({full_version()}));
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find("\\u001b"), std::string::npos);
    EXPECT_EQ(text.find("NaN"), std::string::npos);
    EXPECT_TRUE(json::parse(text)["versions"][0]["mismatch"]["actual"][1].is_null());
}

TEST(ResultJson, AVersionComesBackAsItWentIn) {
    const std::string text = to_json(full_version());
    const auto back = grader::graded_from_json(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(to_json(*back), text);
    EXPECT_EQ(grader::versions_of(to_json(result_with({full_version()}))).size(), 1U);
}

TEST(ResultJson, ADamagedFileIsAsGoodAsNone) {
    const std::string text = to_json(result_with({full_version()}));
    for (std::size_t length = 0; length + 2 < text.size(); length += 7)
        EXPECT_TRUE(grader::versions_of(text.substr(0, length)).empty()) << length;
    EXPECT_FALSE(grader::graded_from_json("{}"));
}

TEST(ResultJson, ALargeMismatchIsLeftOut) {
    auto graded = full_version();
    graded.mismatch->at.shape = {65, 1};
    EXPECT_TRUE(json::parse(to_json(graded))["mismatch"].is_null());
}

}  // namespace
