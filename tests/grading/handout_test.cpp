// Tests what students get: the zip of `make handout`, and its gradings without solutions.

#include <set>

#include "grading.hpp"

namespace {

using namespace grading;
using testing::HasSubstr;

/// The quick lessons' records, and a submission to grade with them.
class Handout : public testing::Test {
  public:
    void SetUp() override {
        make_quick_lessons(lessons);
        make_private_cache(folder.path() / "cache");
        const Finished recording = run(
            {GRADER, "record", "--out", records, "--lessons", lessons, "--cache", folder.path() / "cache"});
        ASSERT_EQ(recording.exit_code, 0) << recording.err;
        fs::create_directories(submission / "02_silly_sum");
    }

    /// Copies a file of the solutions to a version of the submission.
    void write(const std::string& version, const std::string& file) const {
        fs::copy_file(kit_dir / "solutions/02_silly_sum" / file,
                      submission / "02_silly_sum" / (version + ".cpp"), fs::copy_options::overwrite_existing);
    }

    [[nodiscard]] Finished grade(const Arguments& more = {}) const {
        Arguments argv = grade_command(submission, out, folder.path() / "cache",
                                       {"--lessons", lessons, "--solutions", records});
        argv.insert(argv.end(), more.begin(), more.end());
        return run(argv);
    }

    [[nodiscard]] json graded(const std::string& version) const {
        const Finished grading = grade();
        EXPECT_EQ(grading.exit_code, 0) << grading.err;
        EXPECT_THAT(grading.out, HasSubstr("The official grade uses other"));
        return version_of(read_result(out), "silly_sum/" + version);
    }

    TemporaryFolder folder;
    fs::path lessons = folder.path() / "lessons";
    fs::path records = folder.path() / "records";
    fs::path submission = folder.path() / "submission";
    fs::path out = folder.path() / "out";
};

TEST_F(Handout, measures_beside_the_students_own_serial_version_once_that_has_passed) {
    write("parallel", "parallel.cpp");
    write("optimized", "optimized.cpp");
    json optimized = graded("optimized");
    EXPECT_EQ(optimized.at("verdict"), "pass");
    EXPECT_THAT(optimized.at("message"), HasSubstr("beside your own serial.cpp"));
    EXPECT_TRUE(optimized.at("sweep").is_null());

    write("serial", "serial.cpp");
    optimized = graded("optimized");
    EXPECT_FALSE(optimized.at("sweep").is_null());
    EXPECT_GT(optimized.at("ratio").at("value"), 2);
    const json result = read_result(out);
    EXPECT_EQ(result.at("inputs"), "recorded");
    EXPECT_EQ(result.at("seed"), 0);
    const json serial = version_of(result, "silly_sum/serial");
    EXPECT_EQ(serial.at("score"), serial.at("max_score")) << serial;
    EXPECT_FALSE(version_of(result, "silly_sum/parallel").at("speedup").is_null());

    // A serial version whose result is kept still serves as baseline.
    const json again = graded("optimized");
    EXPECT_TRUE(again.at("reused"));
    write("parallel", "mistakes/idle_threads.cpp");
    EXPECT_FALSE(graded("parallel").at("speedup").is_null());
}

TEST_F(Handout, knows_loops_that_leave_the_additions_out_and_does_not_measure_beside_them) {
    write("serial", "mistakes/work_removed.cpp");
    write("parallel", "parallel.cpp");
    const json serial = graded("serial");
    EXPECT_THAT(serial.at("flags"), testing::ElementsAre("work_removed"));
    EXPECT_LT(serial.at("score"), serial.at("max_score"));
    EXPECT_THAT(graded("parallel").at("message"), HasSubstr("beside your own serial.cpp"));
}

TEST_F(Handout, names_mistakes_and_races_as_the_official_grade_does) {
    write("serial", "mistakes/square_only.cpp");
    write("parallel", "mistakes/lost_remainder.cpp");
    EXPECT_EQ(graded("serial").at("diagnosis"), "square_only");
    const json parallel = graded("parallel");
    EXPECT_EQ(parallel.at("diagnosis"), "lost_remainder");
    EXPECT_FALSE(parallel.at("mismatch").is_null());
    write("parallel", "mistakes/shared_accumulator.cpp");
    EXPECT_EQ(graded("parallel").at("verdict"), "race");
}

TEST_F(Handout, leaves_versions_that_judge_to_the_official_grade) {
    fs::create_directories(submission / "03_quality_assurance");
    fs::copy_file(kit_dir / "solutions/03_quality_assurance/accepts.cpp",
                  submission / "03_quality_assurance/accepts.cpp");
    ASSERT_EQ(grade().exit_code, 0);
    const json accepts = version_of(read_result(out), "quality_assurance/accepts");
    EXPECT_TRUE(accepts.at("verdict").is_null());
    EXPECT_THAT(accepts.at("message"), HasSubstr("Only the official grade"));
}

TEST_F(Handout, refuses_a_seed_whose_answers_it_does_not_have_and_damaged_records) {
    write("serial", "serial.cpp");
    const Finished seeded = grade({"--seed", "7"});
    EXPECT_EQ(seeded.exit_code, 2);
    EXPECT_THAT(seeded.err, HasSubstr("SEED=7"));
    EXPECT_EQ(grade({"--seed", "0"}).exit_code, 0);

    std::ofstream(records / "answers.json") << "[{]";
    const Finished damaged = grade();
    EXPECT_EQ(damaged.exit_code, 3);
    EXPECT_THAT(damaged.err, HasSubstr("answers.json"));
    EXPECT_THAT(damaged.err, HasSubstr("unpack the handout again"));
}

TEST_F(Handout, is_not_recorded_with_a_solution_among_the_stubs) {
    fs::copy_file(kit_dir / "solutions/02_silly_sum/serial.cpp", lessons / "02_silly_sum/serial.cpp",
                  fs::copy_options::overwrite_existing);
    const Finished recording = run({GRADER, "record", "--out", folder.path() / "again", "--lessons", lessons,
                                    "--cache", folder.path() / "cache"});
    EXPECT_EQ(recording.exit_code, 2);
    EXPECT_THAT(recording.err, HasSubstr("02_silly_sum/serial.cpp: this isn't the stub any more"));
    EXPECT_FALSE(fs::exists(folder.path() / "again"));
}

/// The lines of at least 20 characters that aren't an include or a comment.
std::set<std::string> telling_lines(const fs::path& file) {
    std::set<std::string> lines;
    std::istringstream text(contents(file));
    for (std::string line; std::getline(text, line);) {
        const std::size_t start = line.find_first_not_of(" \t");
        if (start == std::string::npos) continue;
        line.erase(0, start);
        if (line.size() >= 20 && !line.starts_with("//") && !line.starts_with("#")) lines.insert(line);
    }
    return lines;
}

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    return files;
}

