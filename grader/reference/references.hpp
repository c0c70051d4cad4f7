#pragma once

/// What a grading takes for right: the reference solutions, or, in a handout, what was recorded of them.

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

/// Of the grading whose answers a handout records.
inline constexpr std::uint64_t recorded_seed = 0;

/// An image that a lesson's versions are checked on.
struct CheckedImage {
    Shape shape;
    std::uint64_t seed = 0;  // of its pixels
};

/// check.shapes, then check.large_shapes. `seed` is the grading's.
std::vector<CheckedImage> checked_images(const Lesson& lesson, std::uint64_t seed);

class References {
  public:
    /// `solutions_dir` holds the solutions, or what record_answers() wrote in their place. Builder and
    /// launcher must outlive it.
    References(Builder& builder, Launcher& launcher, std::filesystem::path solutions_dir);

    /// What runs programs, the references' and the submission's.
    [[nodiscard]] Launcher& launcher() const { return launcher_; }

    /// There are no solutions, only their answers to the images of recorded_seed. Versions are measured
    /// beside the submission's own baseline, and there are no candidates.
    [[nodiscard]] bool recorded() const { return recorded_; }

    /// Starts building what program() returns, in the background.
    void start(const Lesson& lesson, const Version& version);
    /// What a version is measured beside: the reference's program for it, or the submission's own baseline.
    /// Throws Error (ExitCode::lesson).
    const Built& program(const Lesson& lesson, const Version& version);
    /// The version that this program holds.
    [[nodiscard]] const Version& measured_beside(const Lesson& lesson, const Version& version) const;
    /// Where they are recorded: the submission's own baseline, which is known to be right; or none.
    void set_own_baseline(const Lesson& lesson, const Version& baseline, std::optional<Built> own);
    /// Whether there is anything to measure this version beside.
    [[nodiscard]] bool can_measure(const Lesson& lesson, const Version& version) const;

    /// The answer of the version's baseline to the image of this seed; kept. Throws Error (ExitCode::lesson).
    const std::vector<double>& answer(const Lesson& lesson, const Version& version, const Shape& shape,
                                      std::uint64_t seed);
    /// Whether a trusted program runs in this flavour.
    bool works(const Lesson& lesson, Flavour flavour);
    /// The right and wrong versions of a lesson that is judged. Throws Error (ExitCode::lesson).
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

/// Writes the solutions' answers to the images of recorded_seed into `folder`, which can then stand in the
/// solutions' place.
void record_answers(const std::vector<Lesson>& lessons, References& references,
                    const std::filesystem::path& folder);

}  // namespace grader
