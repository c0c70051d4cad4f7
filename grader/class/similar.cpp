#include "class/similar.hpp"

#include <fmt/format.h>

#include <map>
#include <string>

#include "base/files.hpp"
#include "class/csv.hpp"

namespace grader {

namespace fs = std::filesystem;

void write_similarity_lists(const std::vector<Student>& students, const std::vector<Lesson>& lessons,
                            const fs::path& lessons_dir, const fs::path& out) {
    std::map<std::string, std::string> names;  // of all who handed in one submission, by its key
    for (const Student& student : students) {
        if (!student.submitted) continue;
        std::string& name = names[student.graded_as];
        name += (name.empty() ? "" : " & ") + student.name;
    }
    const fs::path folder = out / "similar";
    fs::create_directories(folder);
    for (const Lesson& lesson : lessons) {
        for (const Version& version : lesson.versions) {
            const std::string file = source_path(lesson, version);
            const std::string stub = read_file(lessons_dir / file);
            std::string list = csv_row({"filename", "full_name", "id", "ignored"});
            list += csv_row({fs::proximate(lessons_dir / file, folder).string(), "the stub", "", "true"});
            for (const auto& [key, name] : names) {
                const fs::path source = out / "submissions" / key / file;
                std::error_code error;
                if (!fs::exists(source, error) || read_file(source) == stub) continue;
                list += csv_row({fs::proximate(source, folder).string(), name, key, "false"});
            }
            write_file(folder / fmt::format("{}_{}.csv", lesson.name, version.name), list);
        }
    }
}

}  // namespace grader
