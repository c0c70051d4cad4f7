#pragma once

/// Records the kit's mistakes, and recognises them in a wrong submission.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "build/builder.hpp"
#include "lesson/lesson.hpp"
#include "lesson/mistake.hpp"
#include "run/running_program.hpp"

namespace grader {

/// A lesson's mistakes, and the right answers to its public inputs.
struct KnownMistakes {
    std::vector<Mistake> mistakes;
    std::vector<Answer> right;
};

/// A program's answers to the lesson's public inputs, up to the fourth wrong answer or an endless call. The
/// records of the same mistake end there too.
std::vector<Answer> answers_of(const std::filesystem::path& program, const Lesson& lesson,
                               const std::vector<Answer>& right, Launcher& launcher);

/// The mistake that gives these answers; nullptr unless exactly one name does, and at least three answers are
/// telling (pixels or an index error). A mistake is compared by its `version`, or by another one if it lacks
/// that.
const Mistake* find_by_answers(const std::vector<Mistake>& mistakes, const std::string& version,
                               const std::vector<Answer>& answers);

/// The lessons' mistakes with their recorded answers.
class MistakeRecords {
  public:
    /// Builder and launcher must outlive this object.
    MistakeRecords(Builder& builder, Launcher& launcher, std::filesystem::path solutions_dir,
                   const std::filesystem::path& cache_dir);

    [[nodiscard]] Launcher& launcher() const { return launcher_; }

    /// In a handout, reads a lesson's records. Otherwise records its mistakes, unless that has been done for
    /// this kit on this machine. Throws Error (ExitCode::lesson).
    const KnownMistakes& of(const Lesson& lesson);

    /// Writes a lesson's records into `folder`, where of() finds them in a handout.
    void write(const Lesson& lesson, const std::filesystem::path& folder);

  private:
    Builder& builder_;
    Launcher& launcher_;
    std::filesystem::path solutions_dir_;
    std::filesystem::path folder_;
    std::map<std::string, KnownMistakes> known_;  // by lesson
};

}  // namespace grader
