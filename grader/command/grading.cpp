#include "command/grading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/image_data.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"
#include "recipe.hpp"
#include "report/result_json.hpp"
#include "score/score.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

constexpr const char* handout_note =
    "Graded with a handout: on recorded inputs, and measured beside your own serial version. The official "
    "grade uses other inputs.";

bool selected(const GradeOptions& options, const Lesson& lesson, const Version& version) {
    const bool lesson_fits = options.lesson.empty() || lesson.is_called(options.lesson);
    return lesson_fits && (options.version.empty() || options.version == version.name);
}

void refuse_unknown_selection(const GradeOptions& options, const std::vector<Lesson>& lessons) {
    std::vector<std::string> names;
    for (const Lesson& lesson : lessons)
        for (const Version& version : lesson.versions) {
            if (selected(options, lesson, version)) return;
            names.push_back(fmt::format("LESSON={} VERSION={}", lesson.name, version.name));
        }
    throw Error(ExitCode::usage,
                fmt::format("there is no LESSON='{}' with VERSION='{}'", options.lesson, options.version),
                fmt::format("one of: {}", fmt::join(names, ", ")));
}

std::vector<Lesson> lessons_of(const GradeOptions& options) {
    std::vector<Lesson> lessons = read_lessons(options.kit.lessons);
    refuse_unknown_selection(options, lessons);
    return lessons;
}

/// Takes the submission in, without messages about extra files if it is the folder of solutions.
Submission take_in_with_notes(const GradeOptions& options, const std::vector<Lesson>& lessons) {
    Submission submission = take_in(options.submission, lessons, options.kit.lessons);
    std::error_code no_such_folder;
    if (fs::equivalent(options.submission, options.kit.solutions, no_such_folder))
        submission.messages.clear();  // why.md and the mistakes belong there
    return submission;
}

std::uint64_t seed_of(const GradeOptions& options, const References& references) {
    if (!references.recorded()) return options.seed.value_or(fresh_seed());
    if (options.seed.value_or(recorded_seed) != recorded_seed)
        throw Error(ExitCode::usage,
                    fmt::format("SEED={}: a handout has the answers to one seed only", *options.seed),
                    fmt::format("leave it out, or say SEED={}", recorded_seed));
    return recorded_seed;
}

/// Hashes everything that decides a result but the seed: the grader, the recipe, the lesson, the submitted
/// file and the solutions or, in a handout, their records and the submission's own baseline.
std::string result_key(const Grading& grading, const Lesson& lesson, const Version& version,
                       const std::string& grader_hash) {
    const SubmittedFile& file = grading.submission.file(lesson, version);
    std::vector<std::string> parts = {grader_hash,
                                      grading.builder.fingerprint(lesson),
                                      lesson.folder,
                                      version.name,
                                      file.content.value_or(""),
                                      file.problem,
                                      read_file(grading.options.kit.lessons / lesson.folder / "lesson.toml")};
    const fs::path& solutions = grading.options.kit.solutions;  // a handout's records are directly in it
    for (const fs::path& folder :
         {solutions, solutions / lesson.folder, solutions / lesson.folder / "mistakes"})
        if (fs::exists(folder)) std::ranges::move(folder_contents(folder), std::back_inserter(parts));
    if (grading.references.recorded() && version.changes_images())
        parts.push_back(
            grading.submission.file(lesson, lesson.version(version.speed.baseline)).content.value_or(""));
    return content_hash(parts);
}

std::optional<Graded> earlier_version(const std::vector<Graded>& earlier, const Attempt& attempt) {
    for (const Graded& graded : earlier)
        if (graded.lesson == attempt.lesson.name && graded.version == attempt.version.name && graded.verdict)
            return graded;
    return std::nullopt;
}

/// The results of the last grading, if it was of the same submission.
std::vector<Graded> earlier_versions(const fs::path& result_json, const Submission& submission) {
    if (!fs::exists(result_json)) return {};
    const std::string text = read_file(result_json);
    if (submission_of(text) != printable(submission.name)) return {};
    return versions_of(text);
}

/// The earlier result that counts for this version, or a placeholder if it isn't to be graded; empty if it
/// is.
std::optional<Graded> kept_result(const Grading& grading, const VersionInGrading& planned) {
    const auto& [options, lessons, scale, submission, builder, launcher, runner, references, records, store,
                 seed, earlier] = grading;
    const Attempt& attempt = planned.attempt;
    if (references.recorded() && !attempt.lesson.kind->not_in_handout.empty())
        return not_in_handout(attempt.lesson, attempt.version, scale);
    if (!planned.selected || !options.fresh)
        if (auto known = store.find(planned.key))
            if (!planned.selected || !options.seed || known->seed == options.seed) return known;
    if (planned.selected) return std::nullopt;
    if (auto known = earlier_version(earlier, attempt)) return known;
    return ungraded(attempt.lesson, attempt.version, scale);
}

}  // namespace

Grading::Grading(const GradeOptions& its_options)
    : options(its_options),
      lessons(lessons_of(options)),
      scale(scale_to_100(lessons)),
      submission(take_in_with_notes(options, lessons)),
      builder(find_compiler(options.kit.compiler), options.kit.lessons, recipe::kit_dir, options.kit.cache,
              options.kit.jobs),
      references(builder, launcher, options.kit.solutions),
      records(builder, launcher, options.kit.solutions, options.kit.cache),
      store(options.kit.cache),
      seed(seed_of(options, references)),
      earlier(earlier_versions(options.out / "result.json", submission)) {
    if (options.fresh) builder.begin_afresh();
    if (references.recorded()) submission.messages.push_back(wrapped(handout_note, ""));
}

std::vector<VersionInGrading> plan(Grading& grading) {
    const std::string grader_hash = content_hash({read_file(fs::path(recipe::build_dir) / "bin/grader")});
    std::vector<VersionInGrading> versions;
    for (const Lesson& lesson : grading.lessons) {
        for (const Version& version : lesson.versions) {
            // Before the braces: where one initialiser throws, g++ destroys members of a nested aggregate
            // twice.
            std::string key = result_key(grading, lesson, version, grader_hash);
            VersionInGrading planned{.attempt = {lesson, version, grading.submission.file(lesson, version)},
                                     .key = std::move(key),
                                     .selected = selected(grading.options, lesson, version),
                                     .kept = {}};
            planned.kept = kept_result(grading, planned);
            if (planned.kept) planned.kept->reused = planned.kept->verdict.has_value();
            versions.push_back(std::move(planned));
        }
    }
    return versions;
}

std::vector<VersionInGrading*> due(std::vector<VersionInGrading>& versions) {
    std::vector<VersionInGrading*> result;
    for (VersionInGrading& each : versions)
        if (!each.kept) result.push_back(&each);
    return result;
}

bool is_baseline(const Lesson& lesson, const Version& version) {
    return std::ranges::any_of(lesson.versions,
                               [&](const Version& other) { return other.speed.baseline == version.name; });
}

}  // namespace grader
