#include "lesson/lesson.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <set>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& file, const toml::source_position& at, const std::string& problem) {
    throw Error(ExitCode::lesson, fmt::format("{}:{}:{}: {}", file, at.line, at.column, printable(problem)),
                "docs/new_lesson.md says what a lesson.toml holds");
}

/// A table of the file. It knows its own name, for messages, and which of its keys have been read.
class Table {
  public:
    Table(const toml::table& table, std::string file, std::string name)
        : table_(&table), file_(std::move(file)), name_(std::move(name)) {}

    [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }

    [[noreturn]] void fail_here(const std::string& problem) const {
        fail(file_, table_->source().begin, problem);
    }

    template <class T>
    T value(std::string_view key, std::string_view kind) {
        const toml::node& found = node(key);
        // A whole number is accepted where a decimal one is wanted; nothing else is converted.
        const bool right_type =
            std::is_same_v<T, double> ? found.is_number() : found.type() == toml::impl::node_type_of<T>;
        if (!right_type) fail_at(found, fmt::format("{} must be {}", path(key), kind));
        return *found.value<T>();
    }

    std::string text(std::string_view key) {
        auto result = value<std::string>(key, "a text");
        if (result.empty()) fail_at(node(key), path(key) + " must not be empty");
        return result;
    }

    double number(std::string_view key, double low, double high) {
        const auto result = value<double>(key, "a number");
        if (!(result >= low && result <= high))
            fail_at(node(key),
                    fmt::format("{} must be from {} to {}, but is {}", path(key), low, high, result));
        return result;
    }

    std::uint64_t whole(std::string_view key, std::int64_t low, std::int64_t high) {
        return checked_whole(node(key), path(key), low, high);
    }

    Table table(std::string_view key) {
        const toml::node& found = node(key);
        if (!found.is_table()) fail_at(found, path(key) + " must be a table");
        return {*found.as_table(), file_, path(key)};
    }

    const toml::array& array(std::string_view key) {
        const toml::node& found = node(key);
        if (!found.is_array() || found.as_array()->empty())
            fail_at(found, path(key) + " must be a list with at least one entry");
        return *found.as_array();
    }

    template <class T>
    std::vector<T> whole_numbers(std::string_view key, std::int64_t low, std::int64_t high) {
        std::vector<T> result;
        for (const toml::node& entry : array(key))
            result.push_back(static_cast<T>(checked_whole(entry, "each entry of " + path(key), low, high)));
        return result;
    }

    /// The tables inside this one, in the order of the file.
    std::vector<std::pair<std::string, Table>> tables() {
        std::vector<std::pair<std::string, Table>> result;
        for (const auto& [key, unused] : *table_) result.emplace_back(key.str(), table(key.str()));
        std::ranges::sort(result, {},
                          [](const auto& entry) { return entry.second.table_->source().begin.line; });
        return result;
    }

    Table entry_table(const toml::node& entry, std::string_view key) const {
        if (!entry.is_table()) fail_at(entry, fmt::format("each entry of {} must be a table", path(key)));
        return {*entry.as_table(), file_, std::string(path(key))};
    }

    Shape shape(const toml::node& entry, std::string_view key) const {
        const toml::array* pair = entry.as_array();
        if (pair == nullptr || pair->size() != 2)
            fail_at(entry, fmt::format("each entry of {} must be [rows, cols]", path(key)));
        const auto extent = [&](std::size_t i) {
            return checked_whole(*pair->get(i), "an extent in " + path(key), 0, max_extent);
        };
        return {extent(0), extent(1)};
    }

    PublicInput public_input(const toml::node& entry, std::string_view key) const {
        const toml::array* three = entry.as_array();
        if (three == nullptr || three->size() != 3)
            fail_at(entry, fmt::format("each entry of {} must be [rows, cols, threads]", path(key)));
        const auto number = [&](std::size_t i, std::int64_t most) {
            return checked_whole(*three->get(i), "a number in " + path(key), 1, most);
        };
        return {{number(0, max_extent), number(1, max_extent)},
                static_cast<unsigned>(number(2, max_threads - 1))};
    }

    /// To be called when everything has been read: a key that nothing asked for is a typo.
    void refuse_unknown() const {
        for (const auto& [key, value] : *table_)
            if (!known_.contains(std::string(key.str())))
                fail(file_, key.source().begin,
                     fmt::format("{} is not a field of a lesson", path(key.str())));
    }

  private:
    const toml::node& node(std::string_view key) {
        known_.emplace(key);
        const toml::node* found = table_->get(key);
        if (found == nullptr) fail(file_, table_->source().begin, fmt::format("{} is missing", path(key)));
        return *found;
    }

