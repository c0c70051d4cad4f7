#include "build/compiling_builder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <sstream>

#include "base/error.hpp"
#include "base/image_data.hpp"
#include "sandbox/run.hpp"
#include "temporary_folder.hpp"
#include "toy_builder.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string doubles = "for (double& pixel : image.pixels()) pixel *= 2;";

/// A student's diagnostics must not name the kit's folder, its build folder or what it links.
auto NamesNoPlaceOfTheKit() {
    return AllOf(Not(HasSubstr(KIT_DIR)), Not(HasSubstr(toy::cache_dir.string())), Not(HasSubstr("draft-")));
}

std::string environment_error(const std::string& compiler) {
    try {
        find_compiler(compiler);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::environment);
        EXPECT_THAT(error.next(), HasSubstr("./setup"));
        return error.what();
    }
    return "no error";
}

// ---- Compilers

TEST(FindCompiler, knows_its_version_and_flags) {
    const Compiler compiler = find_compiler(recipe::default_compiler);
    EXPECT_THAT(compiler.version, Not(IsEmpty()));
    EXPECT_EQ(compiler.version.find('\n'), std::string::npos);
    EXPECT_THAT(compiler.flags(Flavour::timed), AllOf(Contains("-O3"), Not(Contains("-ffast-math"))));
    EXPECT_THAT(compiler.flags(Flavour::checked), Contains("-DKIT_CHECKED"));
    EXPECT_THAT(compiler.flags(Flavour::tsan), Contains("-fsanitize=thread"));
    for (const Flavour flavour : all_flavours)
        EXPECT_THAT(compiler.flags(flavour), Contains("-std=c++20")) << name(flavour);
}

TEST(FindCompiler, says_that_there_is_no_such_compiler) {
    EXPECT_EQ(environment_error("no-such-c++"), "the C++ compiler 'no-such-c++' doesn't run");
    EXPECT_EQ(environment_error("/no/such/c++"), "the C++ compiler '/no/such/c++' doesn't run");
}

TEST(FindCompiler, does_not_take_a_program_that_is_none) {
    EXPECT_EQ(environment_error("false"), "the C++ compiler 'false' doesn't run");
    EXPECT_EQ(environment_error(KIT_DIR), std::string("the C++ compiler '") + KIT_DIR + "' doesn't run");
}

// ---- What doesn't compile or link

TEST(ABuild, that_fails_names_the_file_as_the_submission_does) {
    const Built built = toy::build(toy::serial("undefined_name();"));
    EXPECT_FALSE(built.program);
    EXPECT_THAT(built.diagnostics, AllOf(HasSubstr("01_toy/serial.cpp:4:1: error: "),
                                         HasSubstr("undefined_name"), NamesNoPlaceOfTheKit()));
    EXPECT_EQ(built.advice, "");
}

TEST(ABuild, that_fails_in_the_kits_own_headers_names_them_without_the_place_of_the_kit) {
    const Built built = toy::build(toy::serial("image(1, 2, 3) = std::vector<int>(image);"));
    EXPECT_FALSE(built.program);
    EXPECT_THAT(built.diagnostics, AllOf(HasSubstr("kit/image.hpp"), NamesNoPlaceOfTheKit()));
}

TEST(ABuild, that_fails_has_harmless_diagnostics) {
    const Built built = toy::build(toy::serial("", "#error \x1B[31mred\xFF"));
    EXPECT_FALSE(built.program);
    EXPECT_THAT(built.diagnostics, AllOf(HasSubstr("red"), Not(HasSubstr("\x1B")), Not(HasSubstr("\xFF"))));
}

Built build_with(const CompilerLimits& limits, const std::string& source) {
    Lesson lesson = toy::lesson();
    lesson.compiler_limits = limits;
    return toy::builder().start(lesson, lesson.version("serial"), Flavour::timed, source).get();
}

TEST(ABuild, costs_no_more_memory_than_the_lesson_allows) {
    std::string numbers = "#define A0 1,\n";
    for (int i = 1; i <= 18; ++i) numbers += fmt::format("#define A{0} A{1} A{1}\n", i, i - 1);
    const std::string source = toy::serial("", numbers + "const int numbers[] = {A18 0};");
    EXPECT_FALSE(build_with({.memory_mb = 160}, source).program);
    EXPECT_TRUE(build_with({.memory_mb = 160}, toy::serial("")).program) << "the limit isn't met by others";
}

TEST(ABuild, keeps_no_more_diagnostics_than_the_lesson_allows) {
    std::string flood;
    for (int i = 0; i < 100; ++i) flood += fmt::format("undeclared_{}();\n", i);
    const Built built = build_with({.output_kb = 2}, toy::serial(flood));
    EXPECT_FALSE(built.program);
    EXPECT_GT(built.diagnostics.size(), 1000U);
    EXPECT_LE(built.diagnostics.size(), 2048U);
}

