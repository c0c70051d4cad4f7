// Tests whole gradings of submissions with known outcomes: the folders of tests/submissions with an
// expected.json, which has
//
//   "versions": {"slow_thing/serial": {
//       "verdict":   as in result.json; a version that isn't mentioned must be not_started
//       "right":     the share of the points for right answers; if absent, 1 for a pass and 0 otherwise
//       "speed":     the share of the points for speed; if absent, unchecked for a pass and 0 otherwise
//       "flags":     all flags; if absent, none
//       "diagnosis": if it matters
//       "mismatch":  true if there must be one; if absent, unchecked
//       "message", "details", "output", "next": texts that it must contain
//   }},
//   "full_size": true to measure at the sizes of the real lessons, which the audit of threads needs
//   "terminal": texts that the terminal must show

#include "grading.hpp"

namespace {

using namespace grading;
using testing::HasSubstr;
using testing::Not;

constexpr double rounding = 1e-6;

/// The share of points earned in the rubric's lines that `counts` selects.
double earned_share(const json& version, const std::function<bool(const std::string& line_name)>& counts) {
    double earned = 0;
    double most = 0;
    for (const json& line : version.at("rubric")) {
        if (!counts(line.at("name").get<std::string>())) continue;
        earned += line.at("score").get<double>();
        most += line.at("max_score").get<double>();
    }
    EXPECT_GT(most, 0);
    return earned / most;
}

double right_share(const json& version) {
    return earned_share(version, [](const std::string& name) { return name == "right answers"; });
}

double speed_share(const json& version) {
    return earned_share(version, [](const std::string& name) { return name != "right answers"; });
}

void expect_texts(const json& version, const json& expected) {
    for (const std::string field : {"message", "details", "output", "next"}) {
        if (!expected.contains(field)) continue;
        const json& text = version.at(field);
        ASSERT_TRUE(text.is_string()) << field << " is " << text;
        for (const json& part : expected.at(field))
            EXPECT_THAT(text.get<std::string>(), HasSubstr(part.get<std::string>())) << field;
    }
}

void expect_mismatch(const json& mismatch) {
    ASSERT_TRUE(mismatch.is_object());
    const std::size_t pixels =
        mismatch.at("rows").get<std::size_t>() * mismatch.at("cols").get<std::size_t>();
    EXPECT_EQ(mismatch.at("expected").size(), pixels);
    EXPECT_EQ(mismatch.at("actual").size(), pixels);
    const std::size_t first =
        mismatch.at("first_row").get<std::size_t>() * mismatch.at("cols").get<std::size_t>() +
        mismatch.at("first_col").get<std::size_t>();
    EXPECT_NE(mismatch.at("expected").at(first), mismatch.at("actual").at(first));
}

void expect_version(const json& version, const json& expected) {
    const std::string verdict = expected.value("verdict", "not_started");
    EXPECT_EQ(version.at("verdict"), verdict);
    const bool passed = verdict == "pass";
    EXPECT_NEAR(right_share(version), expected.value("right", passed ? 1.0 : 0.0), rounding);
    if (!passed || expected.contains("speed")) {
        EXPECT_NEAR(speed_share(version), expected.value("speed", 0.0), rounding);
    }
    EXPECT_EQ(version.at("flags"), expected.value("flags", json::array()));
    if (expected.contains("diagnosis")) {
        EXPECT_EQ(version.at("diagnosis"), expected.at("diagnosis"));
    }
    if (expected.value("mismatch", false)) expect_mismatch(version.at("mismatch"));
    if (!passed) {
        EXPECT_TRUE(version.at("next").is_string()) << "a student must be told what to do";
        EXPECT_TRUE(version.at("sweep").is_null() && version.at("speedup").is_null())
            << "measured without a pass";
    }
    if (!passed && verdict != "not_started") {
        EXPECT_NE(version.at("message"), "");
    }
    expect_texts(version, expected);
}

/// Compares every version with `expected`, whose keys are labels.
void expect_versions(const json& result, const json& expected) {
    std::size_t met = 0;
    for (const json& version : result.at("versions")) {
        SCOPED_TRACE(label(version) + ": " + version.at("message").get<std::string>() + "\n" +
                     version.at("details").dump(1) + "\n" + version.at("checks").dump());
        const bool mentioned = expected.contains(label(version));
        expect_version(version, mentioned ? expected.at(label(version)) : json::object());
        if (mentioned) ++met;
    }
    EXPECT_EQ(met, expected.size()) << "expected.json mentions a version that isn't there";
}

std::vector<std::string> folders_with_expectations() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(submissions))
        if (fs::exists(entry.path() / "expected.json")) names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
}

class Submission : public testing::TestWithParam<std::string> {};

