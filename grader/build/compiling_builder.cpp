#include "build/compiling_builder.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "build/symbols.hpp"
#include "intake/intake.hpp"
#include "recipe.hpp"
#include "sandbox/isolation.hpp"
#include "sandbox/machine.hpp"
#include "sandbox/run.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

constexpr const char* harness_source = "harness.cpp";
constexpr double tool_wall_limit_s = 120;
constexpr std::uint64_t tool_file_limit_bytes = 512ULL << 20;
constexpr std::size_t preprocessed_bytes = 64 << 20;  // a hundred times what the standard library needs
/// Version of the files that build_into() leaves in a kept folder. Change it when they change.
constexpr const char* kept_layout = "4";
/// The worker's files, besides the harness, that hide functions of libraries; and the mangled names of the
/// C++ functions among these.
constexpr const char* stand_ins[] = {
    "virtual_clock.cpp",         "c11_threads.cpp",     "atomic_wait.cpp",
    "schedules/scheduler.cpp",   "schedules/waits.cpp", "schedules/accesses.cpp",
    "schedules/cache_lines.cpp", "schedules/races.cpp", "schedules/guards.cpp"};
constexpr std::string_view replaced_cxx_functions[] = {"_ZdlPv", "_ZNSt8__detail11__wait_impl",
                                                       "_ZNSt8__detail17__wait_until_impl"};
/// If a part of g++ is killed, g++ says so only in text that anybody can print. So this shell runs each part
/// and leaves the signal in a file.
constexpr const char* killed_by = "killed-by";
constexpr const char* noting_signals =
    R"("$0" "$@"; status=$?; [ $status -le 128 ] || echo $((status - 128)) >killed-by; exit $status)";

/// The object that compile_own() makes of that file.
std::string object_of(std::string_view file) {
    return fs::path(file).filename().string() + ".o";
}

/// The flavour whose flags a version's own object is compiled with.
constexpr Flavour instrumented_as(Flavour flavour) {
    return flavour == Flavour::schedules ? Flavour::tsan : flavour;
}

/// How a version's own object is compiled.
enum class Code { as_in_flavour, counted };

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Says what the compiler doesn't about the two ways to use threads that this kit doesn't have.
std::string advice_on(const std::string& diagnostics) {
    if (diagnostics.find("#pragma omp") != std::string::npos)
        return "OpenMP isn't part of this kit and its pragmas are ignored: use std::jthread "
               "(lessons/README.md).";
    if (diagnostics.find("tbb") != std::string::npos)
        return "The parallel algorithms of std::execution need TBB, which isn't linked: use std::jthread.";
    return {};
}

/// The signal that ended a tool or a part of it; 0 if none did.
int signal_of(const sandbox::Captured& result, const fs::path& folder) {
    if (result.exit.signal != 0 || !fs::exists(folder / killed_by)) return result.exit.signal;
    return std::atoi(read_file(folder / killed_by).c_str());
}

bool is_full(const fs::path& folder) {
    constexpr std::uintmax_t little_bytes = 32 << 20;
    std::error_code error;
    const fs::space_info space = fs::space(folder, error);
    return !error && space.available < little_bytes;
}

/// In a container the compiler runs as a user who owns nothing but must be able to reach the folder.
void refuse_unreachable(const fs::path& folder) {
    if (sandbox::isolation() != sandbox::Isolation::container) return;
    for (fs::path way = folder; !way.empty() && way != way.root_path(); way = way.parent_path()) {
        std::error_code error;
        if ((fs::status(way, error).permissions() & fs::perms::others_exec) != fs::perms::none) continue;
        throw Error(
            ExitCode::environment,
            fmt::format("{}: only its owner can enter this folder, and code is compiled as another user here",
                        way.string()),
            fmt::format("move the kit to a folder that all can enter, such as /opt, or: chmod o+x {}",
                        way.string()));
    }
}

}  // namespace

struct CompilingBuilder::Unit {
    const Lesson& lesson;
    const Version& version;
    Flavour flavour;
    Code code = Code::as_in_flavour;

    [[nodiscard]] std::string function() const { return lesson.name + "::" + version.name; }
    [[nodiscard]] std::string code_name() const {
        return std::string(code == Code::counted ? "counted" : name(instrumented_as(flavour))) +
               (version.vectorizes ? "" : " unvectorized");
    }
};

