#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/json_text.hpp"
#include "report/exports.hpp"
#include "report/in_words.hpp"

namespace grader {

using json = nlohmann::ordered_json;

std::string classroom50_json(const Result& result) {
    json tests = json::array();
    long max_score = 0;
    long score = 0;
    for (const Graded& graded : result.versions) {
        tests.push_back({{"test-name", label(graded)},
                         {"passed", graded.verdict == Verdict::pass},
                         {"score", std::lround(graded.score)},
                         {"max-score", std::lround(graded.max_score)}});
        score += std::lround(graded.score);
        max_score += std::lround(graded.max_score);
    }
    json document = {{"schema", "classroom50/result/v1"},
                     {"datetime", result.graded_at},
                     {"score", score},
                     {"max-score", max_score},
                     {"tests", tests}};
    const std::pair<const char*, const char*> variables[] = {
        {"classroom", "CLASSROOM"}, {"assignment", "ASSIGNMENT"}, {"submission", "SUBMISSION_TAG"},
        {"commit", "COMMIT_URL"},   {"release", "RELEASE_URL"},   {"review", "COMMIT_URL"},
        {"review", "REVIEW_URL"}};  // the review is the commit unless there is a better one
    for (const auto& [field, variable] : variables)
        if (const char* value = std::getenv(variable); value != nullptr && *value != '\0')
            document[field] = value;
    return json_text(document);
}

}  // namespace grader
