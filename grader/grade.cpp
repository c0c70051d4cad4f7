// The table of contents: intake → build → check → measure → diagnose → score → report.

#include "grade.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <future>

#include "build.hpp"
#include "check.hpp"
#include "diagnose.hpp"
#include "files.hpp"
#include "flags.hpp"
#include "intake.hpp"
#include "measure.hpp"
#include "mistakes.hpp"
#include "random_image.hpp"
#include "recipe.hpp"
#include "report/exports.hpp"
#include "report/page.hpp"
#include "report/result_json.hpp"
#include "report/terminal.hpp"
#include "sandbox/isolation.hpp"
#include "sandbox/usage.hpp"
#include "score.hpp"
#include "text.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

constexpr const char* handout_note =
    "Graded with a handout: on recorded inputs, and measured beside your own serial version. The official "
    "grade uses other inputs.";

/// One version of one lesson, and what is known of it before grading.
struct Entry {
    const Lesson& lesson;
    const Version& version;
    std::string key;       // of everything that decides its result but the seed
    bool selected = true;  // by LESSON and VERSION
    std::optional<Graded> kept;
};

std::string now_utc() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

Machine this_machine(const Compiler& compiler) {
    Machine machine{.cpu = sandbox::cpu_model(),
                    .cores = sandbox::cores(),
                    .memory_mb = sandbox::memory_mb(),
                    .os = sandbox::operating_system(),
                    .compiler = compiler.version,
                    .flags = {}};
    for (const Flavour flavour : all_flavours)
        machine.flags[name(flavour)] = fmt::format("{}", fmt::join(compiler.flags(flavour), " "));
    return machine;
}