class HandoutZip : public testing::Test {
  protected:
    void SetUp() override {
        const fs::path zip = folder_.path() / "handout.zip";
        const Finished packing =
            run({"/usr/bin/env", "cmake", "-DKIT=" + kit_dir.string(), "-DGRADER=" GRADER,
                 "-DOUT=" + zip.string(), "-P", kit_dir / "cmake/handout/package.cmake"});
        ASSERT_EQ(packing.exit_code, 0) << packing.err;
        fs::create_directories(folder_.path() / "unpacked");
        const Finished unpacking = run({"/usr/bin/env", "cmake", "-E", "chdir", folder_.path() / "unpacked",
                                        "cmake", "-E", "tar", "xf", zip});
        ASSERT_EQ(unpacking.exit_code, 0) << unpacking.err;
    }
    [[nodiscard]] fs::path kit() const { return folder_.path() / "unpacked/slow-things"; }

  private:
    TemporaryFolder folder_;
};

/// Every file that configuring reads is packed; compiling reads the folders that are packed whole.
TEST_F(HandoutZip, can_be_configured) {
    const Finished configured =
        run({"/usr/bin/env", "cmake", "-S", kit(), "-B", kit() / "build", "-G", "Ninja"});
    EXPECT_EQ(configured.exit_code, 0) << configured.out << configured.err;
}

TEST_F(HandoutZip, holds_no_solution_no_mistake_and_no_dead_link) {
    for (const char* name :
         {"README.md", "Makefile", "setup", "recorded/answers.json", "lessons/kit/image.hpp"})
        EXPECT_TRUE(fs::exists(kit() / name)) << name;
    for (const char* name : {"solutions", "tests", "cmake/instructor.mk"})
        EXPECT_FALSE(fs::exists(kit() / name)) << name;

    std::set<std::string> public_lines;
    for (const char* open : {"lessons", "grader"})
        for (const fs::path& file : files_in(kit_dir / open)) public_lines.merge(telling_lines(file));
    std::set<std::string> secret_lines;
    for (const fs::path& file : files_in(kit_dir / "solutions"))
        if (file.extension() == ".cpp") secret_lines.merge(telling_lines(file));
    ASSERT_GT(secret_lines.size(), 300U);
    for (const fs::path& file : files_in(kit()))
        for (const std::string& line : telling_lines(file))
            EXPECT_FALSE(secret_lines.contains(line) && !public_lines.contains(line)) << file << ": " << line;

    const std::regex link(R"(\]\(([^)#:]+)[)#])");
    for (const fs::path& file : files_in(kit())) {
        if (file.extension() != ".md") continue;
        const std::string text = contents(file);
        for (std::sregex_iterator found(text.begin(), text.end(), link), end; found != end; ++found) {
            const fs::path target = file.parent_path() / (*found)[1].str();
            if (!target.has_extension()) continue;  // "[&](std::size_t t)" is a lambda
            EXPECT_TRUE(fs::exists(target)) << file << " links to " << target;
        }
    }
}

}  // namespace