TEST(ABuild, of_a_function_with_other_parameters_says_what_is_missing) {
    const std::string friendly =
        "01_toy/serial.cpp: error: toy::serial is not defined here with the parameters that toy.hpp "
        "declares\n";
    for (const char* source : {"#include \"toy.hpp\"\nnamespace toy { void serial(kit::Image&, int) {} }\n",
                               "#include \"toy.hpp\"\nvoid serial(kit::Image&) {}\n", "int nothing;\n", ""}) {
        const Built built = toy::build(source);
        EXPECT_FALSE(built.program) << source;
        EXPECT_THAT(built.diagnostics, HasSubstr(friendly)) << source;
    }
}

TEST(ABuild, reports_what_is_declared_and_never_defined) {
    for (const Flavour flavour : {Flavour::timed, Flavour::checked}) {
        const Built built = toy::build(toy::serial("helper();", "void helper();"), flavour);
        EXPECT_FALSE(built.program) << name(flavour);
        EXPECT_THAT(built.diagnostics,
                    AllOf(HasSubstr("undefined reference to `helper()'"), NamesNoPlaceOfTheKit()))
            << name(flavour);
    }
}

TEST(ABuild, does_not_let_a_version_use_what_the_harness_defines) {
    const Built built =
        toy::build(toy::serial("image(0, 0) = *reinterpret_cast<const char*>(&worker::entry);",
                               "namespace worker { struct Entry; extern const Entry entry; }"));
    EXPECT_FALSE(built.program);
    EXPECT_THAT(built.diagnostics, HasSubstr("undefined reference to `worker::entry'"));
}

TEST(ABuild, does_not_let_a_version_in_the_place_of_another) {
    const Built built = toy::build(toy::serial("toy::parallel(image, 1);"));
    EXPECT_FALSE(built.program);
    EXPECT_THAT(built.diagnostics, HasSubstr("undefined reference to `toy::parallel"));
}

// ---- Warnings and advice

TEST(ABuild, keeps_the_warnings_of_a_program_that_compiles) {
    const Built built = toy::build(toy::serial("int unused_number = 3;"));
    EXPECT_TRUE(built.program);
    EXPECT_THAT(built.diagnostics,
                AllOf(StartsWith("01_toy/serial.cpp: In function"), HasSubstr("unused_number")));
}

TEST(ABuild, advises_against_openmp) {
    const Built built =
        toy::build(toy::serial("#pragma omp parallel for\nfor (double& pixel : image.pixels()) pixel *= 2;"));
    EXPECT_TRUE(built.program) << built.diagnostics;
    EXPECT_THAT(built.advice, AllOf(HasSubstr("OpenMP"), HasSubstr("std::jthread")));
}

TEST(ABuild, advises_against_parallel_algorithms_that_need_tbb) {
    const Built built =
        toy::build(toy::serial("tbb::detail::r1::spawn();", "namespace tbb::detail::r1 { void spawn(); }"));
    EXPECT_FALSE(built.program);
    EXPECT_THAT(built.advice, AllOf(HasSubstr("std::execution"), HasSubstr("std::jthread")));
}

TEST(ABuild, has_no_advice_for_what_is_right) {
    const Built built = toy::build(toy::serial(doubles));
    EXPECT_TRUE(built.program) << built.diagnostics;
    EXPECT_EQ(built.diagnostics, "");
    EXPECT_EQ(built.advice, "");
}

// ---- What a version's object imports and exports

TEST(ABuild, names_what_a_version_takes_from_elsewhere) {
    EXPECT_THAT(toy::build(toy::serial("std::puts(\"here\");", "#include <cstdio>")).imports,
                Contains("puts"));
    EXPECT_THAT(toy::build(toy::serial(doubles)).imports, Not(Contains("puts")));
}

TEST(ABuild, leaves_no_name_of_a_students_file_in_the_program) {
    const Built built = toy::build(
        toy::serial("my_function(image); my_template<int>(); my_global += my_inline();",
                    "int my_global;\n"
                    "[[gnu::noinline]] void my_function(kit::Image& image) { image(0, 0) = 1; }\n"
                    "template <class T> [[gnu::noinline]] void my_template() { static T number; ++number; }\n"
                    "[[gnu::noinline]] inline int my_inline() { static int number; return ++number; }\n"));
    ASSERT_TRUE(built.program) << built.diagnostics;
    sandbox::Launch launch;
    launch.argv = {"nm", "-C", "--extern-only", "--defined-only", built.program->string()};
    launch.environment = sandbox::toolchain_environment();
    const sandbox::Captured symbols = sandbox::run(launch, 60, 1 << 20);
    ASSERT_TRUE(symbols.exit.success()) << symbols.output;
    EXPECT_THAT(symbols.output,
                AllOf(HasSubstr(" main\n"), Not(HasSubstr("my_")), Not(HasSubstr("worker::"))));
}

