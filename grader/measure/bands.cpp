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
    return measured.ratio && version.max_speedup && measured.ratio->value > *version.max_speedup;
}

std::optional<Reached> reached(const Attempt& attempt, const Measured& measured, unsigned cores) {
    const auto alike = [](const std::optional<Interval>& value) -> std::optional<Reached> {
        if (!value) return std::nullopt;
        return Reached{*value, *value};
    };
    switch (attempt.version.yardstick) {
        case Yardstick::speedup:
            return alike(measured.ratio);
        case Yardstick::efficiency: {
            auto result = alike(mean_efficiency(measured.speedup, cores));
            if (const auto moving = mean_efficiency_with_cache_lines(measured.speedup); result && moving)
                result->with_cache_lines = *moving;
            return result;
        }
        case Yardstick::share:
            if (!attempt.checked.share) return std::nullopt;
            return alike(Interval{*attempt.checked.share, *attempt.checked.share, *attempt.checked.share});
    }
    return std::nullopt;
}

/// They rise, so none counts above one that is missed.
std::size_t bands_reached(const std::vector<Band>& bands, const Reached& reached) {
    const auto missed = std::ranges::find_if(
        bands, [&](const Band& band) { return reached.counted_in(band).value < band.min; });
    return static_cast<std::size_t>(missed - bands.begin());
}

Verdict verdict_of(const CheckResult& checked, const Measured& measured) {
    return measured.failure ? measured.failure->outcome.value() : checked.verdict.value();
}

bool work_removed(const Version& version, const Measured& measured) {
    return beats_reference(version, measured) || beats_additions(version, measured);
}

}  // namespace grader
