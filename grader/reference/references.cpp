#include "reference/references.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/image_data.hpp"
#include "base/text.hpp"
#include "intake/intake.hpp"

namespace grader {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

namespace {

constexpr const char* records = "answers.json";

const Version& baseline_of(const Lesson& lesson, const Version& version) {
    return lesson.version(version.speed.baseline);
}

/// A version that does nothing.
std::string idle_source(const Lesson& lesson, const Version& version) {
    return fmt::format("#include \"{0}.hpp\"\nvoid {0}::{1}(kit::Image&{2}) {{}}\n", lesson.name,
                       version.name, version.threaded() ? ", unsigned" : "");
}

}  // namespace

std::vector<CheckedImage> checked_images(const Lesson& lesson, std::uint64_t seed) {
    std::vector<CheckedImage> images;
    for (const auto& shapes : {lesson.check_shapes, lesson.large_shapes})
        for (const Shape& shape : shapes)
            images.push_back({shape, derived_seed(seed, lesson.name, images.size())});
    return images;
}

Shape timed_shape(const Version& version, std::uint64_t seed) {
    Shape shape = version.speed.shape;
    if (!version.threaded()) return shape;
    const std::size_t spread = shape.cols / 8;  // in either direction
    shape.cols += derived_seed(seed, "columns", 0) % (2 * spread + 1) - spread;
    return shape;
}

CheckedImage timed_image(const Lesson& lesson, const Version& version, std::uint64_t seed) {
    const std::string name = lesson.name + " " + version.name;
    return {timed_shape(version, derived_seed(seed, name + " as timed", 0)), derived_seed(seed, name, 0)};
}

DrawnImages drawn_images(const Lesson& lesson, const Version& version, std::uint64_t seed) {
    const std::string name = lesson.name + " drawn";
    const auto draw = [&](const char* part, std::size_t i, std::size_t most) {
        return 1 + static_cast<std::size_t>(derived_seed(seed, name + part, i) % most);
    };
    DrawnImages images;
    constexpr std::size_t smallest_edge = 5;
    images.for_all_threads = {
        {1 + draw("rows", 0, smallest_edge - 1), 1 + draw("columns", 0, smallest_edge - 1)},
        derived_seed(seed, name, 0)};
    constexpr std::size_t small_images = 4;
    constexpr std::size_t most_rows = 17;
    constexpr std::size_t most_pixels = 64;
    for (std::size_t i = 1; i <= small_images; ++i) {
        const std::size_t rows = draw("rows", i, most_rows);
        images.small.push_back({{rows, draw("columns", i, most_pixels / rows)}, derived_seed(seed, name, i)});
    }
    constexpr std::size_t few_columns = 4;
    images.of_timed_rows = {{version.speed.shape.rows, draw("columns", small_images + 1, few_columns)},
                            derived_seed(seed, name + " rows " + version.name, 0)};
    return images;
}

std::vector<CheckedImage> scheduled_images(const Lesson& lesson, std::uint64_t seed) {
    std::vector<CheckedImage> images;
    for (const ScheduledInput& input : scheduled_inputs)
        images.push_back({input.shape, derived_seed(seed, lesson.name + " schedules", images.size())});
    return images;
}

References::References(Builder& builder, Launcher& launcher, fs::path solutions_dir)
    : builder_(builder),
      launcher_(launcher),
      solutions_dir_(std::move(solutions_dir)),
      recorded_(fs::exists(solutions_dir_ / records)) {
    if (recorded_) read_records();
}

void References::read_records() {
    const fs::path file = solutions_dir_ / records;
    try {
        for (const json& answer : json::parse(read_file(file))) {
            const Key key{answer.at("lesson"), answer.at("version"), answer.at("rows"), answer.at("cols"),
                          answer.at("seed")};
            auto pixels = answer.at("pixels").get<std::vector<double>>();
            if (pixels.size() != Shape{key.rows, key.cols}.pixels())
                throw Error(ExitCode::lesson,
                            fmt::format("{}: an answer to an image of {}×{} has {} pixels", file.string(),
                                        key.rows, key.cols, pixels.size()),
                            "unpack the handout again");
            answers_[key] = std::move(pixels);
        }
    } catch (const json::exception& error) {
        throw Error(ExitCode::lesson, fmt::format("{}: {}", file.string(), printable(error.what())),
                    "unpack the handout again");
    }
}

void References::start(const Lesson& lesson, const Version& version) {
    if (recorded_) return;
    const std::string path = source_path(lesson, version);
    const auto [entry, is_new] = programs_.try_emplace(path);
    if (is_new)
        entry->second = builder_.start(lesson, version, Flavour::timed, read_file(solutions_dir_ / path));
}

const Built& References::program(const Lesson& lesson, const Version& version) {
    if (recorded_) return own_baselines_.at(source_path(lesson, baseline_of(lesson, version)));
    start(lesson, version);
    const std::string path = source_path(lesson, version);
    const Built& built = programs_.at(path).get();
    if (!built.program)
        throw Error(ExitCode::lesson,
                    fmt::format("{}: the reference doesn't compile\n{}", (solutions_dir_ / path).string(),
                                first_lines(built.diagnostics, 12)));
    return built;
}

const Version& References::measured_beside(const Lesson& lesson, const Version& version) const {
    return recorded_ ? baseline_of(lesson, version) : version;
}

void References::set_own_baseline(const Lesson& lesson, const Version& baseline, std::optional<Built> own) {
    if (!recorded_) return;
    const std::string path = source_path(lesson, baseline);
    own_baselines_.erase(path);
    if (own) own_baselines_.emplace(path, std::move(*own));
}

bool References::can_measure(const Lesson& lesson, const Version& version) const {
    return !recorded_ || own_baselines_.contains(source_path(lesson, baseline_of(lesson, version)));
}

const std::vector<double>& References::answer(const Lesson& lesson, const Version& version,
                                              const Shape& shape, std::uint64_t seed) {
    const Version& baseline = baseline_of(lesson, version);
    const Key key{lesson.name, baseline.name, shape.rows, shape.cols, seed};
    if (const auto known = answers_.find(key); known != answers_.end()) return known->second;
    if (recorded_)
        throw Error(ExitCode::lesson,
                    fmt::format("{}: it has no answer of {}::{} for an image of {}×{} pixels",
                                (solutions_dir_ / records).string(), lesson.name, baseline.name, shape.rows,
                                shape.cols),
                    "restore lesson.toml as it was in the handout");

    LastingProgram& reference = answering_
                                    .try_emplace(source_path(lesson, baseline), launcher_,
                                                 ProgramToRun{.program = *program(lesson, baseline).program,
                                                              .limits = lesson.limits,
                                                              .arena_pixels = lesson.most_checked_pixels()})
                                    .first->second;
    for (int tries = 0; tries < 2; ++tries) {
        const CallResult result =
            reference.call(shape, 1, [&](std::span<double> image) { fill_random(image, seed); });
        if (result.end == CallResult::End::done) {
            const std::span<double> image = reference.program().image(0, shape.pixels());
            return answers_.emplace(key, std::vector<double>(image.begin(), image.end())).first->second;
        }
        if (!was_killed(result, reference.program())) break;
    }
    throw Error(ExitCode::lesson, fmt::format("the reference {}::{} fails on {}×{} pixels", lesson.name,
                                              baseline.name, shape.rows, shape.cols));
}

bool References::works(const Lesson& lesson, Flavour flavour) {
    if (flavour == Flavour::timed) return true;
    if (const auto known = works_.find(flavour); known != works_.end()) return known->second;
    // Any function will do, so take one that changes an image: every lesson or its candidates have one.
    const Lesson& plain = lesson.judging ? *lesson.judging->candidates_of : lesson;
    const Version& version = plain.versions.front();
    bool works = false;
    try {
        const Built built = builder_.start(plain, version, flavour, idle_source(plain, version)).get();
        if (!built.program) throw Error(ExitCode::lesson, built.diagnostics);
        const auto idle = launcher_.start(
            {.program = *built.program, .flavour = flavour, .limits = sanitized(plain.limits)});
        const CallResult call =
            flavour == Flavour::schedules ? idle->scheduled_call({1, 1}, 1, 1, {}) : idle->call({1, 1}, 1, 1);
        works = call.end == CallResult::End::done && idle->report().empty();
    } catch (const Error& error) {
        if (error.code() != ExitCode::lesson)
            throw;                        // a passing lack on this machine, not the flavour's fault
    } catch (const std::system_error&) {  // it doesn't start
    }
    works_[flavour] = works;
    return works;
}

const CandidateProgram& References::candidates(const Judging& judging) {
    const auto found = candidates_.find(judging.lesson);
    if (found != candidates_.end()) return found->second;
    const Lesson& lesson = *judging.candidates_of;
    return candidates_
        .emplace(judging.lesson, CandidateProgram(lesson, builder_, solutions_dir_ / lesson.folder))
        .first->second;
}

void record_answers(const std::vector<Lesson>& lessons, References& references, const fs::path& folder) {
    json answers = json::array();
    for (const Lesson& lesson : lessons) {
        if (!lesson.kind->changes_images) continue;
        std::set<std::string> baselines;
        for (const Version& version : lesson.versions) {
            if (!baselines.insert(version.speed.baseline).second) continue;
            std::vector<CheckedImage> images = checked_images(lesson, recorded_seed);
            std::ranges::move(scheduled_images(lesson, recorded_seed), std::back_inserter(images));
            for (const Version& other : lesson.versions) {
                if (other.speed.baseline != version.speed.baseline) continue;
                images.push_back(timed_image(lesson, other, recorded_seed));
                const DrawnImages drawn = drawn_images(lesson, other, recorded_seed);
                std::ranges::copy(drawn.small, std::back_inserter(images));
                images.insert(images.end(), {drawn.for_all_threads, drawn.of_timed_rows});
            }
            for (const auto& [shape, seed] : images)
                answers.push_back({{"lesson", lesson.name},
                                   {"version", version.speed.baseline},
                                   {"rows", shape.rows},
                                   {"cols", shape.cols},
                                   {"seed", seed},
                                   {"pixels", references.answer(lesson, version, shape, seed)}});
        }
    }
    write_file(folder / records, answers.dump() + "\n");
}

}  // namespace grader