// ---- The cache

class ACache : public testing::Test {
  protected:
    Built build(const std::string& source, Flavour flavour = Flavour::timed) {
        CompilingBuilder builder(find_compiler(recipe::default_compiler), toy::lessons_dir, KIT_DIR,
                                 cache_.path());
        return builder.start(toy::lesson(), toy::lesson().version("serial"), flavour, source).get();
    }
    TemporaryFolder cache_;
};

TEST_F(ACache, keeps_what_was_built_by_its_content) {
    const Built first = build(toy::serial(doubles));
    ASSERT_TRUE(first.program) << first.diagnostics;
    const auto built_at = fs::last_write_time(*first.program);
    const std::string program = contents(*first.program);

    const Built second = build(toy::serial(doubles));
    EXPECT_EQ(second.program, first.program);
    EXPECT_EQ(fs::last_write_time(*second.program), built_at);
    EXPECT_EQ(contents(*second.program), program);

    const Built other = build(toy::serial(doubles + doubles));
    EXPECT_NE(other.program, first.program);
    EXPECT_EQ(fs::last_write_time(*first.program), built_at);

    for (const std::string& entry : cache_.names("built")) EXPECT_THAT(entry, Not(StartsWith("draft-")));
}

TEST_F(ACache, keeps_failures_too) {
    const Built first = build(toy::serial("undefined_name();"));
    const std::size_t entries = cache_.names("built").size();
    const Built second = build(toy::serial("undefined_name();"));
    EXPECT_FALSE(second.program);
    EXPECT_EQ(second.diagnostics, first.diagnostics);
    EXPECT_EQ(cache_.names("built").size(), entries);
}

TEST_F(ACache, builds_the_same_source_once_when_it_is_asked_for_at_the_same_time) {
    CompilingBuilder builder(find_compiler(recipe::default_compiler), toy::lessons_dir, KIT_DIR,
                             cache_.path());
    std::vector<std::shared_future<Built>> builds;
    for (int i = 0; i < 4; ++i)
        builds.push_back(builder.start(toy::lesson(), toy::lesson().version("serial"), Flavour::timed,
                                       toy::serial(doubles)));
    for (const auto& build : builds) EXPECT_EQ(build.get().program, builds[0].get().program);
    EXPECT_EQ(cache_.names("built").size(), 5U)
        << "the precompiled header, what every worker holds, the harness, the version's object, the program";
}

// ---- The machine's failures are no build errors

/// A kit whose g++ is killed while it compiles a version, as by a kernel without memory, as long as the file
/// "memory is short" exists.
class AMachineWithoutMemory : public testing::Test {
  protected:
    void SetUp() override {
        try {
            find_compiler("g++");
        } catch (const Error&) {
            GTEST_SKIP() << "there is no g++";
        }
        fs::create_directory(kit_ / "grader");
        fs::create_directory(kit_ / "lessons");
        fs::copy(KIT_DIR "/grader/worker", kit_ / "grader/worker", fs::copy_options::recursive);
        fs::copy(KIT_DIR "/lessons/kit", kit_ / "lessons/kit");
        program("killed/cc1plus", "ulimit -t 1; while :; do :; done");  // the hard limit kills it
        program("g++",
                "here=$(dirname \"$0\")\n"
                "case \"$*\" in *version.o*) [ -e \"$here/memory is short\" ] && exec g++ "
                "-B\"$here/killed/\" \"$@\" ;; esac\n"
                "exec g++ \"$@\"");
        kit_.write("grader/worker/memory is short", "");
    }

    void program(const std::string& name, const std::string& text) const {
        const fs::path file = kit_.write("grader/worker/" + name, "#!/bin/sh\n" + text + "\n");
        fs::permissions(file, fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
    }

    [[nodiscard]] Built build() const {
        CompilingBuilder builder(find_compiler(kit_ / "grader/worker/g++"), toy::lessons_dir, kit_.path(),
                                 cache_.path());
        return builder
            .start_submitted(toy::lesson(), toy::lesson().version("serial"), Flavour::timed,
                             toy::serial(doubles))
            .get();
    }

    TemporaryFolder kit_;
    TemporaryFolder cache_;
};

TEST_F(AMachineWithoutMemory, ends_the_grading_and_is_not_kept) {
    try {
        const Built built = build();
        ADD_FAILURE() << "taken for the student's error: " << built.diagnostics;
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::environment);
        EXPECT_THAT(error.what(), HasSubstr("the machine ran out of memory"));
    }
    for (const auto& kept : fs::directory_iterator(cache_ / "built"))
        EXPECT_THAT(kept.path().filename().string(), Not(StartsWith("draft-")));
    fs::remove(kit_ / "grader/worker/memory is short");
    EXPECT_TRUE(build().program) << "the failure was kept";
}

