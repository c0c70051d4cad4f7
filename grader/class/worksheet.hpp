#pragma once

/// A platform's own file, filled in: Moodle's grading worksheet or Canvas' exported gradebook. All that isn't
/// a grade or a comment of this class stays as it was, since importers go by it: order, numbers, dates,
/// words.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "class/csv.hpp"
#include "class/graded_student.hpp"

namespace grader {

struct Worksheet {
    struct Row {
        std::size_t row = 0;
        std::string id;
        bool locked = false;  // the platform takes no grade for it
    };
    Table table;
    const char* gradebook;  // the name of the file that it becomes
    std::size_t grade_column;
    std::optional<std::size_t> feedback_column;
    double most_points;
    char decimal_mark;  // in the column of grades
    std::vector<Row> students;
};

/// moodle.cpp: knows the worksheet in any language. Returns nothing if it isn't one. Throws Error
/// (ExitCode::usage) if the assignment is graded by a scale.
std::optional<Worksheet> moodle_worksheet(const Table& table);

/// moodle.cpp: what happened in each version, as Moodle's comments are: HTML, here in one line.
std::string moodle_feedback(const GradedStudent& student);

/// canvas.cpp: `assignment` is the name of its column, with the number in brackets or without it; it may be
/// empty if there is just one. Returns nothing if it isn't a gradebook. Throws Error (ExitCode::usage) if the
/// column can't be told or can't be filled in.
std::optional<Worksheet> canvas_worksheet(const Table& table, const std::string& assignment);

/// Reads a file of either platform. Throws Error if it is neither, or can't be filled in.
Worksheet read_worksheet(const std::filesystem::path& file, const std::string& assignment);

/// What became of filling in.
struct Filled {
    std::size_t rows = 0;    // that got a grade
    std::size_t locked = 0;  // that would have got one
    std::vector<const Student*> missing;
    std::vector<const Student*> doubled;  // whose number another student of the class has, too
};

/// Writes the class's grades, and Moodle's comments, into the worksheet. The row of a student without a grade
/// stays as it is: to Moodle even a comment alone is a change after which it takes the grade for outdated.
Filled fill_in(Worksheet& worksheet, const std::vector<GradedStudent>& students);

/// A number with a decimal point or comma, as platforms write it. Returns nothing for any other text.
std::optional<double> number_in(std::string_view text);

/// The decimal mark of the first number with one in a column; else a point.
char decimal_mark_of(const Table& table, std::size_t column);

}  // namespace grader
