#pragma once

/// Mistakes that students make, each kept as a program: solutions/<lesson>/mistakes/<name>.cpp, and
/// <name>-<variant>.cpp for other ways to make the same one. It defines one or more of the lesson's versions.
/// Its head comment has three paragraphs: what is wrong, "Hint: " with what to think about, and "Evidence: "
/// with the symptom that gives it away. A fourth one, "Source: ", may have a regular expression: only a
/// source in which it is found can have made the mistake, whatever it answers. If the evidence is "answers",
/// the mistake's answers are recorded when the kit is built, and a wrong submission is compared with the
/// records; no mistake is compiled while grading.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "vocabulary.hpp"

namespace grader {

/// The answer to one of the lesson's public inputs, in the checked flavour.
struct Answer {
    std::vector<double> pixels;
    std::string failure;  // how it failed, if it did; without what changes from run to run
};

struct Mistake {
    std::string name;  // "lost_remainder"
    std::string file;  // relative to the lesson's folder of solutions
    std::string explanation;
    std::string hint;
    Symptom evidence = Symptom::answers;
    std::map<std::string, std::vector<Answer>> answers = {};  // by version
    std::string source =
        {};  // a regular expression that is found in each program with the mistake; may be empty

    /// Whether a program with this source can have made it.
    [[nodiscard]] bool is_possible_in(const std::string& program) const;
    [[nodiscard]] bool by_answers() const { return evidence == Symptom::answers; }
};

/// The mistakes in `folder` without their answers, in the order of their files; none if there is no such
/// folder. Throws Error (ExitCode::lesson) that names a file whose head comment is malformed.
std::vector<Mistake> read_mistakes(const std::filesystem::path& folder);

/// The first mistake with this symptom, or nullptr.
const Mistake* find_by_symptom(const std::vector<Mistake>& mistakes, std::optional<Symptom> symptom);

/// The paragraphs of the comment at the top of a file, each as one line.
std::vector<std::string> head_paragraphs(const std::string& source);

}  // namespace grader
