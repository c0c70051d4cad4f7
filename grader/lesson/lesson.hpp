#pragma once

/// A lesson as its lesson.toml describes it. docs/new_lesson.md says what each field means.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// The largest that a lesson or a command line may ask for.
inline constexpr std::size_t max_extent = 4096;  // rows or columns of an image
inline constexpr unsigned max_threads = 1024;

struct Shape {
    std::size_t rows = 0;
    std::size_t cols = 0;
    [[nodiscard]] std::size_t pixels() const { return rows * cols; }
    friend bool operator==(const Shape&, const Shape&) = default;
};

struct Limits {  // for one call, except output_kb
    double cpu_s = 0;
    double idle_s = 0;
    double wall_s = 0;
    std::uint64_t memory_mb = 0;
    unsigned threads = 0;
    std::uint64_t output_kb = 0;
};

/// Of one run of the compiler on a version. A lesson may lower them, never raise.
struct CompilerLimits {
    std::uint64_t cpu_s = 60;
    std::uint64_t memory_mb = 2048;  // of address space
    std::uint64_t output_kb = 64;    // kept of what it says
};

/// What a version's bands are about.
enum class Yardstick {
    speedup,         // its baseline's time over its own, on one thread
    efficiency,      // the speed-up with many threads over their number
    rejected_share,  // of others' wrong versions, by one that judges them
};

/// Reached by at least `min`; worth `points` in all, not on top of the band before.
struct Band {
    double min = 0;
    double points = 0;
};

/// What a version's speed is compared with, and where.
struct Speed {
    std::string baseline;  // a version of the reference, run on one thread
    Shape shape;
    std::vector<unsigned> threads;  // empty: the version has one thread
};

struct Version {
    std::string name;
    double points = 0;           // of the lesson's; all lessons' points are scaled to 100
    double right = 0;            // of these, for right answers
    std::optional<double> race;  // instead of `right`, if only answers on one thread can be relied on
    double exponent = 0;         // of time over pixels, that the lesson states
    Speed speed;
    Yardstick yardstick = Yardstick::speedup;
    std::vector<Band> bands;                   // rising, by that yardstick
    std::optional<double> max_speedup;         // faster than that is `work_removed`
    std::optional<double> least_ns_per_pixel;  // so is less than that, on one thread at speed's size
    std::vector<std::string> hints;

    [[nodiscard]] bool threaded() const { return !speed.threads.empty(); }
    /// Others' code; it has no speed.
    [[nodiscard]] bool judges() const { return yardstick == Yardstick::rejected_share; }
};

/// On which mistakes are recorded and a wrong version is compared with them. Its pixels come from a fixed
/// seed.
struct PublicInput {
    Shape shape;
    unsigned threads = 1;
};

struct Lesson;

/// Of a lesson whose versions judge others' code.
struct Judging {
    std::string lesson;                           // whose versions and mistakes are the candidates
    unsigned threads = 1;                         // that a threaded candidate gets
    unsigned calls = 0;                           // of one candidate, at most
    std::size_t pixels = 0;                       // of one image, at most
    std::shared_ptr<const Lesson> candidates_of;  // that lesson; set by read_lessons
};

struct Lesson {
    std::string name;  // the namespace, and the stem of the header
    std::string title;
    std::string folder;  // its name under lessons/ and solutions/
    std::vector<Shape> check_shapes;
    std::vector<unsigned> check_threads;
    std::vector<Shape> large_shapes;         // compared once, in the timed flavour; may be none
    std::vector<PublicInput> public_inputs;  // may be none
    std::optional<Judging> judging;          // then there is nothing to check or to sweep
    Limits limits;
    CompilerLimits compiler_limits;
    std::vector<std::size_t> sweep_edges;  // of square images, rising
    double sweep_budget_s = 0;
    std::vector<Version> versions;  // in the order of the file

    /// Whether LESSON= may mean it: its name or its folder.
    [[nodiscard]] bool is_called(const std::string& wanted) const {
        return wanted == name || wanted == folder;
    }

    /// The pixels of the largest image that is compared, at least 1.
    [[nodiscard]] std::size_t most_checked_pixels() const;

    /// Throws Error if there is none.
    [[nodiscard]] const Version& version(const std::string& wanted) const;
};

/// Where a version's file is in a submission, in lessons/ and in solutions/: "01_slow_thing/serial.cpp".
std::string source_path(const Lesson& lesson, const Version& version);

/// The lesson that LESSON= means. Throws Error (ExitCode::usage) if there is none.
const Lesson& find_lesson(const std::vector<Lesson>& lessons, const std::string& wanted);

/// Throws Error (ExitCode::lesson) that names file, line and column of the first mistake.
Lesson read_lesson(const std::filesystem::path& toml_file);

/// The same of a text that would be in that file.
Lesson read_lesson(std::string_view toml, const std::filesystem::path& toml_file);

/// Every folder in `lessons_dir` that holds a lesson.toml, in the order of their names. At least one, or
/// Error.
std::vector<Lesson> read_lessons(const std::filesystem::path& lessons_dir);

}  // namespace grader