    [[noreturn]] void fail_at(const toml::node& where, const std::string& problem) const {
        fail(file_, where.source().begin, problem);
    }

    std::uint64_t checked_whole(const toml::node& entry, const std::string& what, std::int64_t low,
                                std::int64_t high) const {
        if (!entry.is_integer()) fail_at(entry, what + " must be a whole number");
        const std::int64_t result = *entry.value<std::int64_t>();
        if (result < low || result > high)
            fail_at(entry, fmt::format("{} must be from {} to {}, but is {}", what, low, high, result));
        return static_cast<std::uint64_t>(result);
    }

    [[nodiscard]] std::string path(std::string_view key) const {
        return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
    }

    const toml::table* table_;
    std::string file_;
    std::string name_;
    std::set<std::string> known_;
};

CompilerLimits read_compiler_limits(Table& table) {
    CompilerLimits limits;
    const auto lower = [&](std::string_view key, std::int64_t least, std::uint64_t& limit) {
        if (table.has(key)) limit = table.whole(key, least, static_cast<std::int64_t>(limit));
    };
    lower("compiler_cpu_s", 1, limits.cpu_s);
    lower("compiler_memory_mb", 64, limits.memory_mb);
    lower("compiler_output_kb", 1, limits.output_kb);
    return limits;
}

Limits read_limits(Table& table) {
    Limits limits;
    limits.cpu_s = table.number("cpu_s", 0.1, 3600);
    limits.idle_s = table.number("idle_s", 0.1, 3600);
    limits.wall_s = table.number("wall_s", 0.1, 86400);
    limits.memory_mb = table.whole("memory_mb", 16, 1 << 20);
    limits.threads = static_cast<unsigned>(table.whole("threads", 1, 1 << 20));
    limits.output_kb = table.whole("output_kb", 1, 1 << 20);
    return limits;
}

Speed read_speed(Table table) {
    Speed speed;
    speed.baseline = table.text("baseline");
    speed.shape = {table.whole("rows", 1, max_extent), table.whole("cols", 1, max_extent)};
    if (table.has("threads")) speed.threads = table.whole_numbers<unsigned>("threads", 1, max_threads);
    table.refuse_unknown();
    return speed;
}

/// The name of the field that holds a band's `min`.
std::string key_of(Yardstick yardstick, const LessonKind& kind) {
    switch (yardstick) {
        case Yardstick::speedup:
            return "min_speedup";
        case Yardstick::efficiency:
            return "min_efficiency";
        case Yardstick::share:
            return std::string(kind.share_key);
    }
    return "";
}

std::vector<Band> read_bands(Table& version, Yardstick yardstick, const LessonKind& kind) {
    std::vector<Band> bands;
    for (const toml::node& entry : version.array("bands")) {
        Table table = version.entry_table(entry, "bands");
        Band band{table.number(key_of(yardstick, kind), 0, 1e12), table.number("points", 0, 1e6)};
        if (yardstick == Yardstick::efficiency && table.has("with_cache_lines"))
            band.with_cache_lines = table.value<bool>("with_cache_lines", "true or false");
        table.refuse_unknown();
        if (!bands.empty() && (band.min <= bands.back().min || band.points <= bands.back().points))
            table.fail_here("bands must rise, in what they ask for and in points");
        bands.push_back(band);
    }
    return bands;
}

Version read_version(const std::string& name, Table table, const LessonKind& kind) {
    Version version;
    version.name = name;
    version.points = table.number("points", 0.001, 1e6);
    version.right = table.number("right", 0, version.points);
    if (table.has("race")) version.race = table.number("race", 0, version.right);
    if (kind.changes_images) {
        version.exponent = table.number("exponent", 0, 10);
        version.speed = read_speed(table.table("speed"));
    }
    version.yardstick = !kind.changes_images ? Yardstick::share
                        : version.threaded() ? Yardstick::efficiency
                                             : Yardstick::speedup;
    version.bands = read_bands(table, version.yardstick, kind);
    if (table.has("vectorizes")) version.vectorizes = table.value<bool>("vectorizes", "true or false");
    if (table.has("max_speedup")) version.max_speedup = table.number("max_speedup", 1, 1e12);
    if (table.has("least_ns_per_pixel"))
        version.least_ns_per_pixel = table.number("least_ns_per_pixel", 0, 1e12);
    for (const toml::node& hint : table.array("hints")) {
        if (!hint.is_string()) table.fail_here("each hint must be a text");
        version.hints.push_back(*hint.value<std::string>());
    }
    table.refuse_unknown();
    if (std::abs(version.right + version.bands.back().points - version.points) > 1e-9)
        table.fail_here(fmt::format("the points of `right` ({}) and of the last band ({}) must add up to {}",
                                    version.right, version.bands.back().points, version.points));
    return version;
}

