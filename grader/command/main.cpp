// The command line. Every option can be given in the environment too, as KIT_OUT for --out, since that is how
// make passes it on.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "class/gradebooks.hpp"
#include "class/stage.hpp"
#include "class/worksheet.hpp"
#include "command/check_lesson.hpp"
#include "command/doctor.hpp"
#include "command/grade.hpp"
#include "command/hint.hpp"
#include "command/prepare.hpp"
#include "command/submit.hpp"
#include "command/try.hpp"
#include "command/watch.hpp"
#include "recipe.hpp"
#include "sandbox/isolation.hpp"
#include "sandbox/machine.hpp"
#include "sandbox/process.hpp"

namespace {

namespace fs = std::filesystem;
using grader::ExitCode;

const fs::path kit_dir = grader::recipe::kit_dir;
const fs::path build_dir = grader::recipe::build_dir;

void add_compiler_option(CLI::App& app, std::string& compiler) {
    app.add_option("--cxx", compiler, "C++ compiler for lesson code")->envname("CXX");
}

void add_kit_options(CLI::App& app, grader::KitOptions& kit) {
    const fs::path recorded = kit_dir / "recorded";
    kit = {kit_dir / "lessons", fs::exists(recorded) ? recorded : kit_dir / "solutions", build_dir / "cache",
           grader::recipe::default_compiler, sandbox::cores()};
    app.add_option("--lessons", kit.lessons, "folder of the lessons");
    app.add_option("--solutions", kit.solutions,
                   "folder of the reference solutions, or of what was recorded of them");
    app.add_option("--cache", kit.cache, "folder for what is kept between gradings");
    app.add_option("--jobs", kit.jobs, "run at most this many compilers at once (default: one per core)")
        ->check(CLI::Range(1U, 1024U));
    add_compiler_option(app, kit.compiler);
}

/// What grading once and grading again and again have in common.
CLI::App* add_grading(CLI::App& app, const std::string& name, const std::string& purpose,
                      grader::GradeOptions& options) {
    CLI::App* command = app.add_subcommand(name, purpose);
    add_kit_options(*command, options.kit);
    options.submission = kit_dir / "lessons";
    options.out = build_dir / "report";
    command
        ->add_option("--submission", options.submission,
                     "folder laid out like lessons/, or a zip or tar.gz of one")
        ->envname("KIT_SUBMISSION");
    command->add_option("--out", options.out, "folder for result.json and index.html")->envname("KIT_OUT");
    return command;
}

CLI::App* add_grade(CLI::App& app, grader::GradeOptions& options) {
    CLI::App* command = add_grading(app, "grade", "check, measure and score a submission", options);
    command->add_option("--lesson", options.lesson, "grade only this lesson")->envname("KIT_LESSON");
    command->add_option("--version", options.version, "grade only this version")->envname("KIT_VERSION");
    command->add_option("--seed", options.seed, "repeat the grading of this seed")
        ->envname("KIT_SEED")
        ->check(CLI::Range(std::uint64_t{0}, (std::uint64_t{1} << 53) - 1));
    command->add_flag("--fresh", options.fresh, "reuse no earlier result")->envname("KIT_FRESH");
    command->add_flag("--strict", options.strict, "exit with 1 if a version doesn't pass")
        ->envname("KIT_STRICT");
    command->add_flag("--one-core", options.one_core, "leave the other cores to gradings beside this one");
    command->add_flag("--quiet", options.quiet, "print nothing but errors");
    command->add_flag("--brief", options.brief, "print only the verdict of versions that didn't change");
    return command;
}

CLI::App* add_try(CLI::App& app, grader::TryOptions& options) {
    CLI::App* command = app.add_subcommand("try", "run one version on a small image and show it");
    add_kit_options(*command, options.kit);
    options.submission = kit_dir / "lessons";
    command
        ->add_option("--submission", options.submission,
                     "folder laid out like lessons/, or a zip or tar.gz of one")
        ->envname("KIT_SUBMISSION");
    command->add_option("--lesson", options.lesson, "lesson")->envname("KIT_LESSON")->required();
    command->add_option("--version", options.version, "version")->envname("KIT_VERSION")->required();
    command->add_option("--rows", options.shape.rows, "rows of the image")
        ->envname("KIT_ROWS")
        ->check(CLI::Range(std::size_t{0}, grader::max_extent));
    command->add_option("--cols", options.shape.cols, "columns of the image")
        ->envname("KIT_COLS")
        ->check(CLI::Range(std::size_t{0}, grader::max_extent));
    command->add_option("--threads", options.threads, "threads")
        ->envname("KIT_THREADS")
        ->check(CLI::Range(1U, grader::max_threads));
    command->add_option("--seed", options.seed, "seed for the image's pixels")->envname("KIT_SEED");
    command->add_option("--schedule", options.schedule, "schedule of the threads, as a message names it")
        ->envname("KIT_SCHEDULE");
    command->add_flag("--gdb", options.gdb, "under gdb")->envname("KIT_GDB");
    return command;
}

CLI::App* add_hint(CLI::App& app, grader::HintOptions& options) {
    CLI::App* command = app.add_subcommand("hint", "the next hint for a version");
    add_kit_options(*command, options.kit);
    options.out = build_dir / "report";
    command->add_option("--out", options.out, "folder of the last grading")->envname("KIT_OUT");
    command->add_option("--lesson", options.lesson, "lesson")->envname("KIT_LESSON");
    command->add_option("--version", options.version, "version")->envname("KIT_VERSION");
    command->add_flag("--fresh", options.fresh, "begin with the first hint again")->envname("KIT_FRESH");
    return command;
}

CLI::App* add_submit(CLI::App& app, grader::SubmitOptions& options) {
    CLI::App* command = app.add_subcommand("submit", "pack what is to be handed in");
    add_kit_options(*command, options.kit);
    options.submission = options.kit.lessons;
    command->add_option("--submission", options.submission, "folder laid out like lessons/")
        ->envname("KIT_SUBMISSION");
    options.out = build_dir / "homework.zip";
    command->add_option("--out", options.out, "the .zip")->envname("KIT_OUT");
    return command;
}

CLI::App* add_class(CLI::App& app, const std::string& name, const std::string& purpose,
                    grader::ClassOptions& options) {
    CLI::App* command = app.add_subcommand(name, purpose);
    add_kit_options(*command, options.kit);
    options.out = build_dir / "class";
    command
        ->add_option("--submissions", options.submissions, "folder with a folder or archive for each student")
        ->envname("KIT_SUBMISSIONS");
    command->add_option("--out", options.out, "folder for the class")->envname("KIT_OUT");
    command->add_option("--roster", options.roster, "CSV with the columns name,id and, if you like, email")
        ->envname("KIT_ROSTER");
    command
        ->add_option("--overrides", options.overrides,
                     "CSV with the columns student,lesson,version,points,reason")
        ->envname("KIT_OVERRIDES");
    command
        ->add_option("--worksheet", options.worksheet,
                     "Moodle's grading worksheet or Canvas' gradebook, to be filled in")
        ->envname("KIT_WORKSHEET");
    command->add_option("--assignment", options.assignment, "its name in Canvas")->envname("KIT_ASSIGNMENT");
    command->add_option("--seed", options.seed, "the whole class's seed")
        ->envname("KIT_SEED")
        ->check(CLI::Range(std::uint64_t{0}, (std::uint64_t{1} << 53) - 1));
    command->add_flag("--pseudonyms", options.pseudonyms, "also a page without names")
        ->envname("KIT_PSEUDONYMS");
    return command;
}

CLI::App* add_check_lesson(CLI::App& app, grader::CheckLessonOptions& options) {
    CLI::App* command = app.add_subcommand("check-lesson", "tell what a lesson's author forgot");
    add_kit_options(*command, options.kit);
    command->add_option("--lesson", options.lesson, "lesson")->envname("KIT_LESSON")->required();
    return command;
}

CLI::App* add_prepare(CLI::App& app, grader::KitOptions& kit) {
    CLI::App* command = app.add_subcommand("prepare", "build what every grading needs");
    add_kit_options(*command, kit);
    return command;
}

CLI::App* add_record(CLI::App& app, grader::KitOptions& kit, fs::path& out) {
    CLI::App* command = app.add_subcommand("record", "write what a handout has in the solutions' place");
    add_kit_options(*command, kit);
    command->add_option("--out", out, "folder for it")->required();
    return command;
}

/// "--seed: Value abc" as "SEED: Value abc".
std::string in_words_of_make(const std::string& message) {
    std::string result;
    for (std::size_t i = 0; i < message.size(); ++i) {
        if (message.compare(i, 2, "--") != 0) {
            result += message[i];
            continue;
        }
        for (i += 2; i < message.size() && std::isalpha(static_cast<unsigned char>(message[i])) != 0; ++i)
            result += static_cast<char>(std::toupper(static_cast<unsigned char>(message[i])));
        --i;
    }
    return result;
}

/// GoogleTest and Google Benchmark let variables of the environment choose what they run, how often and in
/// which order, and Bazel's count for them too. They have read them before main() begins: so begin again
/// without.
void begin_without_steering_variables(char** argv) {
    constexpr const char* prefixes[] = {"GTEST_", "TEST_", "TESTBRIDGE_", "XML_OUTPUT_FILE=", "BENCHMARK_"};
    std::vector<std::string> steering;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        if (std::ranges::any_of(prefixes, [&](const char* prefix) { return text.starts_with(prefix); }))
            steering.emplace_back(text.substr(0, text.find('=')));
    }
    if (steering.empty()) return;
    for (const std::string& name : steering) unsetenv(name.c_str());
    std::error_code error;
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    execv(error ? argv[0] : self.c_str(), argv);
    throw grader::Error(ExitCode::usage, "variables of a test framework are set: " + steering.front() + " …",
                        "unset them, then grade again");
}

