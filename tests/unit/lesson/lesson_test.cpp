#include "lesson/lesson.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "temporary_folder.hpp"

namespace {

using grader::Lesson;
using grader::Shape;
using grader::TemporaryFolder;

constexpr const char* good = R"(name = "toy"
title = "A toy"
[check]
shapes = [[2, 3], [0, 0]]
threads = [1, 2]
[limit]
cpu_s = 5
idle_s = 2.5
wall_s = 60
memory_mb = 64
threads = 8
output_kb = 10
[sweep]
edges = [1, 2, 4]
budget_s = 0.5
[version.serial]
points = 10
right = 6
exponent = 1
speed = { baseline = "serial", rows = 4, cols = 5 }
bands = [{ min_speedup = 0.5, points = 4 }]
hints = ["one"]
[version.parallel]
points = 20
right = 8
race = 4
exponent = 1.0
speed = { baseline = "serial", rows = 4, cols = 4, threads = [2, 4] }
bands = [{ min_efficiency = 0.5, points = 6 }, { min_efficiency = 0.7, points = 12 }]
max_speedup = 2.0
hints = ["one", "two"]
)";

std::string replaced(const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& toml) {
    const TemporaryFolder folder;
    const auto file = folder.write("01_toy/lesson.toml", toml);
    try {
        grader::read_lesson(file);
    } catch (const grader::Error& error) {
        EXPECT_EQ(error.code(), grader::ExitCode::lesson);
        std::string text = error.what();
        const std::string path = file.string();
        EXPECT_TRUE(text.starts_with(path)) << text;
        return text.substr(std::min(text.size(), path.size()));
    }
    return "no error";
}

TEST(Lesson, IsReadWithItsVersionsInTheOrderOfTheFile) {
    const TemporaryFolder folder;
    const Lesson lesson = grader::read_lesson(folder.write("01_toy/lesson.toml", good));
    EXPECT_EQ(lesson.name, "toy");
    EXPECT_EQ(lesson.folder, "01_toy");
    EXPECT_THAT(lesson.check_shapes, testing::ElementsAre(Shape{2, 3}, Shape{0, 0}));
    EXPECT_DOUBLE_EQ(lesson.limits.idle_s, 2.5);
    ASSERT_EQ(lesson.versions.size(), 2U);
    EXPECT_EQ(lesson.versions[0].name, "serial");
    EXPECT_FALSE(lesson.versions[0].threaded());
    EXPECT_TRUE(lesson.versions[1].threaded());
    EXPECT_DOUBLE_EQ(lesson.versions[1].race.value(), 4);
    EXPECT_FALSE(lesson.versions[0].least_ns_per_pixel);
    EXPECT_THAT(lesson.versions[1].hints, testing::ElementsAre("one", "two"));
}

TEST(Lesson, MayStateTheLeastTimeForAPixel) {
    const TemporaryFolder folder;
    const std::string with_least = replaced("[version.serial]", "[version.serial]\nleast_ns_per_pixel = 2.5");
    EXPECT_EQ(
        grader::read_lesson(folder.write("01_toy/lesson.toml", with_least)).versions[0].least_ns_per_pixel,
        2.5);
}

TEST(Lesson, MayLowerTheCompilersLimitsAndNeverRaiseThem) {
    const TemporaryFolder folder;
    const Lesson as_ever = grader::read_lesson(folder.write("01_toy/lesson.toml", good));
    EXPECT_EQ(as_ever.compiler_limits.cpu_s, 60U);
    EXPECT_EQ(as_ever.compiler_limits.memory_mb, 2048U);
    EXPECT_EQ(as_ever.compiler_limits.output_kb, 64U);
    const std::string lower =
        "cpu_s = 5\ncompiler_cpu_s = 1\ncompiler_memory_mb = 160\ncompiler_output_kb = 4";
    const Lesson lowered =
        grader::read_lesson(folder.write("01_toy/lesson.toml", replaced("cpu_s = 5", lower)));
    EXPECT_EQ(lowered.compiler_limits.cpu_s, 1U);
    EXPECT_EQ(lowered.compiler_limits.memory_mb, 160U);
    EXPECT_EQ(lowered.compiler_limits.output_kb, 4U);
    EXPECT_EQ(error_of(replaced("cpu_s = 5", "cpu_s = 5\ncompiler_cpu_s = 61")),
              ":8:18: limit.compiler_cpu_s must be from 1 to 60, but is 61");
}

