#include <string>
#include <vector>

#include "class/csv.hpp"
#include "class/gradebooks.hpp"

namespace grader {

std::string canvas_gradebook(const std::vector<GradedStudent>& students, const std::string& assignment) {
    std::string text = csv_row({"Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment});
    text += csv_row({"    Points Possible", "", "", "", "", "100"});
    for (const GradedStudent& each : students)
        text += csv_row({each.student.name, each.student.id, "", "", "", points(each.score())});
    return text;
}

}  // namespace grader
