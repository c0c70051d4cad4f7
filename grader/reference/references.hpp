#pragma once

/// The right answers for a grading: the reference solutions or, in a handout, their recorded answers.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "build/builder.hpp"
#include "lesson/lesson.hpp"
#include "reference/candidates.hpp"
#include "run/lasting_program.hpp"

namespace grader {

/// The seed of the grading whose answers a handout records.
inline constexpr std::uint64_t recorded_seed = 0;

/// An image that a lesson's versions are checked on.
struct CheckedImage {
    Shape shape;
    std::uint64_t seed = 0;  // for its pixels
};

/// The images of check.shapes, then those of check.large_shapes. `seed` is the grading's.
std::vector<CheckedImage> checked_images(const Lesson& lesson, std::uint64_t seed);

/// The shape on which a version is timed: the lesson's; for a threaded version, with a number of columns that
/// nobody can foretell.
Shape timed_shape(const Version& version, std::uint64_t seed);

/// An image as those that the version is timed on.
CheckedImage timed_image(const Lesson& lesson, const Version& version, std::uint64_t seed);

/// Images of shapes that nobody can foretell, so that it doesn't help to be right in those that are
/// published.
struct DrawnImages {
    std::vector<CheckedImage> small;  // 64 pixels at most
    CheckedImage for_all_threads;     // 5 rows and columns at most: to be tried with many numbers of threads
    CheckedImage of_timed_rows;       // with as many rows as timed images have, and 4 columns at most
};
DrawnImages drawn_images(const Lesson& lesson, const Version& version, std::uint64_t seed);

/// The images of scheduled_inputs.
std::vector<CheckedImage> scheduled_images(const Lesson& lesson, std::uint64_t seed);

class References {
  public:
    /// `solutions_dir` holds the solutions, or what record_answers() wrote instead. Builder and launcher must
    /// outlive this object.
    References(Builder& builder, Launcher& launcher, std::filesystem::path solutions_dir);

    /// Starts all programs, the references' and the submission's.
    [[nodiscard]] Launcher& launcher() const { return launcher_; }

    /// Whether there are no solutions, only their answers to the images of recorded_seed. Then versions are
    /// measured against the submission's own baseline, and there are no candidates.
    [[nodiscard]] bool recorded() const { return recorded_; }

    /// Starts building what program() returns, in the background.
    void start(const Lesson& lesson, const Version& version);
    /// The program that a version is measured against: the reference's for it, or the submission's own
    /// baseline. Throws Error (ExitCode::lesson).
    const Built& program(const Lesson& lesson, const Version& version);
    /// The version that this program contains.
    [[nodiscard]] const Version& measured_beside(const Lesson& lesson, const Version& version) const;
    /// Only has an effect if recorded(): sets or removes the submission's own baseline, which must be known
    /// to be right.
    void set_own_baseline(const Lesson& lesson, const Version& baseline, std::optional<Built> own);
    /// Whether there is a program to measure this version against.
    [[nodiscard]] bool can_measure(const Lesson& lesson, const Version& version) const;

    /// The answer of the version's baseline to the image of this seed. It is cached. Throws Error
    /// (ExitCode::lesson).
    const std::vector<double>& answer(const Lesson& lesson, const Version& version, const Shape& shape,
                                      std::uint64_t seed);
    /// Whether a trusted program runs in this flavour on this machine.
    bool works(const Lesson& lesson, Flavour flavour);
    /// The right and wrong versions of the judged lesson. Throws Error (ExitCode::lesson).
    const CandidateProgram& candidates(const Judging& judging);

  private:
    struct Key {
        std::string lesson;
        std::string version;
        std::size_t rows, cols;
        std::uint64_t seed;
        auto operator<=>(const Key&) const = default;  // NOLINT(modernize-use-nullptr): a false alarm
    };

    void read_records();

    Builder& builder_;
    Launcher& launcher_;
    std::filesystem::path solutions_dir_;
    bool recorded_;
    std::map<std::string, std::shared_future<Built>> programs_;  // by source file
    std::map<std::string, Built> own_baselines_;                 // by source file
    std::map<std::string, LastingProgram> answering_;            // by source file
    std::map<Key, std::vector<double>> answers_;
    std::map<Flavour, bool> works_;
    std::map<std::string, CandidateProgram> candidates_;
};

/// Writes the solutions' answers to the images of recorded_seed into `folder`, which can then replace the
/// solutions.
void record_answers(const std::vector<Lesson>& lessons, References& references,
                    const std::filesystem::path& folder);

}  // namespace grader