int report(ExitCode code, const std::string& problem, const std::string& next) {
    std::fprintf(stderr, "error: %s\n", problem.c_str());
    if (!next.empty()) std::fprintf(stderr, "  next: %s\n", next.c_str());
    return static_cast<int>(code);
}

void refuse_unknown_isolation() {
    const sandbox::Offer& offer = sandbox::offer();
    if (offer.unknown_wish.empty()) return;
    throw grader::Error(
        ExitCode::usage,
        "ISOLATION=" + grader::printable(offer.unknown_wish) + " can't be had here" +
            (offer.why_not_sandbox.empty() ? "" : ": " + grader::printable(offer.why_not_sandbox)),
        "one of sandbox, container (as root), limits; make doctor tells what works");
}

/// A command of the grader. One that student code runs under ends with all that it started when it is
/// interrupted.
struct Command {
    const CLI::App* app;
    std::function<ExitCode()> run;
    bool handles_interrupts = false;  // by itself
    bool needs_isolation = false;     // as ISOLATION asks for it
};

/// Runs the command that the command line names. Throws what main() reports.
int run(int argc, char** argv) {
    begin_without_steering_variables(argv);
    CLI::App app("Slow Things: an exercise kit that grades itself", "grader");
    app.require_subcommand(1);
    grader::GradeOptions grade;
    grader::GradeOptions watch;
    grader::TryOptions attempt;
    grader::HintOptions hint;
    grader::SubmitOptions submit;
    grader::ClassOptions class_options;
    grader::KitOptions kit;
    grader::CheckLessonOptions check_lesson;
    fs::path records;
    std::string compiler = grader::recipe::default_compiler;
    CLI::App* const doctor = app.add_subcommand("doctor", "try out what this machine offers");
    add_compiler_option(*doctor, compiler);
    const auto done = [](auto&& action) {
        return [action] {
            action();
            return ExitCode::graded;
        };
    };
    const std::vector<Command> commands = {
        {.app = add_grade(app, grade), .run = [&] { return grader::grade(grade); }, .needs_isolation = true},
        {.app = add_grading(app, "watch", "grade whatever is saved", watch),
         .run = [&] { return grader::watch(watch); },
         .handles_interrupts = true},
        {.app = add_try(app, attempt), .run = [&]() -> ExitCode { grader::try_version(attempt); }},
        {.app = add_hint(app, hint), .run = [&] { return grader::print_hint(hint); }},
        {.app = add_submit(app, submit), .run = [&] { return grader::submit(submit); }},
        {.app = add_class(app, "stage", "take the submissions of a class in", class_options),
         .run =
             [&] {
                 // A file that can't be filled in is better known before the class is graded.
                 if (!class_options.worksheet.empty())
                     grader::read_worksheet(class_options.worksheet, class_options.assignment);
                 return grader::stage_class(class_options);
             }},
        {.app = add_class(app, "gradebook", "write a class's gradebooks and page", class_options),
         .run = [&] { return grader::write_gradebooks(class_options); }},
        {.app = add_prepare(app, kit), .run = done([&] { grader::prepare(kit); }), .needs_isolation = true},
        {.app = add_record(app, kit, records),
         .run = done([&] { grader::record(kit, records); }),
         .needs_isolation = true},
        {.app = add_check_lesson(app, check_lesson),
         .run = [&] { return grader::check_lesson(check_lesson); },
         .needs_isolation = true},
        {.app = app.add_subcommand("cores", "how many CPUs there are to use"),
         .run = done([] { std::printf("%u\n", sandbox::cores()); })},
        {.app = doctor,
         .run = [&] { return grader::print_doctor(compiler) ? ExitCode::graded : ExitCode::environment; },
         .needs_isolation = true},
    };
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        const bool from_make = std::getenv("MAKELEVEL") != nullptr;
        return report(ExitCode::usage,
                      grader::printable(from_make ? in_words_of_make(error.what()) : error.what()),
                      from_make ? "make help lists the options" : "grader grade --help lists the options");
    }
    const auto command =
        std::ranges::find_if(commands, [](const Command& each) { return each.app->parsed(); });
    if (!command->handles_interrupts) sandbox::end_all_on_interrupt();
    if (command->needs_isolation) refuse_unknown_isolation();
    return static_cast<int>(command->run());
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const grader::Error& error) {
        return report(error.code(), error.what(), error.next());
    } catch (const std::exception& error) {
        return report(ExitCode::environment, std::string("the operating system refused: ") + error.what(),
                      "look at memory (free -h) and disk (df -h), then grade again");
    }
}
