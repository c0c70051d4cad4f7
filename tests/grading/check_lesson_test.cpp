// `make check-lesson`: what it tells the author of the toy lesson, and of a broken copy of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "grading.hpp"

namespace {

using namespace grading;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

class CheckLesson : public testing::Test {
  protected:
    CheckLesson() {
        fs::copy(kit_dir / "tests/toy_lesson", folder_.path() / "toy", fs::copy_options::recursive);
    }
    [[nodiscard]] fs::path lesson() const { return folder_.path() / "toy/lessons/01_toy"; }
    [[nodiscard]] fs::path solutions() const { return folder_.path() / "toy/solutions/01_toy"; }
    [[nodiscard]] Finished check() const {
        return run({GRADER, "check-lesson", "--lessons", lesson().parent_path().string(), "--solutions",
                    solutions().parent_path().string(), "--cache", shared_cache().string(), "--lesson",
                    "toy"});
    }

    TemporaryFolder folder_;
};

TEST_F(CheckLesson, names_what_is_missing_and_what_is_fine) {
    const Finished told = check();
    EXPECT_EQ(told.exit_code, 1) << told.err;
    EXPECT_THAT(told.out, HasSubstr("README.md is missing"));
    EXPECT_THAT(told.out, HasSubstr("check.shapes has no image with a single row"));
    EXPECT_THAT(told.out, HasSubstr("✓ the stubs get no points"));
    EXPECT_THAT(told.out, HasSubstr("✓ the solutions get all points"));
}

TEST_F(CheckLesson, finds_a_stub_that_is_solved_and_a_solution_that_is_wrong) {
    fs::copy_file(solutions() / "serial.cpp", lesson() / "serial.cpp", fs::copy_options::overwrite_existing);
    folder_.write("toy/solutions/01_toy/parallel.cpp",
                  "#include \"toy.hpp\"\nvoid toy::parallel(kit::Image&, unsigned) {}\n");
    const Finished told = check();
    EXPECT_EQ(told.exit_code, 1) << told.err;
    EXPECT_THAT(told.out, HasSubstr("serial.cpp doesn't throw kit::not_implemented"));
    EXPECT_THAT(told.out, HasSubstr("the stub serial gets \"pass\" instead of \"not started\""));
    EXPECT_THAT(told.out, HasSubstr("the solution parallel gets 0.0 of"));
    EXPECT_THAT(told.out, Not(HasSubstr("the solution serial gets")));
}

}  // namespace
