#include "report/result.hpp"

namespace grader {

double Result::score() const {
    double sum = 0;
    for (const Graded& graded : versions) sum += graded.score;
    return sum;
}

}  // namespace grader
