#pragma once

#include <filesystem>
#include <vector>

#include "class/student.hpp"
#include "lesson/lesson.hpp"

namespace grader {

/// Writes out/similar/LESSON_VERSION.csv for each version: the list of files that Dolos takes to compare them
/// (its columns filename, full_name, id and ignored; dolos.ugent.be, version 3.5), with the stub as the file
/// whose code is nobody's. A stub that nobody touched is left out, since two of them are alike.
void write_similarity_lists(const std::vector<Student>& students, const std::vector<Lesson>& lessons,
                            const std::filesystem::path& lessons_dir, const std::filesystem::path& out);

}  // namespace grader
