#pragma once

/// What a person should look at. docs/instructor.md says what each means; docs/result.schema.json and plots/
/// have the same list, and a test holds them together.

namespace grader::flags {

inline constexpr const char* race_not_checked = "race_not_checked";
inline constexpr const char* memory_not_checked = "memory_not_checked";
inline constexpr const char* work_removed = "work_removed";
inline constexpr const char* speedup_above_runnable = "speedup_above_runnable";
inline constexpr const char* span_below_share = "span_below_share";
inline constexpr const char* work_inflated = "work_inflated";
inline constexpr const char* checks_evaded = "checks_evaded";
inline constexpr const char* answers_kept = "answers_kept";
inline constexpr const char* graded_by_wall_clock = "graded_by_wall_clock";

inline constexpr const char* all[] = {race_not_checked,       memory_not_checked, work_removed,
                                      speedup_above_runnable, span_below_share,   work_inflated,
                                      checks_evaded,          answers_kept,       graded_by_wall_clock};

}  // namespace grader::flags
