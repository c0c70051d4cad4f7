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
    std::uint64_t output_kb = 0;  // how much of what it prints is kept
};

/// Limits for one run of the compiler on a version. A lesson may lower them, but not raise them.
struct CompilerLimits {
    std::uint64_t cpu_s = 60;
    std::uint64_t memory_mb = 2048;  // address space
    std::uint64_t output_kb = 64;    // how much of its output is kept
};

/// What a version's bands measure.
enum class Yardstick {
    speedup,     // its baseline's time over its own, on one thread
    efficiency,  // the speed-up with many threads over their number
    share,       // the share of its lesson's tasks that it does (LessonKind::share)
};

/// Reached at `min` or more. Worth `points` in all, not on top of the band before.
struct Band {
    double min = 0;
    double points = 0;
    bool with_cache_lines = false;  // only for an efficiency: what false sharing costs is counted
};

/// What a version's speed is compared with, and on which inputs.
struct Speed {
    std::string baseline;  // a version of the reference, run on one thread
    Shape shape;
    std::vector<unsigned> threads;  // empty: the version has one thread
};

struct Version {
    std::string name;
    double points = 0;           // all lessons' points together are scaled to 100
    double right = 0;            // the part of `points` for right answers
    std::optional<double> race;  // given instead of `right` if only answers on one thread are reliable
    double exponent = 0;         // stated by the lesson: time grows like pixels^exponent
    Speed speed;
    Yardstick yardstick = Yardstick::speedup;
    std::vector<Band> bands;                   // rising, in the yardstick's unit
    bool vectorizes = true;                    // whether the compiler may vectorize loops of its own accord
    std::optional<double> max_speedup;         // a higher speed-up is flagged `work_removed`
    std::optional<double> least_ns_per_pixel;  // less time on one thread, at speed.shape, is flagged too
    std::vector<std::string> hints;

    [[nodiscard]] bool threaded() const { return !speed.threads.empty(); }
    /// Whether it changes an image: it is timed then, compared with its baseline, and can be diagnosed.
    [[nodiscard]] bool changes_images() const { return yardstick != Yardstick::share; }
};

/// An input on which the mistakes' answers are recorded and a wrong version is compared with them. Its pixels
/// come from a fixed seed.
struct PublicInput {
    Shape shape;
    unsigned threads = 1;
};

/// An input on which the threads' schedules are tried out, and how many of them.
struct ScheduledInput {
    Shape shape;
    unsigned threads = 2;
    unsigned schedules = 0;
};

/// Most mistakes show in the smallest images, where schedules are short and cheap. The others have a
/// remainder, several columns, or more threads than rows.
inline constexpr ScheduledInput scheduled_inputs[] = {{{2, 2}, 2, 600}, {{2, 1}, 2, 200}, {{3, 1}, 2, 200},
                                                      {{2, 2}, 3, 150}, {{3, 1}, 3, 120}, {{4, 2}, 2, 80},
                                                      {{5, 1}, 2, 60},  {{4, 1}, 4, 60}};

struct Lesson;

/// What the versions of a lesson do. CONTRIBUTING.md says what a new kind needs.
struct LessonKind {
    bool changes_images = true;  // else its versions are graded by a share
    std::string_view share;      // what the share is of: "of the wrong versions rejected"
    std::string_view share_key;  // the key of a band's least share in lesson.toml
    /// Why a handout, which has no solutions, can't grade it; empty if it can.
    std::string_view not_in_handout;
};

extern const LessonKind image_kind;
extern const LessonKind judging_kind;

/// Settings of a lesson whose versions judge other code.
struct Judging {
    std::string lesson;                           // the lesson whose versions and mistakes are the candidates
    unsigned threads = 1;                         // number that a threaded candidate gets
    unsigned calls = 0;                           // most calls of one candidate
    std::size_t pixels = 0;                       // most pixels of one image
    std::shared_ptr<const Lesson> candidates_of;  // that lesson; set by read_lessons
};

struct Lesson {
    std::string name;  // the namespace, and the stem of the header
    std::string title;
    std::string folder;  // its name under lessons/ and solutions/
    std::vector<Shape> check_shapes;
    std::vector<unsigned> check_threads;
    std::vector<Shape> large_shapes;         // compared once, in the timed flavour; may be empty
    std::vector<PublicInput> public_inputs;  // may be none
    const LessonKind* kind = &image_kind;
    std::optional<Judging> judging;  // only of judging_kind
    Limits limits;
    CompilerLimits compiler_limits;
    std::vector<std::size_t> sweep_edges;  // edges of square images, in pixels, rising
    double sweep_budget_s = 0;
    std::vector<Version> versions;  // in the order of the file

    /// Whether LESSON= means this lesson: `wanted` is its name or its folder.
    [[nodiscard]] bool is_called(const std::string& wanted) const {
        return wanted == name || wanted == folder;
    }

    /// The pixels of the largest image that is compared, at least 1.
    [[nodiscard]] std::size_t most_checked_pixels() const;

    /// The version of that name. Throws Error if there is none.
    [[nodiscard]] const Version& version(const std::string& wanted) const;
};

/// Where a version's file is in a submission, in lessons/ and in solutions/: "01_slow_thing/serial.cpp".
std::string source_path(const Lesson& lesson, const Version& version);

/// The lesson that LESSON= means. Throws Error (ExitCode::usage) if there is none.
const Lesson& find_lesson(const std::vector<Lesson>& lessons, const std::string& wanted);

/// Throws Error (ExitCode::lesson) that names file, line and column of the first mistake.
Lesson read_lesson(const std::filesystem::path& toml_file);

/// The same for a text, as if it were in that file.
Lesson read_lesson(std::string_view toml, const std::filesystem::path& toml_file);

/// The lessons of all folders in `lessons_dir` that hold a lesson.toml, in the order of the folders' names.
/// Throws Error if there is none.
std::vector<Lesson> read_lessons(const std::filesystem::path& lessons_dir);

}  // namespace grader
