#pragma once

/// Runs the grader as a student does, and reads its results.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "../schema.hpp"
#include "../unit/temporary_folder.hpp"

namespace grading {

namespace fs = std::filesystem;
using grader::TemporaryFolder;
using nlohmann::json;
using Arguments = std::vector<std::string>;
using Environment = std::map<std::string, std::string>;

inline const fs::path kit_dir = KIT_DIR;
inline const fs::path submissions = kit_dir / "tests/submissions";

inline std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Tests the condition every 10 ms, for at most `seconds`. Returns whether it became true.
inline bool becomes_true(double seconds, const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

/// The null-terminated array that exec wants for argv or the environment.
inline std::vector<char*> pointers(std::vector<std::string>& strings) {
    std::vector<char*> result;
    for (std::string& s : strings) result.push_back(s.data());
    result.push_back(nullptr);
    return result;
}

/// This process's environment without the variables that the grader reads, and with `extra`.
inline std::vector<std::string> environment_with(const Environment& extra) {
    std::vector<std::string> result;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const std::string name = text.substr(0, text.find('='));
        bool ours = extra.contains(name);
        for (const char* each : {"CXX", "NO_COLOR"}) ours = ours || name == each;
        ours = ours || name.starts_with("KIT_");
        if (!ours) result.push_back(text);
    }
    for (const auto& [name, value] : extra) result.push_back(name + "=" + value);
    return result;
}

struct Finished {
    int exit_code = 0;  // 128 + the signal's number, if one ended it
    std::string out;
    std::string err;
};

/// A program that runs at the same time as the test. The destructor kills it.
class Program {
  public:
    explicit Program(Arguments argv, const Environment& extra = {}) {
        std::vector<std::string> environment = environment_with(extra);
        const auto argv_pointers = pointers(argv);
        const auto environment_pointers = pointers(environment);
        const int out = open((texts_.path() / "out").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        const int err = open((texts_.path() / "err").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        pid_ = fork();
        if (pid_ == 0) {
            dup2(out, STDOUT_FILENO);
            dup2(err, STDERR_FILENO);
            execve(argv_pointers[0], argv_pointers.data(), environment_pointers.data());
            _exit(127);
        }
        close(out);
        close(err);
    }
    Program(const Program&) = delete;
    ~Program() {
        if (pid_ > 0) {
            kill(pid_, SIGKILL);
            wait();
        }
    }

    [[nodiscard]] pid_t pid() const { return pid_; }

    Finished wait() {
        int status = 0;
        while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = 0;
        return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
                .out = contents(texts_.path() / "out"),
                .err = contents(texts_.path() / "err")};
    }

  private:
    TemporaryFolder texts_;
    pid_t pid_ = 0;
};

inline Finished run(const Arguments& argv, const Environment& extra = {}) {
    return Program(argv, extra).wait();
}

/// The cache that all tests of this build share.
inline fs::path shared_cache() {
    return fs::path(GRADER).parent_path().parent_path() / "test-cache";
}

/// Makes a cache that shares only the built programs, so that no other test's result is reused.
inline void make_private_cache(const fs::path& folder) {
    fs::create_directories(folder);
    fs::create_directories(shared_cache() / "built");
    fs::create_directory_symlink(shared_cache() / "built", folder / "built");
}

/// Copies the kit's lessons, with small images to measure and short limits. The real lessons test measuring.
inline void make_quick_lessons(const fs::path& folder) {
    fs::copy(kit_dir / "lessons", folder, fs::copy_options::recursive);
    const std::pair<std::regex, std::string> changes[] = {
        {std::regex(R"(\nedges = [^\n]*)"), "\nedges = [4, 6, 8, 10]"},
        {std::regex(R"(\nbudget_s = [^\n]*)"), "\nbudget_s = 0.05"},
        {std::regex(R"(\ncpu_s = [^\n]*)"), "\ncpu_s = 2"},
        {std::regex(R"(\nmemory_mb = [^\n]*)"), "\nmemory_mb = 256"},
        {std::regex(R"(\nidle_s = [^\n]*)"), "\nidle_s = 2"},
        {std::regex(R"(rows = (20|48|96), cols = (20|48|96))"), "rows = 16, cols = 16"},
    };
    for (const auto& entry : fs::directory_iterator(folder)) {
        const fs::path file = entry.path() / "lesson.toml";
        if (!fs::exists(file)) continue;
        std::string text = contents(file);
        for (const auto& [pattern, replacement] : changes)
            text = std::regex_replace(text, pattern, replacement);
        std::ofstream(file, std::ios::binary) << text;
    }
}

/// The arguments of `grader grade`.
inline Arguments grade_command(const fs::path& submission, const fs::path& out, const fs::path& cache,
                               const Arguments& more = {}) {
    Arguments argv = {GRADER, "grade", "--submission", submission, "--out", out, "--cache", cache};
    argv.insert(argv.end(), more.begin(), more.end());
    return argv;
}

/// Reads out/result.json, and checks it against the schema and its sums.
inline json read_result(const fs::path& out) {
    const std::string text = contents(out / "result.json");
    EXPECT_EQ(schema_errors(text), "");
    const json result = json::parse(text);
    double score = 0;
    double max_score = 0;
    for (const json& version : result.at("versions")) {
        double rubric = 0;
        for (const json& line : version.at("rubric")) rubric += line.at("score").get<double>();
        EXPECT_NEAR(version.at("score").get<double>(), rubric, 1e-6)
            << version.at("lesson") << version.at("version");
        score += version.at("score").get<double>();
        max_score += version.at("max_score").get<double>();
    }
    EXPECT_NEAR(result.at("score").get<double>(), score, 1e-6);
    EXPECT_NEAR(max_score, 100, 1e-6);
    return result;
}

/// "slow_thing/serial"
inline std::string label(const json& version) {
    return version.at("lesson").get<std::string>() + "/" + version.at("version").get<std::string>();
}

inline json version_of(const json& result, const std::string& wanted) {
    for (const json& version : result.at("versions"))
        if (label(version) == wanted) return version;
    ADD_FAILURE() << "no version " << wanted;
    return {};
}

/// The result without grading times and the "reused" marks.
inline json without_times(json result) {
    result.erase("graded_at");
    for (json& version : result.at("versions")) {
        version.erase("graded_at");
        version.erase("took_s");
        version.erase("reused");
    }
    return result;
}

/// The command line of the process with this folder in /proc. Empty if it has ended; an iterator over the
/// file would throw then.
inline std::string command_line(const fs::path& process) {
    std::ostringstream text;
    text << std::ifstream(process / "cmdline", std::ios::binary).rdbuf();
    return text.str();
}

/// Living processes, except `except`, with the folder in their command line or as their working directory.
inline std::vector<pid_t> processes_of(const fs::path& folder, pid_t except) {
    std::vector<pid_t> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const auto pid = static_cast<pid_t>(std::stol(name));
        if (pid == except || pid == getpid()) continue;
        const std::string command = command_line(entry.path());
        std::error_code gone;
        const std::string cwd = fs::read_symlink(entry.path() / "cwd", gone);
        if (command.find(folder.string()) != std::string::npos || cwd.starts_with(folder.string()))
            found.push_back(pid);
    }
    return found;
}

}  // namespace grading
