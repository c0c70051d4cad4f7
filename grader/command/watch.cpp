#include "command/watch.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/terminal.hpp"
#include "base/text.hpp"
#include "intake/intake.hpp"
#include "lesson/lesson.hpp"
#include "recipe.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

constexpr int look_interval_ms = 50;

volatile std::sig_atomic_t interrupted = 0;

/// While an object exists, the terminal passes on each key at once and doesn't show it.
class Keys {
  public:
    Keys()
        : on_(isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 &&
              tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!on_) return;
        termios raw = before_;
        raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
    Keys(const Keys&) = delete;
    ~Keys() {
        if (on_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    }

    [[nodiscard]] bool on() const { return on_; }

    /// The next key, or 0 if none comes within the time.
    [[nodiscard]] char wait(int timeout_ms) const {
        pollfd wanted{STDIN_FILENO, POLLIN, 0};
        char key = 0;
        if (poll(&wanted, on_ ? 1 : 0, timeout_ms) > 0 && read(STDIN_FILENO, &key, 1) == 1) return key;
        return 0;
    }

  private:
    termios before_{};
    bool on_;
};

struct Stamp {
    fs::file_time_type time;
    std::uintmax_t bytes = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// The versions' files with their time and size; empty if there is no such file. An editor may replace a
/// file, or remove it for a moment.
using Files = std::map<std::string, std::optional<Stamp>>;

struct Watched {
    const Lesson* lesson;
    const Version* version;
};

class Watch {
  public:
    explicit Watch(const GradeOptions& options)
        : options_(options), lessons_(read_lessons(options.kit.lessons)) {
        for (const Lesson& lesson : lessons_)
            for (const Version& version : lesson.versions)
                watched_[source_path(lesson, version)] = {&lesson, &version};
    }

    ExitCode run() {
        files_ = look();
        start_grading({}, "all files");
        while (interrupted == 0) {
            const char key = keys_.wait(look_interval_ms);
            if (key == 'q') break;
            const bool idle = !busy();
            if (key == 'l') start_grading({}, "all versions");
            if (key == 'h' && idle) show_hint();
            if (key == 'r' && idle)
                terminal_.line("Report  " + fs::absolute(options_.out / "index.html").string());
            look_for_changes();
        }
        stop();
        return interrupted == 0 ? ExitCode::graded : ExitCode::interrupted;
    }

  private:
    [[nodiscard]] Files look() const {
        Files files;
        for (const auto& [path, unused] : watched_) {
            std::error_code error;
            const fs::path file = options_.submission / path;
            const Stamp stamp{fs::last_write_time(file, error), error ? 0 : fs::file_size(file, error)};
            files[path] = error ? std::nullopt : std::optional(stamp);
        }
        return files;
    }

    void look_for_changes() {
        const Files now = look();
        std::vector<std::string> changed;
        for (const auto& [path, stamp] : now)
            if (stamp && stamp != files_.at(path)) changed.push_back(path);
        // A missing file keeps its old entry, as most editors put it back at once.
        for (const std::string& path : changed) files_[path] = now.at(path);
        if (changed.empty()) return;
        last_ = watched_.at(changed.back());
        start_grading(changed.size() == 1 ? std::optional(last_) : std::nullopt, changed.back());
    }

    /// Whether a grading is still running. Prints the list of keys once after each grading.
    bool busy() {
        if (grading_ == 0) return false;
        if (waitpid(grading_, nullptr, WNOHANG) == 0) return true;
        grading_ = 0;
        if (keys_.on())
            terminal_.line(
                terminal_.paint(Terminal::Colour::dim, "\nWatching. h hint · r report · l list · q quit"));
        return false;
    }

    void stop() {
        if (grading_ == 0) return;
        kill(grading_, SIGINT);
        while (waitpid(grading_, nullptr, 0) < 0 && errno == EINTR) {
        }
        grading_ = 0;
    }

    void start_grading(const std::optional<Watched>& only, const std::string& what) {
        stop();
        if (keys_.on()) terminal_.line("\033[H\033[2J\033[3J");
        terminal_.line(terminal_.paint(Terminal::Colour::bold,
                                       fmt::format("{}  {}", now_in_local_time("%H:%M:%S"), what)));
        std::vector<std::string> argv = command("grade");
        argv.insert(argv.end(), {"--submission", options_.submission.string(), "--brief"});
        if (only) argv.insert(argv.end(), {"--lesson", only->lesson->name, "--version", only->version->name});
        grading_ = start(argv);
    }

    void show_hint() {
        std::vector<std::string> argv = command("hint");
        if (last_.lesson != nullptr)
            argv.insert(argv.end(), {"--lesson", last_.lesson->name, "--version", last_.version->name});
        const pid_t hint = start(argv);
        while (waitpid(hint, nullptr, 0) < 0 && errno == EINTR) {
        }
    }

    [[nodiscard]] std::vector<std::string> command(const std::string& verb) const {
        const fs::path grader = fs::path(recipe::build_dir) / "bin/grader";
        return {grader.string(), verb,
                "--lessons",     options_.kit.lessons.string(),
                "--solutions",   options_.kit.solutions.string(),
                "--cache",       options_.kit.cache.string(),
                "--cxx",         options_.kit.compiler,
                "--out",         options_.out.string()};
    }

    static pid_t start(std::vector<std::string>& argv) {
        std::vector<char*> pointers;
        for (std::string& argument : argv) pointers.push_back(argument.data());
        pointers.push_back(nullptr);
        pid_t pid = 0;
        if (const int error = posix_spawn(&pid, pointers[0], nullptr, nullptr, pointers.data(), environ);
            error != 0)
            throw Error(ExitCode::environment,
                        fmt::format("{}: {}", argv[0], std::generic_category().message(error)));
        return pid;
    }

    const GradeOptions& options_;
    std::vector<Lesson> lessons_;
    std::map<std::string, Watched> watched_;
    Keys keys_;
    Terminal terminal_;
    Files files_;
    Watched last_{};
    pid_t grading_ = 0;
};

}  // namespace

ExitCode watch(const GradeOptions& options) {
    // Remove options that each grading would take from the environment, and that would narrow or repeat it.
    for (const char* name : {"KIT_LESSON", "KIT_VERSION", "KIT_FRESH", "KIT_SEED", "KIT_STRICT"})
        unsetenv(name);
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = 1; };
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaction(number, &action, nullptr);
    return Watch(options).run();
}

}  // namespace grader
