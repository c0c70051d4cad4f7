#pragma once

/// Programs of versions, as the stages of a grading see them built. CompilingBuilder is the real one; a test
/// may have one that compiles nothing.

#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "build/code_tokens.hpp"
#include "lesson/lesson.hpp"
#include "vocabulary.hpp"

namespace grader {

struct Built {
    std::optional<std::filesystem::path> program;  // empty: it doesn't compile
    std::string diagnostics;           // the compiler's or linker's words, paths relative to the submission
    std::string advice;                // what to do, where the kit knows better than the compiler
    std::vector<std::string> imports;  // symbols that the version's object takes from elsewhere
};

/// Builds in the background and keeps what it built by content.
class Builder {
  public:
    virtual ~Builder() = default;

    /// Starts building the program of a version with this source of the kit's own. The future throws only
    /// Error: if what is wrong isn't the source. Nothing is kept then.
    virtual std::shared_future<Built> start(const Lesson& lesson, const Version& version, Flavour flavour,
                                            const std::string& source) = 0;
    /// The same with a submission's source.
    virtual std::shared_future<Built> start_submitted(const Lesson& lesson, const Version& version,
                                                      Flavour flavour, const std::string& source) = 0;

    /// To be called before a program runs. With one job, waits until the programs that were started are
    /// built: then a grading keeps one core busy, and no second one now and then.
    virtual void take_turns() = 0;

    /// A version's code as it stands: no macro expanded, no branch left out. Nothing if the compiler can't.
    virtual std::optional<std::vector<Token>> written_tokens(const Lesson& lesson, const Version& version,
                                                             const std::string& source) = 0;

    /// A version's code as the compiler takes it in a flavour. Nothing if the compiler can't.
    virtual std::optional<std::vector<Token>> expanded_tokens(const Lesson& lesson, const Version& version,
                                                              Flavour flavour, const std::string& source) = 0;

    /// Changes whenever anything but the version's own source that decides a worker's contents does.
    [[nodiscard]] virtual std::string fingerprint(const Lesson& lesson) const = 0;
};

}  // namespace grader
