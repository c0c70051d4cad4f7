#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/image_data.hpp"
#include "base/text.hpp"
#include "check/outcome.hpp"
#include "check/suite.hpp"
#include "check/wrong_pixels.hpp"
#include "sandbox/machine.hpp"
#include "worker/protocol.hpp"

namespace grader {

namespace {

std::string in_digits(double pixel) {
    return fmt::format("{:.17g}", pixel);
}

class ImageSuite : public Suite {
  public:
    ImageSuite(const Attempt& attempt, Flavour flavour, References& references)
        : Suite(attempt, flavour, references, attempt.lesson.most_checked_pixels()) {}

    [[nodiscard]] std::vector<CheckCase> cases(std::uint64_t seed) const override;
    [[nodiscard]] std::string label(const CheckCase& at) const override {
        return fmt::format("{}, {}", count_of(at.threads, "thread"), size(at));
    }

  private:
    Check call(const CheckCase& at, RunningProgram& program) override;
    [[nodiscard]] std::string where(const CheckCase& at) const override {
        return attempt().version.threaded() ? label(at) : size(at);
    }
    /// Shapes, and numbers of threads, that aren't published.
    [[nodiscard]] std::vector<CheckCase> drawn_cases(std::uint64_t seed) const;
    /// One call as those that are timed, whose answers are compared there, and smaller ones for each number
    /// of threads.
    [[nodiscard]] std::vector<CheckCase> cases_as_timed(std::uint64_t seed) const;
    void compare(const CheckCase& at, std::span<const double> actual, std::uint64_t returned, Check& check);

    static std::string size(const CheckCase& at) {
        return fmt::format("{}×{}", at.shape.rows, at.shape.cols);
    }
};

std::vector<CheckCase> ImageSuite::cases(std::uint64_t seed) const {
    const Lesson& lesson = attempt().lesson;
    std::vector<unsigned> threads = {1};
    if (attempt().version.threaded()) {
        threads = lesson.check_threads;
        const unsigned more_than_cores = sandbox::cores() + 1;
        if (std::ranges::find(threads, more_than_cores) == threads.end()) threads.push_back(more_than_cores);
    }
    const std::vector<CheckedImage> images = checked_images(lesson, seed);
    const std::size_t large = lesson.check_shapes.size();  // index of the first large image
    std::vector<CheckCase> result;
    for (std::size_t i = 0; i < large; ++i)
        for (const unsigned count : threads) result.push_back({images[i].shape, count, images[i].seed});
    if (flavour() == Flavour::timed)
        for (std::size_t i = large; i < images.size(); ++i)
            result.push_back({images[i].shape, threads.back(), images[i].seed});
    std::ranges::copy(flavour() == Flavour::timed ? drawn_cases(seed) : cases_as_timed(seed),
                      std::back_inserter(result));
    return result;
}

std::vector<CheckCase> ImageSuite::drawn_cases(std::uint64_t seed) const {
    const DrawnImages images = drawn_images(attempt().lesson, attempt().version, seed);
    constexpr unsigned most_threads = 17;
    const bool threaded = attempt().version.threaded();
    std::vector<CheckCase> result;
    for (const CheckedImage& image : images.small)
        result.push_back(
            {image.shape, threaded ? 1 + static_cast<unsigned>(image.seed % most_threads) : 1, image.seed});
    const auto& [shape, pixels] = images.for_all_threads;
    for (unsigned count = 2; threaded && count <= most_threads; ++count)
        result.push_back({shape, count, pixels});
    return result;
}

std::vector<CheckCase> ImageSuite::cases_as_timed(std::uint64_t seed) const {
    const auto& [shape, pixels] = timed_image(attempt().lesson, attempt().version, seed);
    const std::vector<unsigned>& threads = attempt().version.speed.threads;
    if (threads.empty()) return {{shape, 1, pixels}};
    std::vector<CheckCase> result{{shape, threads[pixels % threads.size()], pixels}};
    const CheckedImage rows = drawn_images(attempt().lesson, attempt().version, seed).of_timed_rows;
    for (const unsigned count : threads) result.push_back({rows.shape, count, rows.seed});
    return result;
}

Check ImageSuite::call(const CheckCase& at, RunningProgram& program) {
    const std::span<double> image = program.image(0, at.shape.pixels());
    fill_random(image, at.seed);
    const CallResult result = program.fingerprinted_call(at.shape, at.threads);
    Check check = outcome_of(result, program, attempt(), flavour());
    if (check.outcome && check.outcome != Verdict::wrong) end_here();
    if (flavour() == Flavour::tsan && result.end == CallResult::End::died)
        if (std::string why = death_of_thread_sanitizer(program, attempt()); !why.empty()) {
            check = {};
            not_checked(check, std::move(why));
            note_death_in_sanitizer();
        }
    if (result.end == CallResult::End::done) compare(at, image, result.fingerprint, check);
    look_for_race(check);
    return check;
}

/// `returned` is the fingerprint of the image when the function returned.
void ImageSuite::compare(const CheckCase& at, std::span<const double> actual, std::uint64_t returned,
                         Check& check) {
    const std::vector<double>& expected =
        references().answer(attempt().lesson, attempt().version, at.shape, at.seed);
    const std::vector<double> answer(actual.begin(), actual.end());  // the worker could still change it
    const auto wrong = difference(expected, answer);
    check.outcome = Verdict::pass;
    if (!wrong && worker::fingerprint(answer) == returned) return;
    check.outcome = Verdict::wrong;
    if (!wrong) {
        check.message =
            "the image was finished only after the function had returned: join every thread first";
        return;
    }
    check.message =
        fmt::format("pixel ({}, {}) is {}, expected {}; {} of {} wrong", wrong->first / at.shape.cols,
                    wrong->first % at.shape.cols, in_digits(answer[wrong->first]),
                    in_digits(expected[wrong->first]), wrong->count, count_of(expected.size(), "pixel"));
    std::vector<double> before(expected.size());
    fill_random(before, at.seed);
    check.message += ". " + wrong_pixels_in_words({at.shape, before, expected, answer});
    keep({flavour(), at, wrong->first, wrong->count, expected, answer});
}

}  // namespace

std::shared_ptr<Suite> make_image_suite(const Attempt& attempt, Flavour flavour, References& references) {
    return std::make_shared<ImageSuite>(attempt, flavour, references);
}

}  // namespace grader