bool selected(const GradeOptions& options, const Lesson& lesson, const Version& version) {
    const bool lesson_fits =
        options.lesson.empty() || options.lesson == lesson.name || options.lesson == lesson.folder;
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

/// Hashes what decides a result besides the submitted file: the grader itself, the recipe, the lesson, its
/// solutions; or, where these are recorded, the submission's own baseline.
std::string result_key(const GradeOptions& options, const Builder& builder, const References& references,
                       const Lesson& lesson, const Version& version, const std::string& grader_hash,
                       const Submission& submission) {
    const SubmittedFile& file = submission.file(lesson, version);
    std::vector<std::string> parts = {grader_hash,
                                      builder.fingerprint(lesson),
                                      lesson.folder,
                                      version.name,
                                      file.content.value_or(""),
                                      file.problem,
                                      read_file(options.kit.lessons / lesson.folder / "lesson.toml")};
    const fs::path& solutions = options.kit.solutions;  // right in it: what was recorded
    for (const fs::path& folder :
         {solutions, solutions / lesson.folder, solutions / lesson.folder / "mistakes"})
        if (fs::exists(folder)) std::ranges::move(folder_contents(folder), std::back_inserter(parts));
    if (references.recorded() && !version.judges())
        parts.push_back(submission.file(lesson, lesson.version(version.speed.baseline)).content.value_or(""));
    return content_hash(parts);
}

/// Results by content, so that unchanged versions needn't be graded again.
class ResultStore {
  public:
    explicit ResultStore(const fs::path& cache) : folder_(cache / "results") {
        fs::create_directories(folder_);
    }

    [[nodiscard]] std::optional<Graded> find(const std::string& key) const {
        if (!fs::exists(folder_ / key)) return std::nullopt;
        return graded_from_json(read_file(folder_ / key));
    }
    void keep(const std::string& key, const Graded& graded) const {
        write_file(folder_ / key, to_json(graded));
    }

  private:
    fs::path folder_;
};

std::optional<Graded> earlier_version(const std::vector<Graded>& earlier, const Entry& entry) {
    for (const Graded& graded : earlier)
        if (graded.lesson == entry.lesson.name && graded.version == entry.version.name && graded.verdict)
            return graded;
    return std::nullopt;
}

/// What was graded last, if it was of the same submission.
std::vector<Graded> earlier_versions(const fs::path& result_json, const Submission& submission) {
    if (!fs::exists(result_json)) return {};
    const std::string text = read_file(result_json);
    if (submission_of(text) != printable(submission.name)) return {};
    return versions_of(text);
}

/// Every version, with the earlier result that stands for it: of the same content, or, if it isn't selected,
/// of whatever was graded last.
std::vector<Entry> plan(const GradeOptions& options, const std::vector<Lesson>& lessons,
                        const Submission& submission, const Builder& builder, const References& references,
                        const ResultStore& store, const std::vector<Graded>& earlier, double scale) {
    const std::string grader_hash = content_hash({read_file(fs::path(recipe::build_dir) / "bin/grader")});
    std::vector<Entry> entries;
    for (const Lesson& lesson : lessons) {
        for (const Version& version : lesson.versions) {
            Entry entry{lesson,
                        version,
                        result_key(options, builder, references, lesson, version, grader_hash, submission),
                        selected(options, lesson, version),
                        {}};
            const bool reusable = entry.selected ? !options.fresh : true;
            if (reusable) entry.kept = store.find(entry.key);
            if (entry.selected && options.seed && entry.kept && entry.kept->seed != options.seed)
                entry.kept.reset();
            if (!entry.selected && !entry.kept) entry.kept = earlier_version(earlier, entry);
            if (!entry.selected && !entry.kept) entry.kept = ungraded(lesson, version, scale);
            if (references.recorded() && version.judges()) entry.kept = unjudged(lesson, version, scale);
            if (entry.kept) entry.kept->reused = entry.kept->verdict.has_value();
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

std::vector<Job> jobs_of(const std::vector<Entry>& entries, const Submission& submission) {
    std::vector<Job> jobs;
    for (const Entry& entry : entries) {
        if (entry.kept) continue;
        const SubmittedFile& file = submission.file(entry.lesson, entry.version);
        jobs.push_back({entry.lesson, entry.version, file.content.value_or(""), file.problem, {}});
    }
    return jobs;
}

std::string label(const Job& job) {
    return fmt::format("{}::{}", job.lesson.name, job.version.name);
}

/// What the timed flavour's checks have found out; the others may still know better.
std::string first_verdict(const Checked& checked) {
    switch (checked.verdict.value()) {
        case Verdict::pass:
            return fmt::format("right so far ({} checks); memory and races come next", checked.checks.size());
        case Verdict::wrong:
            return "not right; looking for the reason";
        default:
            return title(*checked.verdict);
    }
}

/// Tells the first verdict of a version as soon as there is one.
CheckProgress check_progress(Terminal& terminal) {
    return [&terminal](const Job& job, Flavour flavour, const Checked& checked) {
        if (flavour != Flavour::timed) {
            terminal.status(
                fmt::format("{:<24} {}", label(job),
                            flavour == Flavour::tsan ? "looking for races" : "looking for memory errors"));
            return;
        }
        const auto colour = checked.verdict == Verdict::pass          ? Terminal::Colour::green
                            : checked.verdict == Verdict::not_started ? Terminal::Colour::dim
                                                                      : Terminal::Colour::red;
        terminal.line(fmt::format("{:<24} {}", label(job), terminal.paint(colour, first_verdict(checked))));
    };
}

bool is_baseline(const Lesson& lesson, const Version& version) {
    return std::ranges::any_of(lesson.versions,
                               [&](const Version& other) { return other.speed.baseline == version.name; });
}

/// Where the solutions are recorded, a version that was graded before is a baseline too, as long as it is the
/// same.
void take_kept_baselines(const std::vector<Entry>& entries, const ResultStore& store,
                         const Submission& submission, Builder& builder, References& references) {
    if (!references.recorded()) return;
    for (const Entry& entry : entries) {
        if (!entry.kept || !is_baseline(entry.lesson, entry.version)) continue;
        const std::optional<Graded> known = store.find(entry.key);
        if (!known || known->verdict != Verdict::pass) continue;
        if (std::ranges::find(known->flags, flags::work_removed) != known->flags.end()) continue;
        const std::string source = submission.file(entry.lesson, entry.version).content.value_or("");
        references.set_own_baseline(
            entry.lesson, entry.version,
            builder.submitted(entry.lesson, entry.version, Flavour::timed, source).get());
    }
}

/// The baselines first: where the solutions are recorded, the others are measured beside them.
std::vector<Measured> measure_passed(const std::vector<Job>& jobs, const std::vector<Checked>& checked,
                                     References& references, std::uint64_t seed, bool one_core,
                                     Terminal& terminal) {
    const auto progress = [&terminal](const Job& job, const std::string& what) {
        terminal.status(fmt::format("{:<24} measuring {}", label(job), what));
    };
    std::vector<Measured> measured(jobs.size());
    for (const bool baselines : {true, false}) {
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            const auto& [lesson, version, source, problem, builds] = jobs[i];
            if (checked[i].verdict != Verdict::pass || lesson.judging) continue;
            if (is_baseline(lesson, version) != baselines) continue;
            if (baselines) references.set_own_baseline(lesson, version, builds.at(Flavour::timed).get());
            if (!references.can_measure(lesson, version)) {
                measured[i].nothing_beside = true;
                continue;
            }
            measured[i] = measure(jobs[i], references, seed, one_core, progress);
            if (baselines && (measured[i].failure || work_removed(version, measured[i])))
                references.set_own_baseline(lesson, version, {});
        }
    }
    return measured;
}

/// What was graded now and what was kept, in the order of the lessons.
std::vector<Graded> merge(const std::vector<Entry>& entries, const std::vector<Graded>& graded_now) {
    std::vector<Graded> versions;
    auto next = graded_now.begin();
    for (const Entry& entry : entries) versions.push_back(entry.kept ? *entry.kept : *next++);
    return versions;
}

bool same_but_for_reuse(const std::vector<Graded>& a, const std::vector<Graded>& b) {
    return std::ranges::equal(a, b, [](Graded left, Graded right) {
        left.reused = right.reused = false;
        return to_json(left) == to_json(right);
    });
}

/// Beside result.json; in a job of GitHub Actions also what its pages show.
void write_exports(const Result& result, const fs::path& folder) {
    write_file(folder / "junit.xml", junit_xml(result));
    write_file(folder / "gradescope.json", gradescope_json(result));
    write_file(folder / "classroom50.json", classroom50_json(result));
    if (std::getenv("GITHUB_ACTIONS") == nullptr) return;
    std::fputs(github_annotations(result).c_str(), stdout);
    if (const char* summary = std::getenv("GITHUB_STEP_SUMMARY"))
        std::ofstream(summary, std::ios::app) << github_summary(result);
}

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ExitCode::environment,
                    fmt::format("{}: this folder can't be made: {}", folder.string(), error.message()),
                    "name another one: make grade OUT=path");
}

}  // namespace

