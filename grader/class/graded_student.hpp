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

/// A student with the result, if there is one, after the lecturer's word.
struct GradedStudent {
    const Student& student;
    std::vector<Graded> versions;               // of all lessons, in their order
    std::map<std::string, Override> overrides;  // by "lesson/version"
    std::string no_result;                      // why there is none that counts; empty if there is one

    [[nodiscard]] const Override* word_on(const Graded& graded) const {
        const auto word = overrides.find(graded.lesson + "/" + graded.version);
        return word == overrides.end() ? nullptr : &word->second;
    }
    [[nodiscard]] bool has_points(const Graded& graded) const {
        return graded.verdict || word_on(graded) != nullptr;
    }
    /// A sum in which a version is missing is no grade; but where nothing was handed in, the lecturer's word
    /// is all that there can be.
    [[nodiscard]] std::optional<double> score() const;
};

/// `scale` as in score.hpp; `out` is the class's folder.
GradedStudent read_graded_student(const Student& student, const std::vector<Lesson>& lessons, double scale,
                                  const Overrides& overrides, const std::filesystem::path& out);

/// What there is to say, also of a student without a grade.
std::vector<std::string> remarks(const GradedStudent& student);

}  // namespace grader