Judging read_judging(Table table) {
    Judging judging;
    judging.lesson = table.text("lesson");
    judging.threads = static_cast<unsigned>(table.whole("threads", 1, max_threads - 1));
    judging.calls = static_cast<unsigned>(table.whole("calls", 1, 1 << 20));
    judging.pixels = table.whole("pixels", 1, max_extent * max_extent);
    table.refuse_unknown();
    return judging;
}

/// Reads the tables that only a lesson whose functions change an image has.
void read_checks(Table& root, Lesson& lesson) {
    Table check = root.table("check");
    for (const toml::node& entry : check.array("shapes"))
        lesson.check_shapes.push_back(check.shape(entry, "shapes"));
    lesson.check_threads = check.whole_numbers<unsigned>("threads", 1, max_threads);
    if (check.has("large_shapes"))
        for (const toml::node& entry : check.array("large_shapes"))
            lesson.large_shapes.push_back(check.shape(entry, "large_shapes"));
    check.refuse_unknown();

    if (root.has("mistakes")) {
        Table mistakes = root.table("mistakes");
        for (const toml::node& entry : mistakes.array("public_inputs"))
            lesson.public_inputs.push_back(mistakes.public_input(entry, "public_inputs"));
        mistakes.refuse_unknown();
    }

    Table sweep = root.table("sweep");
    lesson.sweep_edges = sweep.whole_numbers<std::size_t>("edges", 1, max_extent);
    if (!std::ranges::is_sorted(lesson.sweep_edges, std::ranges::less_equal{}))
        sweep.fail_here("sweep.edges must rise");
    lesson.sweep_budget_s = sweep.number("budget_s", 0.01, 3600);
    sweep.refuse_unknown();
}

Lesson read_lesson(Table root) {
    Lesson lesson;
    lesson.name = root.text("name");
    lesson.title = root.text("title");

    if (root.has("judge")) {
        lesson.kind = &judging_kind;
        lesson.judging = read_judging(root.table("judge"));
    } else {
        read_checks(root, lesson);
    }
    Table limit = root.table("limit");
    lesson.limits = read_limits(limit);
    lesson.compiler_limits = read_compiler_limits(limit);
    limit.refuse_unknown();

    for (auto& [name, table] : root.table("version").tables())
        lesson.versions.push_back(read_version(name, std::move(table), *lesson.kind));
    if (lesson.versions.empty()) root.fail_here("a lesson has at least one [version.NAME]");
    for (const Version& version : lesson.versions)
        if (version.changes_images() && std::ranges::find(lesson.versions, version.speed.baseline,
                                                          &Version::name) == lesson.versions.end())
            root.fail_here(fmt::format("version.{}.speed.baseline is '{}', which is no version", version.name,
                                       version.speed.baseline));
    root.refuse_unknown();
    return lesson;
}

}  // namespace

Lesson read_lesson(const fs::path& toml_file) {
    return read_lesson(read_file(toml_file), toml_file);
}

Lesson read_lesson(std::string_view toml, const fs::path& toml_file) {
    const std::string file = toml_file.string();
    try {
        const toml::table table = toml::parse(toml);
        Lesson lesson = read_lesson(Table(table, file, ""));
        lesson.folder = toml_file.parent_path().filename().string();
        return lesson;
    } catch (const toml::parse_error& error) {
        fail(file, error.source().begin, std::string(error.description()));
    }
}

std::vector<Lesson> read_lessons(const fs::path& lessons_dir) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(lessons_dir, error))
        if (fs::exists(entry.path() / "lesson.toml")) files.push_back(entry.path() / "lesson.toml");
    if (files.empty())
        throw Error(ExitCode::lesson,
                    fmt::format("no lesson.toml in any folder of {}", lessons_dir.string()));
    std::ranges::sort(files);
    std::vector<Lesson> lessons;
    for (const fs::path& file : files) lessons.push_back(read_lesson(file));
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        if (!lessons[i].judging) continue;
        const auto judged = std::ranges::find(lessons, lessons[i].judging->lesson, &Lesson::name);
        if (judged == lessons.end())
            throw Error(ExitCode::lesson, fmt::format("{}: there is no lesson '{}' to judge",
                                                      files[i].string(), lessons[i].judging->lesson));
        lessons[i].judging->candidates_of = std::make_shared<Lesson>(*judged);
    }
    return lessons;
}

}  // namespace grader