void prepare(const KitOptions& kit) {
    const std::vector<Lesson> lessons = read_lessons(kit.lessons);
    Builder builder(find_compiler(kit.compiler), kit.lessons, recipe::kit_dir, kit.cache, kit.jobs);
    References references(builder, kit.solutions);
    std::vector<std::future<void>> pieces;
    for (const Lesson& lesson : lessons) {
        pieces.push_back(std::async(std::launch::async, [&builder, &kit, &lesson] {
            MistakeRecords(builder, kit.solutions, kit.cache).of(lesson);
        }));
        for (const Version& version : lesson.versions) {
            references.start(lesson, version);
            for (const Flavour flavour : all_flavours)
                pieces.push_back(std::async(std::launch::async, [&builder, &lesson, &version, flavour] {
                    builder.prepare(lesson, version, flavour);
                }));
        }
    }
    for (std::future<void>& piece : pieces) piece.get();
    for (const Lesson& lesson : lessons) {
        if (!references.recorded())
            for (const Version& version : lesson.versions) references.program(lesson, version);
        for (const Flavour flavour : all_flavours) references.works(lesson, flavour);
    }
}

void record(const KitOptions& kit, const fs::path& folder) {
    const std::vector<Lesson> lessons = read_lessons(kit.lessons);
    for (const Lesson& lesson : lessons)
        for (const Version& version : lesson.versions) {
            const fs::path file = kit.lessons / source_path(lesson, version);
            if (read_file(file).find("kit::not_implemented") == std::string::npos)
                throw Error(
                    ExitCode::usage,
                    fmt::format("{}: this isn't the stub any more, and students would get it", file.string()),
                    "git stash, or check the lessons out again");
        }
    Builder builder(find_compiler(kit.compiler), kit.lessons, recipe::kit_dir, kit.cache, kit.jobs);
    References references(builder, kit.solutions);
    MistakeRecords records(builder, kit.solutions, kit.cache);
    make_folder(folder);
    record_answers(lessons, references, folder);
    for (const Lesson& lesson : lessons) {
        if (lesson.judging) continue;
        make_folder(folder / lesson.folder);
        records.write(lesson, folder / lesson.folder);
    }
}

