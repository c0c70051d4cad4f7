#include "command/prepare.hpp"

#include <fmt/format.h>

#include <future>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "build/compiling_builder.hpp"
#include "diagnose/mistake_records.hpp"
#include "lesson/lesson.hpp"
#include "recipe.hpp"
#include "reference/references.hpp"
#include "run/worker_process.hpp"

namespace grader {

namespace fs = std::filesystem;

void prepare(const KitOptions& kit) {
    const std::vector<Lesson> lessons = read_lessons(kit.lessons);
    CompilingBuilder builder(find_compiler(kit.compiler), kit.lessons, recipe::kit_dir, kit.cache, kit.jobs);
    WorkerLauncher launcher;
    References references(builder, launcher, kit.solutions);
    std::vector<std::future<void>> pieces;
    for (const Lesson& lesson : lessons) {
        pieces.push_back(std::async(std::launch::async, [&builder, &launcher, &kit, &lesson] {
            MistakeRecords(builder, launcher, kit.solutions, kit.cache).of(lesson);
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
    CompilingBuilder builder(find_compiler(kit.compiler), kit.lessons, recipe::kit_dir, kit.cache, kit.jobs);
    WorkerLauncher launcher;
    References references(builder, launcher, kit.solutions);
    MistakeRecords records(builder, launcher, kit.solutions, kit.cache);
    make_out_folder(folder);
    record_answers(lessons, references, folder);
    for (const Lesson& lesson : lessons) {
        if (!lesson.kind->changes_images) continue;
        make_out_folder(folder / lesson.folder);
        records.write(lesson, folder / lesson.folder);
    }
}

}  // namespace grader
