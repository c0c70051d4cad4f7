#pragma once

#include <string>

namespace grader {

/// How a check or a version came out, worst first: of several, the first of this order counts, since it is
/// the one that doesn't depend on luck (a race is found although the answer happened to be right).
enum class Verdict {
    not_started,
    build_error,
    race,
    memory_error,
    timeout,
    out_of_memory,
    crash,
    wrong,
    pass,
};

/// As in result.json: "not_started".
constexpr const char* name(Verdict verdict) {
    constexpr const char* names[] = {"not_started",   "build_error", "race",  "memory_error", "timeout",
                                     "out_of_memory", "crash",       "wrong", "pass"};
    return names[static_cast<int>(verdict)];
}

/// For people: "not started".
inline std::string title(Verdict verdict) {
    std::string text = name(verdict);
    for (char& c : text)
        if (c == '_') c = ' ';
    return text;
}

}  // namespace grader