CompilingBuilder::CompilingBuilder(Compiler compiler, const fs::path& lessons_dir, const fs::path& kit_dir,
                                   const fs::path& cache_dir, unsigned jobs)
    : compiler_(std::move(compiler)),
      lessons_dir_(fs::absolute(lessons_dir)),
      headers_dir_(fs::absolute(kit_dir) / "lessons"),
      worker_dir_(fs::absolute(kit_dir) / "grader/worker"),
      cache_(fs::absolute(cache_dir) / "built"),
      jobs_(jobs),
      free_jobs_(jobs) {
    for (const fs::path& folder : {cache_.folder(), lessons_dir_, headers_dir_}) refuse_unreachable(folder);
    of_kit_ = {headers_dir_ / "kit", worker_dir_};
    for (const auto& lesson : fs::directory_iterator(lessons_dir_)) {
        if (!lesson.is_directory()) continue;
        for (const auto& file : fs::directory_iterator(lesson))
            if (file.path().extension() == ".hpp") of_kit_.insert(file.path());
    }
    std::vector<std::string> parts = folder_contents(worker_dir_);
    std::ranges::move(folder_contents(worker_dir_ / "schedules"), std::back_inserter(parts));
    parts.emplace_back(kept_layout);
    std::ranges::move(folder_contents(headers_dir_ / "kit"), std::back_inserter(parts));
    parts.push_back(compiler_.version);
    parts.push_back(sandbox::cpu_model());  // -march=native
    parts.push_back(fmt::format("isolation {}", static_cast<int>(sandbox::isolation())));
    for (const Flavour flavour : all_flavours)
        std::ranges::move(compiler_.flags(flavour), std::back_inserter(parts));
    std::ranges::move(compiler_.counted_flags(), std::back_inserter(parts));
    std::ranges::move(Compiler::unvectorized_flags(), std::back_inserter(parts));
    kit_hash_ = content_hash(parts);
}

std::string CompilingBuilder::fingerprint(const Lesson& lesson) const {
    return content_hash({kit_hash_, read_file(lessons_dir_ / lesson.folder / (lesson.name + ".hpp"))});
}

std::string CompilingBuilder::lesson_dir(const Lesson& lesson) const {
    return (lessons_dir_ / lesson.folder).string();
}

std::shared_future<Built> CompilingBuilder::start(const Lesson& lesson, const Version& version,
                                                  Flavour flavour, const std::string& source) {
    return begin({lesson, version, flavour}, source, false);
}

std::shared_future<Built> CompilingBuilder::start_submitted(const Lesson& lesson, const Version& version,
                                                            Flavour flavour, const std::string& source) {
    return begin({lesson, version, flavour}, source, fresh_);
}

std::shared_future<Built> CompilingBuilder::begin(const Unit& unit, const std::string& source, bool afresh) {
    std::shared_future<Built> result = std::async(std::launch::async, [=, this] {
                                           return build(unit, source, harness_source, afresh);
                                       }).share();
    const std::lock_guard lock(mutex_);
    begun_.push_back(result);
    return result;
}

Built CompilingBuilder::build_counted(const Lesson& lesson, const Version& version,
                                      const std::string& source) {
    return build({lesson, version, Flavour::schedules, Code::counted}, source, harness_source, fresh_);
}

void CompilingBuilder::take_turns() {
    if (jobs_ > 1) return;
    std::unique_lock lock(mutex_);
    const std::vector<std::shared_future<Built>> begun = std::exchange(begun_, {});
    lock.unlock();
    for (const auto& each : begun) each.wait();
}

Built CompilingBuilder::try_program(const Lesson& lesson, const Version& version, Flavour flavour,
                                    const std::string& source) {
    return build({lesson, version, flavour}, source, "try_main.cpp");
}

void CompilingBuilder::prepare(const Lesson& lesson, const Version& version, Flavour flavour) {
    harness_object({lesson, version, flavour}, harness_source);
}

CompilingBuilder::~CompilingBuilder() {
    for (const auto& each : begun_) each.wait();
}

