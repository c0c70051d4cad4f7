#pragma once

/// Compiles versions into workers: the only place where lesson code meets a compiler. cmake/recipe.cmake has
/// the flags. A version's object exports nothing but the lesson's function, and the harness nothing but main
/// and its stand-ins for library functions, so neither can replace, or reach, what the other defines.

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

#include "build/builder.hpp"
#include "build/compiler.hpp"
#include "build/folder_cache.hpp"
#include "lesson/lesson.hpp"
#include "sandbox/machine.hpp"

namespace grader {

class CompilingBuilder : public Builder {
  public:
    /// `kit_dir` has the parts of every worker: the harness in grader/worker and the headers in lessons/kit.
    /// `cache_dir` is made if need be; several graders may share it. At most `jobs` compilers run at once.
    CompilingBuilder(Compiler compiler, const std::filesystem::path& lessons_dir,
                     const std::filesystem::path& kit_dir, const std::filesystem::path& cache_dir,
                     unsigned jobs = sandbox::cores());
    CompilingBuilder(const CompilingBuilder&) = delete;
    ~CompilingBuilder() override;

    /// From now on submissions are compiled anew, and what is built from them is kept only until the end.
    void begin_afresh() { fresh_ = true; }

    /// Builds everything in a worker of this version and flavour but the version itself. Throws Error
    /// (ExitCode::lesson).
    void prepare(const Lesson& lesson, const Version& version, Flavour flavour);

    /// A program for `make try`: the version in this flavour, with a main that prints.
    Built try_program(const Lesson& lesson, const Version& version, Flavour flavour,
                      const std::string& source);

    std::shared_future<Built> start(const Lesson& lesson, const Version& version, Flavour flavour,
                                    const std::string& source) override;
    std::shared_future<Built> start_submitted(const Lesson& lesson, const Version& version, Flavour flavour,
                                              const std::string& source) override;
    Built build_counted(const Lesson& lesson, const Version& version, const std::string& source) override;
    void take_turns() override;
    std::optional<std::vector<Token>> written_tokens(const Lesson& lesson, const Version& version,
                                                     const std::string& source) override;
    std::optional<std::vector<Token>> expanded_tokens(const Lesson& lesson, const Version& version,
                                                      Flavour flavour, const std::string& source) override;
    [[nodiscard]] std::string fingerprint(const Lesson& lesson) const override;

    [[nodiscard]] const Compiler& compiler() const { return compiler_; }

  private:
    struct Unit;  // one version in one flavour

    std::filesystem::path kept_of_kit(const std::string& key, const FolderCache::Make& make);
    std::vector<std::filesystem::path> readable();

    std::filesystem::path precompiled_header(Flavour flavour);
    std::filesystem::path common_objects(Flavour flavour, const char* source_file);
    std::filesystem::path harness_object(const Unit& unit, const char* source_file);
    Built build(const Unit& unit, const std::string& source, const char* harness, bool afresh = false);
    std::shared_future<Built> begin(const Unit& unit, const std::string& source, bool afresh);
    void compile_into(const std::filesystem::path& folder, const Unit& unit, const std::string& source);
    void build_into(const std::filesystem::path& folder, const Unit& unit, const std::string& source,
                    const char* harness, bool afresh);
    [[nodiscard]] std::string lesson_dir(const Lesson& lesson) const;
    /// Returns whether it left the file `preprocessed` in the folder.
    using Preprocess = std::function<bool(const std::filesystem::path& folder)>;
    /// What `preprocess` makes of the source, put at this path of a folder; empty if it fails.
    std::optional<std::string> preprocessed(const std::string& path, const std::string& source,
                                            const Preprocess& preprocess);
    std::optional<std::string> compile(Flavour flavour, const std::filesystem::path& folder,
                                       std::vector<std::string> arguments, const CompilerLimits& limits = {});
    std::optional<std::string> compile_with(std::vector<std::string> flags,
                                            const std::filesystem::path& prelude,
                                            const std::filesystem::path& folder,
                                            std::vector<std::string> arguments, const CompilerLimits& limits);
    void compile_own(Flavour flavour, const std::filesystem::path& folder, const std::string& file,
                     std::vector<std::string> arguments, const std::string& what, const std::string& next);
    std::optional<std::string> tool(std::vector<std::string> argv, const std::filesystem::path& folder,
                                    const CompilerLimits& limits = {});
    [[nodiscard]] std::vector<std::string> compiler_command(std::vector<std::string> flags) const;
    std::string tool_or_throw(std::vector<std::string> argv, const std::filesystem::path& folder);

    Compiler compiler_;
    std::filesystem::path lessons_dir_;
    std::filesystem::path headers_dir_;  // "kit/..." is in it
    std::filesystem::path worker_dir_;
    FolderCache cache_;
    std::string kit_hash_;  // of the sources that every worker holds
    unsigned jobs_;
    bool fresh_ = false;
    std::counting_semaphore<> free_jobs_;
    std::mutex mutex_;
    std::set<std::filesystem::path> of_kit_;  // the kit's files and folders, without any submission
    std::vector<std::shared_future<Built>> begun_;
};

}  // namespace grader
