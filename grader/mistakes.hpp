#pragma once

/// Mistakes that students make, each kept as a program: solutions/<lesson>/mistakes/<name>.cpp, and
/// <name>-<variant>.cpp for other ways to make the same one. It defines one or more of the lesson's versions.
/// Its head comment has three paragraphs: what is wrong, "Hint: " with what to think about, and "Evidence: "
/// with what gives it away. Where that is "answers", they are recorded when the kit is built, and a wrong
/// submission is compared with the records; no mistake is compiled while grading.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "build.hpp"
#include "lesson.hpp"

namespace grader {

/// To one of the lesson's public inputs, in the checked flavour.
struct Answer {
    std::vector<double> pixels;
    std::string failure;  // how it failed, if it did; without what changes from run to run
};

struct Mistake {
    std::string name;  // "lost_remainder"
    std::string file;  // relative to the lesson's folder of solutions
    std::string explanation;
    std::string hint;
    std::string evidence;
    std::map<std::string, std::vector<Answer>> answers;  // by version

    [[nodiscard]] bool by_answers() const { return evidence == "answers"; }
};

/// The mistakes in `folder` without their answers, in the order of their files; none if there is no such
/// folder. Throws Error (ExitCode::lesson) that names a file whose head comment isn't as it has to be.
std::vector<Mistake> read_mistakes(const std::filesystem::path& folder);

/// A lesson's mistakes, and the right answers to its public inputs.
struct KnownMistakes {
    std::vector<Mistake> mistakes;
    std::vector<Answer> right;
};

/// What a program answers to the lesson's public inputs, up to the fourth wrong answer or an endless call:
/// the same mistake ends there too.
std::vector<Answer> answers_of(const std::filesystem::path& program, const Lesson& lesson,
                               const std::vector<Answer>& right);

/// The mistake that gives these answers: the only name that does, and on at least three inputs for a reason
/// that can be told. `version` is preferred; a mistake without it answers by one of its other versions. Or
/// nullptr.
const Mistake* find_by_answers(const std::vector<Mistake>& mistakes, const std::string& version,
                               const std::vector<Answer>& answers);

/// The first of that name, or nullptr.
const Mistake* find_by_name(const std::vector<Mistake>& mistakes, const std::string& name);

/// The lessons' mistakes with their recorded answers.
class MistakeRecords {
  public:
    MistakeRecords(Builder& builder, std::filesystem::path solutions_dir,
                   const std::filesystem::path& cache_dir);

    /// Reads them where the solutions were recorded for a handout; else records them if that hasn't been done
    /// for this kit on this machine. Throws Error (ExitCode::lesson).
    const KnownMistakes& of(const Lesson& lesson);

    /// Writes them into `folder`, from where of() reads them in a handout.
    void write(const Lesson& lesson, const std::filesystem::path& folder);

  private:
    Builder& builder_;
    std::filesystem::path solutions_dir_;
    std::filesystem::path folder_;
    std::map<std::string, KnownMistakes> known_;  // by lesson
};

}  // namespace grader