TEST(Lesson, ErrorsNameFileLineAndColumn) {
    EXPECT_EQ(error_of(replaced("budget_s = 0.5", "budget_s = \"long\"")),
              ":15:12: sweep.budget_s must be a number");
    EXPECT_EQ(error_of(replaced("title = \"A toy\"\n", "")), ":1:1: title is missing");
    EXPECT_EQ(error_of(replaced("memory_mb = 64", "memory_mb = 1")),
              ":10:13: limit.memory_mb must be from 16 to 1048576, but is 1");
    EXPECT_EQ(error_of(replaced("cpu_s = 5", "cpu_s = 5\ncpu_seconds = 5")),
              ":8:1: limit.cpu_seconds is not a field of a lesson");
    EXPECT_EQ(error_of(replaced("[2, 3]", "[2, 3, 4]")),
              ":4:11: each entry of check.shapes must be [rows, cols]");
    EXPECT_EQ(error_of(replaced("edges = [1, 2, 4]", "edges = [1, 4, 4]")), ":13:1: sweep.edges must rise");
    EXPECT_THAT(error_of("name = "), testing::StartsWith(":1:"));
}

TEST(Lesson, PointsMustAddUpAndBandsRise) {
    EXPECT_THAT(error_of(replaced("points = 4 }]", "points = 3 }]")),
                testing::HasSubstr("the points of `right` (6) and of the last band (3) must add up to 10"));
    EXPECT_THAT(error_of(replaced("min_efficiency = 0.7", "min_efficiency = 0.4")),
                testing::HasSubstr("bands must rise"));
    EXPECT_THAT(error_of(replaced("baseline = \"serial\", rows = 4, cols = 5",
                                  "baseline = \"fast\", rows = 4, cols = 5")),
                testing::HasSubstr("version.serial.speed.baseline is 'fast', which is no version"));
}

TEST(Lesson, AFolderWithoutLessonsIsAnError) {
    const TemporaryFolder folder;
    EXPECT_THROW(grader::read_lessons(folder.path()), grader::Error);
}

/// Whether sums in any order stay below 2^53, even with every -k at the end.
bool is_exact_for_silly_sum(const Shape& shape) {
    const auto rows = static_cast<double>(shape.rows);
    const double largest =
        (255 + (rows - 1) / 2) * rows * rows * static_cast<double>(shape.pixels()) + rows * rows / 2;
    return largest < std::pow(2.0, 53);
}

TEST(Lesson, EverySizeOfTheKitsOwnLessonsCanBeSummedExactly) {
    for (const Lesson& lesson : grader::read_lessons(std::filesystem::path(KIT_DIR) / "lessons")) {
        std::vector<Shape> shapes = lesson.check_shapes;
        for (const std::size_t edge : lesson.sweep_edges) shapes.push_back({edge, edge});
        for (const auto& version : lesson.versions) shapes.push_back(version.speed.shape);
        for (const Shape& shape : shapes) {
            if (lesson.name == "silly_sum") {
                EXPECT_TRUE(is_exact_for_silly_sum(shape))
                    << lesson.name << " " << shape.rows << "×" << shape.cols;
            }
            EXPECT_LE(shape.pixels(), 2048U * 2048U) << lesson.name;
        }
    }
    EXPECT_FALSE(is_exact_for_silly_sum({2048, 2048}));
}

}  // namespace
