#include "reference/candidates.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "lesson/mistake.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

std::vector<SolutionFile> files_of(const Lesson& lesson, const fs::path& solutions) {
    std::vector<SolutionFile> files;
    for (const Version& version : lesson.versions) files.push_back({version.name + ".cpp", version.name, ""});
    std::vector<fs::path> right;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(solutions / "right", error))
        right.push_back(entry.path());
    std::ranges::sort(right);
    for (const fs::path& file : right)
        files.push_back({"right" / file.filename(), head_paragraphs(read_file(file)).front(), ""});
    for (const Mistake& mistake : read_mistakes(solutions / "mistakes"))
        if (mistake.by_answers()) files.push_back({mistake.file, "", mistake.name});
    return files;
}

bool defines(const std::string& source, const Lesson& lesson, const Version& version) {
    return source.find(fmt::format("void {}::{}(", lesson.name, version.name)) != std::string::npos;
}

/// Moves the #include lines, which can't be in a namespace, to `includes`. Keeps the line numbers.
std::string without_includes(const std::string& source, std::set<std::string>& includes) {
    std::string result;
    std::istringstream lines(source);
    for (std::string line; std::getline(lines, line); result += '\n') {
        if (line.starts_with("#include"))
            includes.insert(line);
        else
            result += line;
    }
    return result;
}

/// All the files in one, each in its own namespace, and the function of the version `as`, which calls them.
std::string one_source(const Lesson& lesson, const Version& as, const std::vector<SolutionFile>& files,
                       const fs::path& solutions, std::vector<Candidate>& candidates) {
    std::set<std::string> includes;
    std::string bodies;
    std::string table;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string source = read_file(solutions / files[i].path);
        const std::size_t before = candidates.size();
        bodies += fmt::format("namespace candidate_{} {{ namespace {} {{\n", i, lesson.name);
        for (const Version& version : lesson.versions) {
            bodies += fmt::format("void {}(kit::Image&{});\n", version.name,
                                  version.threaded() ? ", unsigned" : "");
            if (!defines(source, lesson, version)) continue;
            table += fmt::format(
                "    [](kit::Image& image, [[maybe_unused]] unsigned threads) {{ "
                "candidate_{}::{}::{}(image{}); }},\n",
                i, lesson.name, version.name, version.threaded() ? ", threads" : "");
            candidates.push_back({files[i], version.name});
        }
        if (candidates.size() == before)
            throw Error(ExitCode::lesson, fmt::format("{}: it defines no version of the lesson",
                                                      (solutions / files[i].path).string()));
        bodies +=
            fmt::format("}}\n#line 1 \"{}\"\n{}}}\n", files[i].path, without_includes(source, includes));
    }
    return fmt::format(
        "{0}\n{1}\nstatic void (*const candidates[])(kit::Image&, unsigned) = {{\n{2}}};\n"
        "void {3}::{4}(kit::Image& image, unsigned threads) {{\n"
        "    candidates[threads / {5}](image, threads % {5});\n}}\n",
        fmt::join(includes, "\n"), bodies, table, lesson.name, as.name, max_threads);
}

}  // namespace

CandidateProgram::CandidateProgram(const Lesson& lesson, Builder& builder, const fs::path& solutions) {
    const auto threaded = std::ranges::find_if(lesson.versions, &Version::threaded);
    if (threaded == lesson.versions.end())
        throw Error(ExitCode::lesson,
                    fmt::format("{}: only a lesson with a threaded version can have mistakes and candidates",
                                solutions.string()));
    const std::string source =
        one_source(lesson, *threaded, files_of(lesson, solutions), solutions, candidates_);
    Lesson of_the_kit = lesson;  // limits lowered for a student's file don't suit many trusted files in one
    of_the_kit.compiler_limits = {};
    const Built built = builder.start(of_the_kit, *threaded, Flavour::checked, source).get();
    if (!built.program)
        throw Error(ExitCode::lesson, fmt::format("{}: a solution or mistake doesn't compile\n{}",
                                                  solutions.string(), first_lines(built.diagnostics, 12)));
    program_ = *built.program;
}

CandidateRunner::CandidateRunner(const CandidateProgram& program, const Judging& judging, Launcher& launcher)
    : judging_(judging),
      limits_(sanitized_but_short(judging.candidates_of->limits)),
      program_(launcher, {.program = program.program(),
                          .flavour = Flavour::checked,
                          .limits = limits_,
                          .arena_pixels = judging.pixels}) {}

std::string CandidateRunner::run(std::size_t candidate, const Shape& shape, std::span<double> pixels) {
    using End = CallResult::End;
    const CallResult result =
        program_.call(shape, CandidateProgram::threads_for(candidate, judging_.threads),
                      [&](std::span<double> image) { std::ranges::copy(pixels, image.begin()); });
    if (result.end == End::done) {
        std::ranges::copy(program_.program().image(0, pixels.size()), pixels.begin());
        return "";
    }
    const std::string where = fmt::format("on an image of {}×{}", shape.rows, shape.cols);
    if (result.end == End::busy || result.end == End::slow)
        return fmt::format("{} it needed more than {} s", where, limits_.cpu_s);
    return where + " it failed";
}

}  // namespace grader