TEST(ABuilderThatBeginsAfresh, compiles_submissions_again_and_keeps_nothing_of_them) {
    const TemporaryFolder cache;
    const std::string source = toy::serial(doubles);
    const auto build = [&](bool afresh) {
        CompilingBuilder builder(find_compiler(recipe::default_compiler), toy::lessons_dir, KIT_DIR,
                                 cache.path());
        if (afresh) builder.begin_afresh();
        return *builder
                    .start_submitted(toy::lesson(), toy::lesson().version("serial"), Flavour::timed, source)
                    .get()
                    .program;
    };
    const fs::path kept = build(false);
    EXPECT_EQ(build(false), kept);
    const fs::path fresh = build(true);
    EXPECT_NE(fresh, kept);
    EXPECT_FALSE(fs::exists(fresh));
    EXPECT_TRUE(fs::exists(kept));
}

TEST(ACacheOfClang, outlives_a_checkout_that_touches_the_kits_headers) {
    std::optional<Compiler> compiler;
    try {
        compiler = find_compiler("clang++");
    } catch (const Error&) {
        GTEST_SKIP() << "there is no clang++";
    }
    const TemporaryFolder kit;
    const TemporaryFolder cache;
    fs::create_directory(kit / "grader");
    fs::create_directory(kit / "lessons");
    fs::copy(KIT_DIR "/grader/worker", kit / "grader/worker", fs::copy_options::recursive);
    fs::copy(KIT_DIR "/lessons/kit", kit / "lessons/kit");
    CompilingBuilder builder(*compiler, toy::lessons_dir, kit.path(), cache.path());
    const auto build = [&](const std::string& source) {
        return builder.start(toy::lesson(), toy::lesson().version("serial"), Flavour::timed, source).get();
    };
    EXPECT_TRUE(build(toy::serial(doubles)).program);
    for (const char* header : {"lessons/kit/kit.hpp", "lessons/kit/image.hpp"})
        fs::last_write_time(kit / header, fs::last_write_time(kit / header) + std::chrono::hours(1));
    const Built after = build(toy::serial(doubles + doubles));
    EXPECT_TRUE(after.program) << after.diagnostics;
}

TEST(TheFingerprint, changes_with_the_lessons_header_and_the_kit) {
    const TemporaryFolder kit;
    const TemporaryFolder lessons;
    const TemporaryFolder cache;
    kit.write("lessons/kit/image.hpp", "one");
    kit.write("grader/worker/harness.cpp", "one");
    kit.write("grader/worker/schedules/scheduler.cpp", "one");
    lessons.write("01_toy/toy.hpp", "one");
    const auto fingerprint = [&] {
        return CompilingBuilder(find_compiler(recipe::default_compiler), lessons.path(), kit.path(),
                                cache.path())
            .fingerprint(toy::lesson());
    };
    const std::string first = fingerprint();
    EXPECT_EQ(fingerprint(), first);
    lessons.write("01_toy/toy.hpp", "two");
    const std::string second = fingerprint();
    EXPECT_NE(second, first);
    for (const char* part : {"lessons/kit/image.hpp", "grader/worker/harness.cpp"}) {
        const std::string before = fingerprint();
        kit.write(part, "two");
        EXPECT_NE(fingerprint(), before) << part;
    }
}

// ---- The program of `make try`

TEST(TheTryProgram, shows_the_graders_own_image_before_and_after) {
    const Built built =
        toy::builder().try_program(toy::lesson(), toy::lesson().version("serial"), Flavour::checked,
                                   toy::serial(doubles + "std::puts(\"hello\");", "#include <cstdio>"));
    ASSERT_TRUE(built.program) << built.diagnostics;
    sandbox::Launch launch;
    launch.argv = {built.program->string(), "3", "5", "1", "42"};
    const sandbox::Captured shown = sandbox::run(launch, 60, 1 << 16);
    ASSERT_TRUE(shown.exit.success()) << shown.output;

    std::vector<double> pixels(15);
    fill_random(pixels, 42);
    const auto expected = [&](const std::string& title, double factor) {
        std::ostringstream text;
        text << title << ": 3 rows, 5 columns\n";
        for (std::size_t x = 0; x < 3; ++x) {
            for (std::size_t y = 0; y < 5; ++y) {
                text << ' ';
                text.width(12);
                text << factor * pixels[5 * x + y];
            }
            text << '\n';
        }
        return text.str();
    };
    EXPECT_EQ(shown.output, "SEED=42\n" + expected("before", 1) +
                                "-- what your code prints --\nhello\n-- end --\n" + expected("after", 2));
}

}  // namespace
}  // namespace grader