/// A kept folder that holds nothing of a submission, so every later run of the toolchain may read it.
fs::path CompilingBuilder::kept_of_kit(const std::string& key, const FolderCache::Make& make) {
    fs::path folder = cache_.kept(key, make);
    const std::lock_guard lock(mutex_);
    of_kit_.insert(folder);
    return folder;
}

/// What the toolchain may read: the kit's headers and what was built from the kit alone, never another
/// submission.
std::vector<fs::path> CompilingBuilder::readable() {
    const std::lock_guard lock(mutex_);
    return {of_kit_.begin(), of_kit_.end()};
}

/// Runs a tool in `folder`. Returns what it printed, or nothing if it failed.
std::optional<std::string> CompilingBuilder::tool(std::vector<std::string> argv, const fs::path& folder,
                                                  const CompilerLimits& limits) {
    sandbox::Launch launch;
    launch.argv = std::move(argv);
    launch.cwd = folder;
    launch.environment = sandbox::toolchain_environment();
    launch.limits = {.cpu_s = limits.cpu_s,
                     .file_bytes = tool_file_limit_bytes,
                     .address_space_bytes = limits.memory_mb << 20};
    launch.confinement = {.visible = readable(),
                          .writable = folder,
                          .scratch_bytes = tool_file_limit_bytes,
                          .filter = sandbox::Filter::with_processes};
    sandbox::Captured result;
    try {
        result = sandbox::run(launch, tool_wall_limit_s, limits.output_kb << 10);
    } catch (const std::system_error& error) {
        throw Error(ExitCode::environment, fmt::format("{}: {}", launch.argv[0], error.code().message()),
                    "run ./setup: it installs the compiler and its tools");
    }
    // A submission can print these words, too.
    if (result.output.find("No space left on device") != std::string::npos && is_full(cache_.folder()))
        throw Error(ExitCode::environment,
                    fmt::format("{}: no space left on the disk", cache_.folder().string()),
                    "free some space (df -h shows it), then grade again");
    const int signal = result.exit.success() ? 0 : signal_of(result, folder);
    if (signal == SIGKILL && !result.timed_out)
        throw Error(ExitCode::environment,
                    fmt::format("{} was killed: the machine ran out of memory", launch.argv[0]),
                    "close other programs (free -h shows the memory), then grade again");
    // What the other tools print when they succeed is for the grader, not for the student.
    const bool succeeded = result.exit.success() && !result.timed_out;
    if (!succeeded || launch.argv[0] == compiler_.command) {
        std::string said = result.output;
        replace_all(said, folder.string() + "/", "");
        std::ofstream(folder / "diagnostics", std::ios::app) << said;
    }
    if (result.timed_out || signal == SIGXCPU)
        std::ofstream(folder / "diagnostics", std::ios::app)
            << fmt::format("(stopped: {} took longer than {} s)\n", launch.argv[0], limits.cpu_s);
    if (!succeeded) return std::nullopt;
    return result.output;
}

std::string CompilingBuilder::tool_or_throw(std::vector<std::string> argv, const fs::path& folder) {
    const std::string command = fmt::format("{}", fmt::join(argv, " "));
    if (auto output = tool(std::move(argv), folder)) return *output;
    throw Error(ExitCode::lesson, fmt::format("the kit's own code doesn't build: {}\n{}", command,
                                              first_lines(read_file(folder / "diagnostics"), 12)));
}

std::vector<std::string> CompilingBuilder::compiler_command(std::vector<std::string> flags) const {
    std::vector<std::string> argv = {compiler_.command};
    if (!compiler_.clang) argv.insert(argv.end(), {"-wrapper", std::string("sh,-c,") + noting_signals});
    std::ranges::move(flags, std::back_inserter(argv));
    return argv;
}

/// Compiles one file with the flavour's flags and the precompiled header.
std::optional<std::string> CompilingBuilder::compile(Flavour flavour, const fs::path& folder,
                                                     std::vector<std::string> arguments,
                                                     const CompilerLimits& limits) {
    return compile_with(compiler_.flags(flavour), precompiled_header(flavour) / "prelude.hpp", folder,
                        std::move(arguments), limits);
}

