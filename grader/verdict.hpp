#pragma once

#include <iterator>
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

inline constexpr Verdict all_verdicts[] = {
    Verdict::not_started,   Verdict::build_error, Verdict::race,  Verdict::memory_error, Verdict::timeout,
    Verdict::out_of_memory, Verdict::crash,       Verdict::wrong, Verdict::pass};

/// As in result.json: "not_started". docs/result.schema.json and plots/result.py have the same list.
constexpr const char* name(Verdict verdict) {
    constexpr const char* names[] = {"not_started",   "build_error", "race",  "memory_error", "timeout",
                                     "out_of_memory", "crash",       "wrong", "pass"};
    static_assert(std::size(names) == std::size(all_verdicts) && all_verdicts[8] == Verdict::pass);
    return names[static_cast<int>(verdict)];
}

/// In a check's place for a verdict, where a flavour can't tell.
inline constexpr const char* not_checked = "not_checked";

/// For people: "not started".
inline std::string title(Verdict verdict) {
    std::string text = name(verdict);
    for (char& c : text)
        if (c == '_') c = ' ';
    return text;
}

}  // namespace grader
