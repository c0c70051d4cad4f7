#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "base/image_data.hpp"
#include "base/text.hpp"
#include "check/outcome.hpp"
#include "check/schedule_in_words.hpp"
#include "check/suite.hpp"
#include "run/schedule.hpp"
#include "worker/protocol.hpp"

namespace grader {

namespace {

using End = CallResult::End;

// Shares of a case's schedules:
constexpr double with_one_deviation = 0.25;
constexpr double with_two_deviations = 0.15;
constexpr std::uint64_t most_choices_to_shorten = 60'000;  // of all schedules together
constexpr double most_cpu_to_shorten_s = 2;
constexpr std::uint32_t choices_to_deviate_at = 100;
constexpr unsigned pairs_to_try = 500;

bool earlier(const worker::schedules::Deviation& one, const worker::schedules::Deviation& other) {
    return one.choice < other.choice;
}

/// The schedules to try out in one case, once the default one has made that many choices with that many
/// threads. Most mistakes show with one or two switches in the right place, so these come first; cf.
/// Musuvathi, Qadeer: Iterative Context Bounding for Systematic Testing of Multithreaded Programs, PLDI 2007.
std::vector<Plan> plans(const CheckCase& at, std::uint32_t choices, std::uint32_t threads) {
    const unsigned count = std::ranges::find_if(scheduled_inputs, [&](const ScheduledInput& input) {
                               return input.shape == at.shape && input.threads == at.threads;
                           })->schedules;
    std::vector<Plan> result;
    const std::uint64_t places = std::uint64_t{choices} * threads;
    const auto deviation = [&](std::uint64_t place) {
        return worker::schedules::Deviation{static_cast<std::uint32_t>(place / threads),
                                            static_cast<std::uint32_t>(place % threads)};
    };
    const auto singles = static_cast<std::uint64_t>(with_one_deviation * count);
    const std::uint64_t step = std::max<std::uint64_t>(1, places / singles);
    for (std::uint64_t i = 0; i < singles && (i + 1) * step <= places; ++i)
        result.push_back(
            {.seed = {}, .deviations = {deviation(i * step + derived_seed(at.seed, "one", i) % step)}});
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(with_two_deviations * count) && choices > 1;
         ++i) {
        const auto one = deviation(derived_seed(at.seed, "first", i) % places);
        const auto other = deviation(derived_seed(at.seed, "second", i) % places);
        if (one.choice != other.choice)
            result.push_back(
                {.seed = {}, .deviations = {std::min(one, other, earlier), std::max(one, other, earlier)}});
    }
    for (std::uint64_t i = 0; result.size() < count; ++i)
        result.push_back({.seed = derived_seed(at.seed, "random", i)});
    return result;
}

/// Whether the C++ library may order what the version's threads do, without being seen.
bool orders_in_library(const std::vector<std::string>& imports) {
    return std::ranges::any_of(symbols_unsupported_by_tsan, [&](const Unsupported& unsupported) {
        return unsupported.in_library && std::ranges::find(imports, unsupported.symbol) != imports.end();
    });
}

/// Calls the function on one image, by one schedule after the other, until one fails. Then it looks for the
/// shortest schedule that fails so, and explains it.
class ScheduleSuite : public Suite {
  public:
    ScheduleSuite(const Attempt& attempt, Flavour flavour, References& references)
        : Suite(attempt, flavour, references, attempt.lesson.most_checked_pixels()) {}

    [[nodiscard]] std::vector<CheckCase> cases(std::uint64_t seed) const override;
    [[nodiscard]] std::string label(const CheckCase& at) const override {
        return fmt::format("{}, {}×{}", count_of(at.threads, "thread"), at.shape.rows, at.shape.cols);
    }

  private:
    Check call(const CheckCase& at, RunningProgram& program) override;
    [[nodiscard]] std::string where(const CheckCase& at) const override {
        return label(at) + (depends_on_schedule_ ? ", on some schedules" : "");
    }
    /// A deadlock is explained by its schedule, even if it shows on each of them.
    [[nodiscard]] bool explains() const override { return has_story_; }
    void add_findings(CheckResult& checked) const override { checked.orders_by_atomics = orders_by_atomics_; }
    [[nodiscard]] bool found_no_race() const override { return !is_doubtful_ && tried_ > 0; }