std::optional<std::string> CompilingBuilder::compile_with(std::vector<std::string> flags,
                                                          const fs::path& prelude, const fs::path& folder,
                                                          std::vector<std::string> arguments,
                                                          const CompilerLimits& limits) {
    std::vector<std::string> argv = compiler_command(std::move(flags));
    for (const std::string& flag : {std::string("-include"), prelude.string(), "-I" + headers_dir_.string(),
                                    std::string("-I") + worker_dir_.string()})
        argv.push_back(flag);
    std::ranges::move(arguments, std::back_inserter(argv));

    // Only compilations wait for their turn. Linking is short, and a first verdict shouldn't queue for it.
    free_jobs_.acquire();
    struct Release {
        std::counting_semaphore<>& semaphore;
        ~Release() { semaphore.release(); }
    } release{free_jobs_};
    return tool(std::move(argv), folder, limits);
}

fs::path CompilingBuilder::precompiled_header(Flavour flavour) {
    return kept_of_kit(content_hash({kit_hash_, "precompiled", name(flavour)}), [&](const fs::path& folder) {
        std::vector<std::string> argv = compiler_command(compiler_.flags(flavour));
        for (const std::string& flag :
             {"-I" + headers_dir_.string(), std::string("-x"), std::string("c++-header"),
              (worker_dir_ / "prelude.hpp").string(), std::string("-o"),
              std::string(compiler_.clang ? "prelude.hpp.pch" : "prelude.hpp.gch")})
            argv.push_back(flag);
        // The cache goes by content, while a checkout gives every header a new time.
        if (compiler_.clang) argv.insert(argv.end(), {"-Xclang", "-fno-pch-timestamp"});
        tool_or_throw(std::move(argv), folder);
    });
}

/// Compiles a file of the kit's own. `what` names it where it fails.
void CompilingBuilder::compile_own(Flavour flavour, const fs::path& folder, const std::string& file,
                                   std::vector<std::string> arguments, const std::string& what,
                                   const std::string& next) {
    arguments.insert(arguments.end(), {"-c", (worker_dir_ / file).string(), "-o", object_of(file)});
    if (compile(flavour, folder, std::move(arguments))) return;
    throw Error(ExitCode::lesson,
                fmt::format("{}: the kit's part of it doesn't compile\n{}", what,
                            first_lines(read_file(folder / "diagnostics"), 12)),
                next);
}

/// The objects that every worker of a flavour holds.
fs::path CompilingBuilder::common_objects(Flavour flavour, const char* source_file) {
    return kept_of_kit(content_hash({kit_hash_, "common", source_file, name(flavour)}),
                       [&](const fs::path& folder) {
                           compile_own(flavour, folder, source_file, {}, source_file, "run ./setup again");
                           for (const char* file : stand_ins)
                               compile_own(flavour, folder, file, {}, file, "run ./setup again");
                       });
}

/// The harness and the version's entry in one object that exports nothing but main and the stand-ins.
fs::path CompilingBuilder::harness_object(const Unit& unit, const char* source_file) {
    const std::string key = content_hash(
        {fingerprint(unit.lesson), source_file, unit.function(), unit.lesson.folder, name(unit.flavour)});
    return kept_of_kit(key, [&](const fs::path& folder) {
        const fs::path common = common_objects(unit.flavour, source_file);
        compile_own(
            unit.flavour, folder, "entry.cpp",
            {"-I" + lesson_dir(unit.lesson), fmt::format("-DLESSON_HEADER=\"{}.hpp\"", unit.lesson.name),
             "-DLESSON_FUNCTION=" + unit.function()},
            unit.function(), fmt::format("does {}.hpp declare it?", unit.lesson.name));
        const auto imports =
            symbols_of(tool_or_throw({"nm", "--extern-only", "entry.cpp.o"}, folder)).undefined;
        const std::string prefix = symbol_prefix(unit.lesson, unit.version);
        const auto contract = std::ranges::find_if(
            imports, [&](const std::string& symbol) { return symbol.starts_with(prefix); });
        if (contract == imports.end())
            throw Error(ExitCode::lesson,
                        fmt::format("{} is not a function in a namespace", unit.function()));
        write_file(folder / "contract", *contract);
        std::vector<std::string> join = {"ld",
                                         "-r",
                                         "--force-group-allocation",
                                         "entry.cpp.o",
                                         (common / object_of(source_file)).string(),
                                         "-o",
                                         "harness.o"};
        for (const char* file : stand_ins) join.push_back((common / object_of(file)).string());
        tool_or_throw(std::move(join), folder);
        std::vector<std::string> seal = {"objcopy", "harness.o"};
        // main, and what hides functions of the C and C++ libraries or of a sanitizer.
        for (const std::string& symbol :
             symbols_of(tool_or_throw({"nm", "--extern-only", "harness.o"}, folder)).defined)
            if (!symbol.starts_with("_Z") ||
                std::ranges::any_of(replaced_cxx_functions,
                                    [&](std::string_view function) { return symbol.starts_with(function); }))
                seal.push_back("--keep-global-symbol=" + symbol);
        tool_or_throw(std::move(seal), folder);
    });
}

