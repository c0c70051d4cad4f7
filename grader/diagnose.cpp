#include "diagnose.hpp"

#include <algorithm>
#include <string>

#include "sandbox/usage.hpp"
#include "scaling.hpp"
#include "score.hpp"

namespace grader {

namespace {

constexpr const char* detach_symbol = "_ZNSt6thread6detachEv";

bool detaches(const Job& job) {
    const std::vector<std::string>& imports = job.builds.at(Flavour::timed).get().imports;
    return std::ranges::find(imports, detach_symbol) != imports.end();
}

const Mistake* behind_failure(const Job& job, const Checked& checked, Verdict verdict,
                              const KnownMistakes& known) {
    if (verdict == Verdict::not_started || verdict == Verdict::build_error) return nullptr;
    const bool answers_tell =
        verdict == Verdict::wrong || verdict == Verdict::memory_error || verdict == Verdict::crash;
    const auto checked_build = job.builds.find(Flavour::checked);
    if (answers_tell && !known.right.empty() && checked_build != job.builds.end()) {
        const Built& built = checked_build->second.get();
        if (built.program)
            if (const Mistake* found = find_by_answers(known.mistakes, job.version.name,
                                                       answers_of(*built.program, job.lesson, known.right)))
                return found;
    }
    if (detaches(job)) return find_by_name(known.mistakes, "detached");
    return find_by_name(known.mistakes, checked.mistake);
}

const Mistake* behind_speed(const Job& job, const Measured& measured, const std::vector<Mistake>& mistakes) {
    if (work_removed(job.version, measured)) return find_by_name(mistakes, "work_removed");
    if (measured.speedup.empty()) return nullptr;
    if (measured.speedup.back().best.threads_started >= measured.shape.pixels())
        return find_by_name(mistakes, "thread_per_pixel");
    const std::string mistake = limit_of(measured.speedup).mistake;
    const auto speed = banded_speed(job.version, measured, sandbox::cores());
    const bool all_points = speed && bands_reached(job.version.bands, *speed) == job.version.bands.size();
    // Who starts too many threads earns its points, but not by the rules.
    return all_points && mistake != "ignores_threads" ? nullptr : find_by_name(mistakes, mistake);
}

}  // namespace

std::vector<std::optional<Mistake>> diagnose(const std::vector<Job>& jobs,
                                             const std::vector<Checked>& checked,
                                             const std::vector<Measured>& measured, MistakeRecords& records) {
    std::vector<std::optional<Mistake>> result(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (jobs[i].source.empty() || jobs[i].lesson.judging) continue;
        const Verdict verdict = verdict_of(checked[i], measured[i]);
        const KnownMistakes& known = records.of(jobs[i].lesson);
        const Mistake* found = verdict == Verdict::pass ? behind_speed(jobs[i], measured[i], known.mistakes)
                                                        : behind_failure(jobs[i], checked[i], verdict, known);
        if (found != nullptr) result[i] = *found;
    }
    return result;
}

}  // namespace grader
