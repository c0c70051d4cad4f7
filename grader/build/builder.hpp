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
    std::string diagnostics;  // the compiler's or linker's messages, paths relative to the submission
    std::string advice;       // what to do, if the kit knows better than the compiler
    std::vector<std::string> imports;  // symbols that the version's object needs from elsewhere
};

/// Builds in the background and keeps what it built, by content.
class Builder {
  public:
    virtual ~Builder() = default;

    /// Starts building a version's program from this source, which is the kit's own. The future throws only
    /// Error, and only if the fault isn't in the source; nothing is kept then.
    virtual std::shared_future<Built> start(const Lesson& lesson, const Version& version, Flavour flavour,
                                            const std::string& source) = 0;
    /// The same with a submission's source.
    virtual std::shared_future<Built> start_submitted(const Lesson& lesson, const Version& version,
                                                      Flavour flavour, const std::string& source) = 0;

    /// The program of the flavour `schedules`, but with the submission's code as it is in the timed flavour:
    /// what it does to memory is what is timed.
    virtual Built build_counted(const Lesson& lesson, const Version& version, const std::string& source) = 0;

    /// To be called before a program runs. With one job, waits until all builds that were started are done,
    /// so that a grading never keeps a second core busy.
    virtual void take_turns() = 0;

    /// A version's code as written: no macro expanded, no branch left out. Empty if the compiler fails.
    virtual std::optional<std::vector<Token>> written_tokens(const Lesson& lesson, const Version& version,
                                                             const std::string& source) = 0;

    /// A version's code as the compiler sees it in a flavour. Empty if the compiler fails.
    virtual std::optional<std::vector<Token>> expanded_tokens(const Lesson& lesson, const Version& version,
                                                              Flavour flavour, const std::string& source) = 0;

    /// Changes whenever anything changes that decides a program's contents, except the version's own source.
    [[nodiscard]] virtual std::string fingerprint(const Lesson& lesson) const = 0;
};

}  // namespace grader