/// Compiles the version alone. Without a file sealed.o in the folder it has failed, and diagnostics say why.
void CompilingBuilder::compile_into(const fs::path& folder, const Unit& unit, const std::string& source) {
    const std::string path = source_path(unit.lesson, unit.version);
    fs::create_directories((folder / path).parent_path());
    write_file(folder / path, source);
    write_file(folder / "compiled_in", folder.string() + "/");
    std::vector<std::string> arguments = {"-I" + lesson_dir(unit.lesson), "-c", path, "-o", "version.o"};
    if (!unit.version.vectorizes)
        std::ranges::move(Compiler::unvectorized_flags(), std::back_inserter(arguments));
    const CompilerLimits& limits = unit.lesson.compiler_limits;
    // Few versions are counted, so a precompiled header would not pay.
    const auto compiled = unit.code == Code::counted
                              ? compile_with(compiler_.counted_flags(), worker_dir_ / "prelude.hpp", folder,
                                             std::move(arguments), limits)
                              : compile(instrumented_as(unit.flavour), folder, std::move(arguments), limits);
    if (!compiled) return;

    const std::string contract = read_file(harness_object(unit, harness_source) / "contract");
    // One launch for all three, since a student waits for it.
    constexpr const char* seal = R"(
        ld -r --force-group-allocation version.o -o sealed.o
        objcopy --keep-global-symbol="$1" sealed.o
        nm --extern-only version.o)";
    const Symbols of_version = symbols_of(tool_or_throw({"sh", "-ec", seal, "seal", contract}, folder));
    std::error_code error;
    fs::remove(folder / "version.o", error);
    if (std::ranges::find(of_version.defined, contract) == of_version.defined.end()) {
        fs::remove(folder / "sealed.o", error);
        std::ofstream(folder / "diagnostics", std::ios::app)
            << fmt::format("{}: error: {} is not defined here with the parameters that {}.hpp declares\n",
                           path, unit.function(), unit.lesson.name);
        return;
    }
    write_file(folder / "imports", fmt::format("{}", fmt::join(of_version.undefined, "\n")));
}

/// Links the version's object, which flavours with the same instrumentation share, with a harness.
void CompilingBuilder::build_into(const fs::path& folder, const Unit& unit, const std::string& source,
                                  const char* harness, bool afresh) {
    const CompilerLimits& limits = unit.lesson.compiler_limits;
    const FolderCache::Make make = [&](const fs::path& draft) { compile_into(draft, unit, source); };
    const std::string key = content_hash(
        {fingerprint(unit.lesson), "object", unit.function(), unit.lesson.folder, unit.code_name(), source,
         fmt::format("{} {} {}", limits.cpu_s, limits.memory_mb, limits.output_kb)});
    const fs::path object = afresh ? cache_.temporary(make) : cache_.kept(key, make);
    for (const char* file : {"diagnostics", "imports", "sealed.o"})
        if (fs::exists(object / file)) fs::copy_file(object / file, folder / file);
    if (!fs::exists(folder / "sealed.o")) return;

    std::string linked = "sealed.o";
    if (unit.flavour ==
        Flavour::schedules) {  // g++ calls the C library's, where nobody would see the accesses
        linked = "redirected.o";
        std::vector<std::string> redirect = {"objcopy", "sealed.o", linked};
        for (const char* function : {"memcpy", "memmove", "memset"})
            redirect.push_back(fmt::format("--redefine-sym={0}=__tsan_{0}", function));
        tool_or_throw(std::move(redirect), folder);
    }
    std::vector<std::string> link = compiler_command(compiler_.flags(unit.flavour));
    link.insert(link.end(),
                {linked, (harness_object(unit, harness) / "harness.o").string(), "-o", "program"});
    std::error_code error;
    if (tool(std::move(link), folder, limits)) {
        fs::remove(folder / "sealed.o", error);
        fs::remove(folder / linked, error);
    } else {  // the linker names the source where it was compiled
        std::string said = read_file(folder / "diagnostics");
        replace_all(said, read_file(object / "compiled_in"), "");
        write_file(folder / "diagnostics", said);
    }
}

