#pragma once

/// A lesson's right and wrong versions as one trusted program: mistakes are recorded with it, and versions
/// that judge others' code are shown it.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "build/builder.hpp"
#include "lesson/lesson.hpp"
#include "run/lasting_program.hpp"

namespace grader {

/// A file of solutions/<lesson>/, its mistakes/ or its right/.
struct SolutionFile {
    std::string path;     // relative to the lesson's folder of solutions
    std::string label;    // for people, of a right one: "serial", "divides once"
    std::string mistake;  // that it makes; empty: it is right
};

/// One version that such a file defines.
struct Candidate {
    SolutionFile file;
    std::string version;
    [[nodiscard]] bool right() const { return file.mistake.empty(); }
};

class CandidateProgram {
  public:
    /// Of the reference's versions, the programs in right/ and those mistakes that are known by their
    /// answers. Throws Error (ExitCode::lesson) if one of them doesn't compile, or defines no version.
    CandidateProgram(const Lesson& lesson, Builder& builder, const std::filesystem::path& solutions);

    [[nodiscard]] const std::vector<Candidate>& candidates() const { return candidates_; }
    [[nodiscard]] const std::filesystem::path& program() const { return program_; }

    /// A worker knows just one function, so the number of threads also says which candidate is called.
    /// `threads` is below max_threads: lesson.toml can't ask for more.
    [[nodiscard]] static unsigned threads_for(std::size_t candidate, unsigned threads) {
        return static_cast<unsigned>(candidate) * max_threads + threads;
    }

  private:
    std::vector<Candidate> candidates_;
    std::filesystem::path program_;
};

/// Runs candidates on images, in a program that is started again when one has ended it. `judging` and
/// `launcher` must outlive it.
class CandidateRunner {
  public:
    CandidateRunner(const CandidateProgram& program, const Judging& judging, Launcher& launcher);

    /// The candidate's answer in place of `pixels`; returns why there is none, or nothing.
    std::string run(std::size_t candidate, const Shape& shape, std::span<double> pixels);

  private:
    const Judging& judging_;
    Limits limits_;
    LastingProgram program_;
};

}  // namespace grader
