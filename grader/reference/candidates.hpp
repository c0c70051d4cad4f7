#pragma once

/// A lesson's right and wrong versions as one trusted program. It serves to record mistakes, and to be shown
/// to versions that judge others' code.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "build/builder.hpp"
#include "lesson/lesson.hpp"
#include "run/lasting_program.hpp"

namespace grader {

/// A file in solutions/<lesson>/, its mistakes/ or its right/.
struct SolutionFile {
    std::string path;     // relative to the lesson's folder of solutions
    std::string label;    // a right version's name for people: "serial", "divides once"
    std::string mistake;  // the mistake's name; empty: the version is right
};

/// One version defined by a SolutionFile.
struct Candidate {
    SolutionFile file;
    std::string version;
    [[nodiscard]] bool right() const { return file.mistake.empty(); }
};

class CandidateProgram {
  public:
    /// Builds the reference's versions, the programs in right/ and the mistakes that are recognised by their
    /// answers. Throws Error (ExitCode::lesson) if one of them doesn't compile, or defines no version.
    CandidateProgram(const Lesson& lesson, Builder& builder, const std::filesystem::path& solutions);

    [[nodiscard]] const std::vector<Candidate>& candidates() const { return candidates_; }
    [[nodiscard]] const std::filesystem::path& program() const { return program_; }

    /// A worker has only one function, so the number of threads also encodes the candidate. `threads` is
    /// below max_threads; lesson.toml can't ask for more.
    [[nodiscard]] static unsigned threads_for(std::size_t candidate, unsigned threads) {
        return static_cast<unsigned>(candidate) * max_threads + threads;
    }

  private:
    std::vector<Candidate> candidates_;
    std::filesystem::path program_;
};

/// Runs candidates on images, in a program that is started again after a candidate has ended it. `judging`
/// and `launcher` must outlive it.
class CandidateRunner {
  public:
    CandidateRunner(const CandidateProgram& program, const Judging& judging, Launcher& launcher);

    /// Replaces `pixels` by the candidate's answer. Returns why there is none, or an empty string.
    std::string run(std::size_t candidate, const Shape& shape, std::span<double> pixels);

  private:
    const Judging& judging_;
    Limits limits_;
    LastingProgram program_;
};

}  // namespace grader
