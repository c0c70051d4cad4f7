#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "class/overrides.hpp"
#include "class/student.hpp"
#include "lesson/lesson.hpp"
#include "score/graded.hpp"

namespace grader {

/// A student with the result, if there is one, after the lecturer's overrides.
struct GradedStudent {
    const Student& student;
    std::vector<Graded> versions;               // those of all lessons, in their order
    std::map<std::string, Override> overrides;  // by "lesson/version"
    std::string no_result;                      // why no result counts; empty if one does

    [[nodiscard]] const Override* word_on(const Graded& graded) const {
        const auto word = overrides.find(graded.lesson + "/" + graded.version);
        return word == overrides.end() ? nullptr : &word->second;
    }
    [[nodiscard]] bool has_points(const Graded& graded) const {
        return graded.verdict || word_on(graded) != nullptr;
    }
    /// A sum that lacks a version is no grade. But if nothing was handed in, the lecturer's overrides are all
    /// that there can be, and count.
    [[nodiscard]] std::optional<double> score() const;
};

/// `scale` as in score.hpp; `out` is the class's folder.
GradedStudent read_graded_student(const Student& student, const std::vector<Lesson>& lessons, double scale,
                                  const Overrides& overrides, const std::filesystem::path& out);

/// The cell of a score; empty if there is none, which no platform takes for a 0.
std::string points(std::optional<double> score);

/// What there is to say about a student, also about one without a grade.
std::vector<std::string> remarks(const GradedStudent& student);

}  // namespace grader
