#include "diagnose/diagnose.hpp"

#include <algorithm>
#include <string>

#include "measure/bands.hpp"
#include "measure/scaling.hpp"

namespace grader {

namespace {

constexpr const char* detach_symbol = "_ZNSt6thread6detachEv";

bool detaches(const Attempt& attempt) {
    const std::vector<std::string>& imports = attempt.built(Flavour::timed).imports;
    return std::ranges::find(imports, detach_symbol) != imports.end();
}

const Mistake* behind_failure(const Attempt& attempt, Verdict verdict, const KnownMistakes& known,
                              Launcher& launcher) {
    if (verdict == Verdict::not_started || verdict == Verdict::build_error) return nullptr;
    const bool answers_tell =
        verdict == Verdict::wrong || verdict == Verdict::memory_error || verdict == Verdict::crash;
    const auto checked_build = attempt.builds.find(Flavour::checked);
    if (answers_tell && !known.right.empty() && checked_build != attempt.builds.end()) {
        const Built& built = checked_build->second.get();
        if (built.program)
            if (const Mistake* found =
                    find_by_answers(known.mistakes, attempt.version.name,
                                    answers_of(*built.program, attempt.lesson, known.right, launcher));
                found != nullptr && found->is_possible_in(attempt.source()))
                return found;
    }
    if (detaches(attempt)) return find_by_symptom(known.mistakes, Symptom::detach_called);
    return find_by_symptom(known.mistakes, attempt.checked.symptom);
}

const Mistake* behind_speed(const Attempt& attempt, const Measured& measured,
                            const std::vector<Mistake>& mistakes, unsigned cores) {
    if (work_removed(attempt.version, measured)) return find_by_symptom(mistakes, Symptom::work_removed);
    if (measured.speedup.empty()) return nullptr;
    if (measured.speedup.back().best.threads_started >= measured.shape.pixels())
        return find_by_symptom(mistakes, Symptom::thread_per_pixel);
    const std::optional<Symptom> symptom = limit_of(measured.speedup).symptom;
    const auto speed = reached(attempt, measured, cores);
    const bool all_points =
        speed && bands_reached(attempt.version.bands, *speed) == attempt.version.bands.size();
    // A version that ignores its number of threads breaks the rules even if it earns all points.
    if (all_points && symptom != Symptom::same_number_of_threads) return nullptr;
    return find_by_symptom(mistakes, symptom);
}

}  // namespace

std::optional<Mistake> diagnose(const Attempt& attempt, const Measured& measured, MistakeRecords& records,
                                unsigned cores) {
    if (attempt.is_missing() || !attempt.version.changes_images()) return std::nullopt;
    const Verdict verdict = verdict_of(attempt.checked, measured);
    const KnownMistakes& known = records.of(attempt.lesson);
    const Mistake* found = verdict == Verdict::pass
                               ? behind_speed(attempt, measured, known.mistakes, cores)
                               : behind_failure(attempt, verdict, known, records.launcher());
    return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace grader