TEST_P(Submission, GetsTheExpectedVerdicts) {
    const TemporaryFolder temporary;
    const json expected = json::parse(contents(submissions / GetParam() / "expected.json"));
    fs::path lessons = kit_dir / "lessons";
    if (!expected.value("full_size", false)) {
        lessons = temporary.path() / "lessons";
        make_quick_lessons(lessons);
    }
    const auto graded = run(grade_command(submissions / GetParam(), temporary.path() / "out", shared_cache(),
                                          {"--lessons", lessons, "--fresh", "--seed", "7"}));

    ASSERT_EQ(graded.exit_code, 0) << graded.out << graded.err;
    EXPECT_EQ(graded.err, "");
    EXPECT_THAT(graded.out, Not(HasSubstr("\x1b"))) << "an escape sequence, and there is no terminal";
    expect_versions(read_result(temporary.path() / "out"), expected.at("versions"));
    for (const json& text : expected.value("terminal", json::array()))
        EXPECT_THAT(graded.out, HasSubstr(text.get<std::string>()));
}

INSTANTIATE_TEST_SUITE_P(All, Submission, testing::ValuesIn(folders_with_expectations()),
                         [](const auto& test) { return test.param; });

TEST(Stubs, AreNotStartedAndSayWhichFileToOpen) {
    const TemporaryFolder temporary;
    const auto graded =
        run(grade_command(kit_dir / "lessons", temporary.path(), shared_cache(), {"--fresh"}));

    ASSERT_EQ(graded.exit_code, 0) << graded.out << graded.err;
    const json result = read_result(temporary.path());
    EXPECT_EQ(result.at("score"), 0);
    expect_versions(result, json::object());
    for (const json& version : result.at("versions"))
        EXPECT_THAT(version.at("next").get<std::string>(),
                    HasSubstr(version.at("version").get<std::string>() + ".cpp"));
    EXPECT_THAT(graded.out, HasSubstr("Open serial.cpp in 01_slow_thing"));
    EXPECT_THAT(graded.out, HasSubstr("Score   0.0 of 100"));
}

TEST(Solutions, PassWithFullPointsUnflaggedAndWithAnExponent) {
    const TemporaryFolder temporary;
    const auto graded = run(
        grade_command(kit_dir / "solutions", temporary.path(), shared_cache(), {"--fresh", "--seed", "7"}));

    ASSERT_EQ(graded.exit_code, 0) << graded.out << graded.err;
    const json result = read_result(temporary.path());
    ASSERT_EQ(result.at("versions").size(), 7U);
    for (const json& version : result.at("versions")) {
        SCOPED_TRACE(label(version) + ": " + version.at("message").get<std::string>() + "\n" + graded.out);
        EXPECT_EQ(version.at("verdict"), "pass");
        EXPECT_EQ(version.at("flags"), json::array());
        EXPECT_NEAR(right_share(version), 1, rounding);
        EXPECT_NEAR(speed_share(version), 1, rounding);
        if (version.at("stated_exponent") == 0) continue;  // it judges others' code
        // How near it is to the stated one is a measurement.
        EXPECT_LE(version.at("exponent").at("low"), version.at("exponent").at("value"));
        EXPECT_LE(version.at("exponent").at("value"), version.at("exponent").at("high"));
    }
}

// ---- Files that aren't proper source code

/// Grades a submission whose slow_thing/serial has this content. Returns that version's result.
json graded_source(const std::string& content) {
    const TemporaryFolder temporary;
    temporary.write("hand-in/01_slow_thing/serial.cpp", content);
    const auto graded = run(grade_command(temporary.path() / "hand-in", temporary.path() / "out",
                                          shared_cache(), {"--fresh", "--seed", "7"}));
    EXPECT_EQ(graded.exit_code, 0) << graded.out << graded.err;
    return version_of(read_result(temporary.path() / "out"), "slow_thing/serial");
}

TEST(OddFiles, AnEmptyFileIsNotStarted) {
    EXPECT_EQ(graded_source("").at("verdict"), "not_started");
}

TEST(OddFiles, AFileOfTenMegabytesIsRefusedWithItsSize) {
    const json version = graded_source(std::string(10'000'000, '\n'));
    EXPECT_EQ(version.at("verdict"), "build_error");
    EXPECT_THAT(version.at("message").get<std::string>(), HasSubstr("10000000 bytes"));
}

TEST(OddFiles, AFileWithAZeroByteIsRefused) {
    const json version = graded_source(std::string("int x;\0", 7));
    EXPECT_EQ(version.at("verdict"), "build_error");
    EXPECT_THAT(version.at("message").get<std::string>(), HasSubstr("zero byte"));
}

TEST(OddFiles, BytesThatAreNotUtf8MayStandInAComment) {
    const json version = graded_source(
        "// Gr\xF6\xDF"
        "e\n" +
        contents(kit_dir / "lessons/01_slow_thing/serial.cpp"));
    EXPECT_EQ(version.at("verdict"), "not_started");
}

TEST(OddFiles, BytesThatAreNotUtf8MayStandInAnError) {
    const json version = graded_source(
        "#include \"slow_thing.hpp\"\nint x = Gr\xF6\xDF"
        "e;\x1b[31m\n");
    EXPECT_EQ(version.at("verdict"), "build_error");
    EXPECT_THAT(version.at("details").get<std::string>(), HasSubstr("serial.cpp:2"));
    EXPECT_THAT(version.at("details").get<std::string>(), Not(HasSubstr("\x1b")));
}

}  // namespace
