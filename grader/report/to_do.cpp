#include "report/to_do.hpp"

#include <algorithm>

#include "report/in_words.hpp"

namespace grader {

namespace {

/// The version's place in the order; negative if there is nothing to do.
int turn_of(const Graded& graded) {
    if (is_open(graded)) return 2;
    if (graded.verdict != Verdict::pass) return 0;
    if (graded.has_all_points()) return -1;
    return graded.reused ? 3 : 1;
}

}  // namespace

std::vector<const Graded*> to_do(const Result& result) {
    std::vector<const Graded*> versions;
    for (const Graded& graded : result.versions)
        if (turn_of(graded) >= 0) versions.push_back(&graded);
    std::ranges::stable_sort(versions, {}, [](const Graded* graded) { return turn_of(*graded); });
    return versions;
}

}  // namespace grader
