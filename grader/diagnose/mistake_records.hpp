#pragma once

/// Mistakes as they are recorded with the kit, and found again in a wrong submission.

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

/// What a program answers to the lesson's public inputs, up to the fourth wrong answer or an endless call:
/// the same mistake ends there too.
std::vector<Answer> answers_of(const std::filesystem::path& program, const Lesson& lesson,
                               const std::vector<Answer>& right, Launcher& launcher);

/// The mistake that gives these answers: the only name that does, and on at least three inputs for a reason
/// that can be told. `version` is preferred; a mistake without it answers by one of its other versions. Or
/// nullptr.
const Mistake* find_by_answers(const std::vector<Mistake>& mistakes, const std::string& version,
                               const std::vector<Answer>& answers);

/// The lessons' mistakes with their recorded answers.
class MistakeRecords {
  public:
    /// Builder and launcher must outlive it.
    MistakeRecords(Builder& builder, Launcher& launcher, std::filesystem::path solutions_dir,
                   const std::filesystem::path& cache_dir);

    [[nodiscard]] Launcher& launcher() const { return launcher_; }

    /// Reads them where the solutions were recorded for a handout; else records them if that hasn't been done
    /// for this kit on this machine. Throws Error (ExitCode::lesson).
    const KnownMistakes& of(const Lesson& lesson);

    /// Writes them into `folder`, from where of() reads them in a handout.
    void write(const Lesson& lesson, const std::filesystem::path& folder);

  private:
    Builder& builder_;
    Launcher& launcher_;
    std::filesystem::path solutions_dir_;
    std::filesystem::path folder_;
    std::map<std::string, KnownMistakes> known_;  // by lesson
};

}  // namespace grader