    struct Try {
        Check check;
        ScheduleRun run;
        bool can_go_on = true;
        double cpu_s = 0;
        std::optional<Mismatch> mismatch;
        [[nodiscard]] bool failed() const { return check.outcome && check.outcome != Verdict::pass; }
    };
    [[nodiscard]] std::string race_in_words(const ScheduleRun& run) const;
    Try try_plan(const CheckCase& at, RunningProgram& program, const Plan& plan);
    Deviations shortened(const CheckCase& at, RunningProgram& program, const Try& failing);
    void explain(const CheckCase& at, RunningProgram& program, Try& failing);

    bool depends_on_schedule_ = true;  // the version fails, but not on the default schedule
    bool has_story_ = false;
    bool orders_by_atomics_ = false;
    bool is_doubtful_ = false;  // a schedule failed, or showed a race
    unsigned tried_ = 0;        // schedules so far
    double tried_s_ = 0;        // and their CPU time
};

std::vector<CheckCase> ScheduleSuite::cases(std::uint64_t seed) const {
    const std::vector<CheckedImage> images = scheduled_images(attempt().lesson, seed);
    std::vector<CheckCase> result;
    for (std::size_t i = 0; i < images.size(); ++i)
        result.push_back({images[i].shape, scheduled_inputs[i].threads, images[i].seed});
    return result;
}

ScheduleSuite::Try ScheduleSuite::try_plan(const CheckCase& at, RunningProgram& program, const Plan& plan) {
    const std::vector<double>& expected =
        references().answer(attempt().lesson, attempt().version, at.shape, at.seed);
    const std::span<double> image = program.image(0, at.shape.pixels());
    fill_random(image, at.seed);
    CallResult result = program.scheduled_call(at.shape, 1, at.threads, plan);
    Try tried;
    tried.check = outcome_of(result, program, attempt(), flavour());
    tried.can_go_on = leaves_alive(result.end);
    tried.cpu_s = result.cpu_s.value_or(0);
    tried.run = std::move(result.schedule);
    if (result.end != End::done) return tried;
    tried.check.outcome = Verdict::pass;
    const std::vector<double> answer(image.begin(), image.end());
    const auto wrong = difference(expected, answer);
    if (wrong) {
        tried.check.outcome = Verdict::wrong;
        tried.check.message = fmt::format("{} of {} wrong", wrong->count, count_of(expected.size(), "pixel"));
        tried.mismatch = Mismatch{flavour(), at, wrong->first, wrong->count, expected, answer};
    } else if (worker::fingerprint(answer) != result.fingerprint) {
        tried.check.outcome = Verdict::wrong;
        tried.check.message =
            "the image was finished only after the function had returned: join every thread first";
    }
    if (tried.check.outcome == Verdict::pass && tried.run.races > 0 &&
        !orders_in_library(attempt().built(flavour()).imports))
        tried.check.outcome = Verdict::race;
    return tried;
}

/// Where in the student's file the two accesses are.
std::string ScheduleSuite::race_in_words(const ScheduleRun& run) const {
    const auto& [one, other, where_one, where_other] = run.race;
    std::vector<std::uint64_t> offsets;
    for (const std::uint64_t where : {where_one, where_other})
        offsets.push_back(where == 0 ? 0 : where - run.program_address - 1);  // the call is before it
    const std::string file = source_path(attempt().lesson, attempt().version);
    const auto lines = lines_by_addr2line(*attempt().built(flavour()).program, file)(offsets);
    const auto who = [&](unsigned thread, std::uint64_t offset) {
        const auto line = lines.find(offset);
        const std::string name = thread == 0 ? "the caller" : fmt::format("thread {}", thread);
        return line == lines.end() || line->second == 0 ? name
                                                        : fmt::format("{} (line {})", name, line->second);
    };
    return fmt::format(
        "{} and {} use the same place in memory, at least one of them changes it, and nothing orders the "
        "two: a data race",
        who(one, offsets[0]), who(other, offsets[1]));
}

/// The shortest schedule found that fails in the same way: any with a single deviation, else what is left
/// after leaving out deviations, half of them at once and then fewer.
Deviations ScheduleSuite::shortened(const CheckCase& at, RunningProgram& program, const Try& failing) {
    Deviations best = failing.run.deviations;
    std::uint64_t choices = 0;  // of all tries
    double cpu_s = 0;
    const auto still_fails = [&](const Deviations& deviations) {
        const Try again = try_plan(at, program, {.seed = {}, .deviations = deviations});
        choices += again.run.choices;
        cpu_s += again.cpu_s;
        if (!again.can_go_on) choices = most_choices_to_shorten;
        if (again.check.outcome != failing.check.outcome || again.run.deviations.size() >= best.size())
            return false;
        best = again.run.deviations;
        return true;
    };
    const auto may_try = [&] { return choices < most_choices_to_shorten && cpu_s < most_cpu_to_shorten_s; };
    if (best.size() > 1) {
        const std::uint32_t end = std::min(failing.run.choices, choices_to_deviate_at);
        for (std::uint32_t choice = 0; choice < end && may_try(); ++choice)
            for (std::uint32_t thread = 0; thread < failing.run.threads && may_try(); ++thread)
                if (still_fails({{choice, thread}})) return best;
    }
    if (best.size() > 2)
        for (unsigned i = 0; i < pairs_to_try && may_try(); ++i) {
            const auto place = [&](const char* which) {
                const std::uint64_t number = derived_seed(at.seed, which, i);
                return worker::schedules::Deviation{
                    static_cast<std::uint32_t>(number % failing.run.choices),
                    static_cast<std::uint32_t>(number / failing.run.choices % failing.run.threads)};
            };
            const auto one = place("one of a pair");
            const auto other = place("other of a pair");
            if (one.choice != other.choice &&
                still_fails({std::min(one, other, earlier), std::max(one, other, earlier)}))
                break;
        }
    for (std::size_t chunk = (best.size() + 1) / 2; chunk > 0 && may_try(); chunk /= 2)
        for (std::size_t first = 0; first < best.size() && may_try();) {
            Deviations without = best;
            const auto from = without.begin() + static_cast<std::ptrdiff_t>(first);
            without.erase(from, from + static_cast<std::ptrdiff_t>(std::min(chunk, best.size() - first)));
            if (!still_fails(without)) first += chunk;
        }
    return best;
}

void ScheduleSuite::explain(const CheckCase& at, RunningProgram& program, Try& failing) {
    const Deviations deviations = shortened(at, program, failing);
    Try traced = try_plan(at, program, {.seed = {}, .deviations = deviations, .is_traced = true});
    if (!traced.failed()) return;  // it depends on something else, too: what was seen stands
    failing = std::move(traced);
    if (failing.check.outcome == Verdict::race) failing.check.message = race_in_words(failing.run);
    const std::string file = source_path(attempt().lesson, attempt().version);
    const LineFinder find_lines = lines_by_addr2line(*attempt().built(flavour()).program, file);
    Story story = story_of(failing.run, find_lines, attempt().source());
    has_story_ = true;
    if (story.symptom) failing.check.symptom = story.symptom;
    std::string& message = failing.check.message;
    while (message.ends_with('.')) message.pop_back();
    if (!story.text.empty()) message += ". " + story.text;
    keep(
        {at, name_of(failing.run.deviations), failing.run.threads, std::move(story.steps), tried_, tried_s_});
}

Check ScheduleSuite::call(const CheckCase& at, RunningProgram& program) {
    std::vector<Plan> to_try = {{}};
    for (std::size_t i = 0; i < to_try.size(); ++i) {
        Try tried = try_plan(at, program, to_try[i]);
        ++tried_;
        tried_s_ += tried.cpu_s;
        orders_by_atomics_ = orders_by_atomics_ || tried.run.told > 0;
        if (!tried.check.outcome || tried.failed() || tried.run.races > 0) is_doubtful_ = true;
        if (tried.check.outcome == Verdict::pass) {
            if (i == 0)
                std::ranges::move(plans(at, tried.run.choices, tried.run.threads),
                                  std::back_inserter(to_try));
            continue;
        }
        if (!tried.check.outcome) {
            not_checked(tried.check, tried.check.message);
            return tried.check;
        }
        end_here();
        depends_on_schedule_ = i > 0;
        if (tried.can_go_on && (depends_on_schedule_ || tried.check.outcome == Verdict::timeout))
            explain(at, program, tried);
        if (tried.check.outcome == Verdict::race && !has_story_)
            tried.check.message = race_in_words(tried.run);
        if (tried.mismatch) keep(*tried.mismatch);
        return tried.check;
    }
    Check passed;
    passed.outcome = Verdict::pass;
    return passed;
}

}  // namespace

std::shared_ptr<Suite> make_schedule_suite(const Attempt& attempt, Flavour flavour, References& references) {
    return std::make_shared<ScheduleSuite>(attempt, flavour, references);
}

}  // namespace grader