ExitCode grade(const GradeOptions& options) {
    Terminal terminal(options.quiet ? Terminal::Mode::silent : Terminal::Mode::normal);
    const std::vector<Lesson> lessons = read_lessons(options.kit.lessons);
    refuse_unknown_selection(options, lessons);
    const double scale = scale_to_100(lessons);
    make_folder(options.out);

    Submission submission = take_in(options.submission, lessons, options.kit.lessons);
    std::error_code no_such_folder;
    const bool solutions = fs::equivalent(options.submission, options.kit.solutions, no_such_folder);
    if (solutions) submission.messages.clear();  // why.md and the mistakes belong there
    Builder builder(find_compiler(options.kit.compiler), options.kit.lessons, recipe::kit_dir,
                    options.kit.cache, options.kit.jobs);
    if (options.fresh) builder.begin_afresh();
    References references(builder, options.kit.solutions);
    MistakeRecords records(builder, options.kit.solutions, options.kit.cache);
    const ResultStore store(options.kit.cache);
    const std::vector<Graded> earlier = earlier_versions(options.out / "result.json", submission);
    const std::vector<Entry> entries =
        plan(options, lessons, submission, builder, references, store, earlier, scale);
    const std::uint64_t seed = references.recorded() ? recorded_seed : options.seed.value_or(fresh_seed());
    if (options.seed.value_or(seed) != seed)
        throw Error(ExitCode::usage,
                    fmt::format("SEED={}: a handout has the answers to one seed only", *options.seed),
                    fmt::format("leave it out, or say SEED={}", seed));
    if (references.recorded()) submission.messages.push_back(wrapped(handout_note, ""));

    std::vector<Job> jobs = jobs_of(entries, submission);
    const std::vector<Checked> checked = check(jobs, builder, references, seed, check_progress(terminal));
    take_kept_baselines(entries, store, submission, builder, references);
    const std::vector<Measured> measured =
        measure_passed(jobs, checked, references, seed, options.one_core, terminal);
    terminal.status("looking for known mistakes");
    const std::vector<std::optional<Mistake>> mistakes = diagnose(jobs, checked, measured, records);

    std::vector<Graded> graded_now;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        Graded graded = score(jobs[i], checked[i], measured[i], mistakes[i], scale);
        graded.graded_at = now_utc();
        graded.seed = seed;
        graded_now.push_back(std::move(graded));
    }
    std::size_t job = 0;
    for (const Entry& entry : entries) {
        if (entry.kept) continue;
        // What couldn't be measured yet is graded again.
        if (!measured[job].nothing_beside) store.keep(entry.key, graded_now[job]);
        ++job;
    }

    const Result result{.seed = seed,
                        .recorded = references.recorded(),
                        .graded_at = now_utc(),
                        .submission = submission.name,
                        .machine = this_machine(builder.compiler()),
                        .isolation = sandbox::name(sandbox::isolation()),
                        .lessons = lessons,
                        .versions = merge(entries, graded_now)};
    const fs::path page = options.out / "index.html";
    const bool page_is_current = fs::exists(page) && same_but_for_reuse(earlier, result.versions);
    write_file(options.out / "result.json", to_json(result));
    write_exports(result, options.out);
    std::optional<Error> page_error;
    if (!page_is_current) {
        terminal.status("drawing the report");
        try {
            draw_page(recipe::kit_dir, options.kit.cache, options.out / "result.json", page);
        } catch (const Error& error) {
            page_error = error;
        }
    }
    const auto in_full = [&](const Graded& graded) {
        return !options.brief || !graded.reused || graded.version == options.version;
    };
    print_summary(terminal, result, submission.messages, page_error ? "" : fs::proximate(page).string(),
                  in_full);
    if (page_error) throw *page_error;

    const bool all_passed = std::ranges::all_of(
        result.versions, [](const Graded& graded) { return graded.verdict == Verdict::pass; });
    return options.strict && !all_passed ? ExitCode::not_passed : ExitCode::graded;
}

}  // namespace grader
