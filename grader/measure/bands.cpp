#include "measure/bands.hpp"

#include <algorithm>

#include "measure/scaling.hpp"

namespace grader {

namespace {

bool beats_additions(const Version& version, const Measured& measured) {
    return measured.pixel_s && version.least_ns_per_pixel &&
           *measured.pixel_s < 1e-9 * *version.least_ns_per_pixel;
}

}  // namespace

bool beats_reference(const Version& version, const Measured& measured) {
    return measured.ratio && version.max_speedup && measured.ratio->low > *version.max_speedup;
}

std::optional<Interval> reached(const Attempt& attempt, const Measured& measured, unsigned cores) {
    switch (attempt.version.yardstick) {
        case Yardstick::speedup:
            return measured.ratio;
        case Yardstick::efficiency:
            return mean_efficiency(measured.speedup, cores);
        case Yardstick::share:
            if (!attempt.checked.share) return std::nullopt;
            return Interval{*attempt.checked.share, *attempt.checked.share, *attempt.checked.share};
    }
    return std::nullopt;
}

std::size_t bands_reached(const std::vector<Band>& bands, const Interval& reached) {
    return static_cast<std::size_t>(
        std::ranges::count_if(bands, [&](const Band& band) { return reached.high >= band.min; }));
}

Verdict verdict_of(const CheckResult& checked, const Measured& measured) {
    return measured.failure ? measured.failure->outcome.value() : checked.verdict.value();
}

bool work_removed(const Version& version, const Measured& measured) {
    return beats_reference(version, measured) || beats_additions(version, measured);
}

}  // namespace grader
