#pragma once

/// Compiling versions into workers: the only place where lesson code meets a compiler. cmake/recipe.cmake has
/// the flags. Nothing but the lesson's function leaves a version's object, and nothing but main leaves the
/// harness, so neither can replace, or reach, what the other defines.

#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <semaphore>
#include <set>
#include <string>
#include <vector>

#include "build/code_tokens.hpp"
#include "lesson/lesson.hpp"
#include "sandbox/machine.hpp"
#include "vocabulary.hpp"

namespace grader {

struct Compiler {
    std::string command;
    std::string version;  // "g++ (Debian 12.2.0-14) 12.2.0"
    bool clang = false;

    /// The recipe's flags for a flavour.
    [[nodiscard]] std::vector<std::string> flags(Flavour flavour) const;
};

/// Throws Error (ExitCode::environment) if there is no such compiler or it isn't one.
Compiler find_compiler(const std::string& command);

struct Built {
    std::optional<std::filesystem::path> program;  // empty: it doesn't compile
    std::string diagnostics;           // the compiler's or linker's words, paths relative to the submission
    std::string advice;                // what to do, where the kit knows better than the compiler
    std::vector<std::string> imports;  // symbols that the version's object takes from elsewhere
};

/// Builds in the background and keeps what it built by content.
class Builder {
  public:
    /// `kit_dir` has what every worker holds: the harness in grader/worker, the headers in lessons/kit.
    /// `cache_dir` is made if need be; several graders may share it. At most `jobs` compilers run at once.
    Builder(Compiler compiler, const std::filesystem::path& lessons_dir, const std::filesystem::path& kit_dir,
            const std::filesystem::path& cache_dir, unsigned jobs = sandbox::cores());
    Builder(const Builder&) = delete;
    ~Builder();

    /// From now on submissions are compiled anew, and what is built of them is kept only until the end.
    void begin_afresh() { fresh_ = true; }

    /// The worker that holds `source` as the given version. The future throws only Error: if what is wrong
    /// isn't the source. Nothing is kept then.
    std::shared_future<Built> worker(const Lesson& lesson, const Version& version, Flavour flavour,
                                     const std::string& source);
    /// The same of a submission's source.
    std::shared_future<Built> submitted(const Lesson& lesson, const Version& version, Flavour flavour,
                                        const std::string& source);

    /// To be called before a program runs. With one job, waits until the workers that were begun are built:
    /// then a grading keeps one core busy, and no second one now and then.
    void take_turns();

    /// Builds what every worker of this version and flavour holds besides the version. Throws Error
    /// (ExitCode::lesson).
    void prepare(const Lesson& lesson, const Version& version, Flavour flavour);

    /// A program for `make try`: the version in the checked flavour, with a main that prints.
    Built try_program(const Lesson& lesson, const Version& version, const std::string& source);

    /// A version's code as it stands: no macro expanded, no branch left out. Nothing if the compiler can't.
    std::optional<std::vector<Token>> written_tokens(const Lesson& lesson, const Version& version,
                                                     const std::string& source);

    /// A version's code as the compiler takes it in a flavour. Nothing if the compiler can't.
    std::optional<std::vector<Token>> expanded_tokens(const Lesson& lesson, const Version& version,
                                                      Flavour flavour, const std::string& source);

    /// Changes whenever anything but the version's own source that decides a worker's contents does.
    [[nodiscard]] std::string fingerprint(const Lesson& lesson) const;

    [[nodiscard]] const Compiler& compiler() const { return compiler_; }

  private:
    struct Unit;  // one version in one flavour

    using Make = std::function<void(const std::filesystem::path& folder)>;
    /// The folder that `make` filled for this key, now or at any time before.
    std::filesystem::path cached(const std::string& key, const Make& make);
    std::filesystem::path temporary(const Make& make);
    std::filesystem::path own(const std::string& key, const Make& make);
    std::vector<std::filesystem::path> own();

    std::filesystem::path precompiled_header(Flavour flavour);
    std::filesystem::path common_objects(Flavour flavour, const char* source_file);
    std::filesystem::path harness_object(const Unit& unit, const char* source_file);
    Built build(const Unit& unit, const std::string& source, const char* harness, bool afresh = false);
    std::shared_future<Built> begin(const Unit& unit, const std::string& source, bool afresh);
    void build_into(const std::filesystem::path& folder, const Unit& unit, const std::string& source,
                    const char* harness);
    [[nodiscard]] std::string lesson_dir(const Lesson& lesson) const;
    /// True if it left the file `preprocessed` in the folder.
    using Preprocess = std::function<bool(const std::filesystem::path& folder)>;
    /// What `preprocess` makes of the source at this path of a folder; nothing if it fails.
    std::optional<std::string> preprocessed(const std::string& path, const std::string& source,
                                            const Preprocess& preprocess);
    std::optional<std::string> compile(Flavour flavour, const std::filesystem::path& folder,
                                       std::vector<std::string> arguments, const CompilerLimits& limits = {});
    void compile_own(Flavour flavour, const std::filesystem::path& folder, const std::string& file,
                     std::vector<std::string> arguments, const std::string& what, const std::string& next);
    std::optional<std::string> tool(std::vector<std::string> argv, const std::filesystem::path& folder,
                                    const CompilerLimits& limits = {});
    [[nodiscard]] std::vector<std::string> compiler_command(Flavour flavour) const;
    std::string tool_or_throw(std::vector<std::string> argv, const std::filesystem::path& folder);

    Compiler compiler_;
    std::filesystem::path lessons_dir_;
    std::filesystem::path headers_dir_;  // "kit/..." is in it
    std::filesystem::path worker_dir_;
    std::filesystem::path cache_dir_;
    std::string kit_hash_;  // of the sources that every worker holds
    unsigned jobs_;
    bool fresh_ = false;
    std::vector<std::filesystem::path> temporary_;
    std::counting_semaphore<> free_jobs_;
    std::mutex mutex_;
    std::set<std::filesystem::path> own_;  // the kit's own files and folders, which no submission is in
    std::map<std::string, std::shared_future<std::filesystem::path>> in_work_;
    std::vector<std::shared_future<Built>> begun_;
};

}  // namespace grader