std::optional<std::string> CompilingBuilder::preprocessed(const std::string& path, const std::string& source,
                                                          const Preprocess& preprocess) {
    const Draft draft(cache_.folder());
    const fs::path& folder = draft.folder();
    fs::create_directories((folder / path).parent_path());
    write_file(folder / path, source);
    std::error_code error;
    if (!preprocess(folder) || fs::file_size(folder / "preprocessed", error) > preprocessed_bytes)
        return std::nullopt;
    return read_file(folder / "preprocessed");
}

std::optional<std::vector<Token>> CompilingBuilder::written_tokens(const Lesson& lesson,
                                                                   const Version& version,
                                                                   const std::string& source) {
    const std::string path = source_path(lesson, version);
    std::vector<std::string> argv = {compiler_.command, "-std=c++20", "-w"};
    if (compiler_.clang) {
        // clang writes the dump to stderr.
        argv.insert(argv.begin(), {"sh", "-c", "\"$@\" 2>preprocessed", "dump"});
        argv.insert(argv.end(), {"-fsyntax-only", "-Xclang", "-dump-raw-tokens", path});
    } else {
        argv.insert(argv.end(), {"-fpreprocessed", "-E", "-dD", path, "-o", "preprocessed"});
    }
    const auto text = preprocessed(path, compiler_.clang ? source : joined_lines(source),
                                   [&](const fs::path& folder) { return tool(argv, folder).has_value(); });
    if (!text) return std::nullopt;
    return compiler_.clang ? tokens_of_dump(*text) : tokens_of_text(*text);
}

std::optional<std::vector<Token>> CompilingBuilder::expanded_tokens(const Lesson& lesson,
                                                                    const Version& version, Flavour flavour,
                                                                    const std::string& source) {
    const std::string path = source_path(lesson, version);
    std::vector<std::string> arguments = {"-I" + lesson_dir(lesson), "-E", "-dD", path, "-o", "preprocessed"};
    // Without this flag g++ can't use the precompiled header here.
    if (!compiler_.clang) arguments.emplace_back("-fpch-preprocess");
    const auto text = preprocessed(path, source, [&](const fs::path& folder) {
        return compile(flavour, folder, arguments).has_value();
    });
    return text ? tokens_of_expansion(*text, path) : std::nullopt;
}

Built CompilingBuilder::build(const Unit& unit, const std::string& source, const char* harness, bool afresh) {
    const CompilerLimits& limits = unit.lesson.compiler_limits;
    const std::string key =
        content_hash({fingerprint(unit.lesson), harness, unit.function(), unit.lesson.folder,
                      name(unit.flavour), unit.code_name(), source,
                      fmt::format("{} {} {}", limits.cpu_s, limits.memory_mb, limits.output_kb)});
    const FolderCache::Make make = [&](const fs::path& draft) {
        build_into(draft, unit, source, harness, afresh);
    };
    const fs::path folder = afresh ? cache_.temporary(make) : cache_.kept(key, make);
    Built built;
    if (fs::exists(folder / "program")) {
        built.program = folder / "program";
        std::istringstream imports(read_file(folder / "imports"));
        for (std::string symbol; std::getline(imports, symbol);) built.imports.push_back(symbol);
    }
    std::string diagnostics = read_file(folder / "diagnostics");
    for (const fs::path& known : {lessons_dir_, headers_dir_, worker_dir_, cache_.folder()})
        replace_all(diagnostics, known.string() + "/", "");
    built.diagnostics = printable(diagnostics, true);
    built.advice = advice_on(built.diagnostics);
    return built;
}

}  // namespace grader
