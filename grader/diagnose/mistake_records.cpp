#include "diagnose/mistake_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/image_data.hpp"
#include "reference/candidates.hpp"
#include "run/lasting_program.hpp"

namespace grader {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

namespace {

using End = CallResult::End;

constexpr std::size_t telling_answers = 3;
constexpr std::size_t enough_wrong_answers = 4;
/// File name in a lesson's folder of a handout's records.
constexpr const char* recorded_file = "mistakes.json";
constexpr const char* index_error = "pixel (";
constexpr const char* timeout = "no answer";

std::string between(std::string_view text, std::string_view start, std::string_view end) {
    const std::size_t at = text.find(start);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = text.substr(at);
    return std::string(rest.substr(0, rest.find(end, start.size())));
}

/// A short text for the failure, from the program's own output. It may be anything, so it is only compared.
std::string failure_in(std::string_view report) {
    for (const auto& [start, end] : {std::pair{index_error, " (line"}, std::pair{"runtime error: ", ": "},
                                     std::pair{"AddressSanitizer: ", " on "}, std::pair{"Assertion '", "'"}})
        if (std::string found = between(report, start, end); !found.empty()) return found.substr(0, 200);
    return "failed";
}

bool same(const Answer& a, const Answer& b) {
    return a.failure == b.failure && a.pixels.size() == b.pixels.size() && !difference(a.pixels, b.pixels);
}

/// Calls a program on the public inputs, and starts it again after a call that ended it.
class Questioner {
  public:
    Questioner(const fs::path& program, const Lesson& lesson, Launcher& launcher)
        : lesson_(lesson),
          program_(launcher, {.program = program,
                              .flavour = Flavour::checked,
                              .limits = sanitized_but_short(lesson.limits),
                              .arena_pixels = most_pixels_of(lesson)}) {}

    /// Like answers_of(), with `first_threads` added to each input's number of threads. If `right` is empty,
    /// wrong answers don't end it.
    std::vector<Answer> answers(unsigned first_threads, const std::vector<Answer>& right) {
        std::vector<Answer> result;
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < lesson_.public_inputs.size() && wrong < enough_wrong_answers; ++i) {
            result.push_back(answer(i, first_threads));
            if (result.back().failure == timeout) break;
            if (!right.empty() && !same(result.back(), right.at(i))) ++wrong;
        }
        return result;
    }

  private:
    Answer answer(std::size_t i, unsigned first_threads) {
        const PublicInput& input = lesson_.public_inputs[i];
        const CallResult result = program_.call(
            input.shape, first_threads + input.threads,
            [&](std::span<double> image) { fill_random(image, derived_seed(0, lesson_.name, i)); });
        switch (result.end) {
            case End::done: {
                const std::span<double> image = program_.program().image(0, input.shape.pixels());
                return {{image.begin(), image.end()}, {}};
            }
            case End::threw:
                return {{}, failure_in(result.text)};
            case End::not_implemented:
            case End::out_of_memory:
            case End::resized:
                return {{}, "failed"};
            default:
                break;
        }
        if (result.end != End::died) return {{}, timeout};
        return {{}, failure_in(program_.program().report() + program_.program().output())};
    }

    static std::size_t most_pixels_of(const Lesson& lesson) {
        std::size_t most = 1;
        for (const PublicInput& input : lesson.public_inputs) most = std::max(most, input.shape.pixels());
        return most;
    }

    const Lesson& lesson_;
    LastingProgram program_;
};

void record_answers(KnownMistakes& known, const Lesson& lesson, Builder& builder, Launcher& launcher,
                    const fs::path& solutions) {
    if (lesson.public_inputs.empty() || std::ranges::none_of(known.mistakes, &Mistake::by_answers)) return;
    const CandidateProgram program(lesson, builder, solutions);
    Questioner questioner(program.program(), lesson, launcher);
    // The first candidate is the reference's first version.
    known.right = questioner.answers(CandidateProgram::threads_for(0, 0), {});
    for (std::size_t i = 0; i < program.candidates().size(); ++i) {
        const Candidate& candidate = program.candidates()[i];
        const auto mistake = std::ranges::find(known.mistakes, candidate.file.path, &Mistake::file);
        if (mistake != known.mistakes.end())
            mistake->answers[candidate.version] =
                questioner.answers(CandidateProgram::threads_for(i, 0), known.right);
    }
}

json to_json(const std::vector<Answer>& answers) {
    json result = json::array();
    for (const Answer& answer : answers)
        result.push_back({{"pixels", answer.pixels}, {"failure", answer.failure}});
    return result;
}

std::vector<Answer> answers_from(const json& j) {
    std::vector<Answer> answers;
    for (const json& answer : j) answers.push_back({answer.at("pixels"), answer.at("failure")});
    return answers;
}

std::string to_json(const KnownMistakes& known) {
    json mistakes = json::array();
    for (const Mistake& mistake : known.mistakes) {
        json answers = json::object();
        for (const auto& [version, of_version] : mistake.answers) answers[version] = to_json(of_version);
        mistakes.push_back({{"name", mistake.name},
                            {"file", mistake.file},
                            {"explanation", mistake.explanation},
                            {"hint", mistake.hint},
                            {"source", mistake.source},
                            {"evidence", name(mistake.evidence)},
                            {"answers", answers}});
    }
    return json{{"right", to_json(known.right)}, {"mistakes", mistakes}}.dump() + "\n";
}

KnownMistakes known_mistakes_from(const std::string& text) {
    const json document = json::parse(text);
    KnownMistakes known{.mistakes = {}, .right = answers_from(document.at("right"))};
    for (const json& each : document.at("mistakes")) {
        Mistake& mistake = known.mistakes.emplace_back(Mistake{each.at("name"),
                                                               each.at("file"),
                                                               each.at("explanation"),
                                                               each.at("hint"),
                                                               by_name(each.at("evidence"), all_symptoms),
                                                               {},
                                                               each.value("source", "")});
        for (const auto& [version, answers] : each.at("answers").items())
            mistake.answers[version] = answers_from(answers);
    }
    return known;
}

bool is_telling(const Answer& answer) {
    return answer.failure.empty() || answer.failure.starts_with(index_error);
}

bool explains(const Mistake& mistake, const std::string& version, const std::vector<Answer>& answers) {
    if (mistake.answers.empty()) return false;
    const auto own = mistake.answers.find(version);
    const std::vector<Answer>& recorded =
        (own != mistake.answers.end() ? own : mistake.answers.begin())->second;
    return std::ranges::equal(recorded, answers, same) &&
           std::ranges::count_if(answers, is_telling) >= static_cast<std::ptrdiff_t>(telling_answers);
}

}  // namespace

std::vector<Answer> answers_of(const fs::path& program, const Lesson& lesson,
                               const std::vector<Answer>& right, Launcher& launcher) {
    return Questioner(program, lesson, launcher).answers(0, right);
}

const Mistake* find_by_answers(const std::vector<Mistake>& mistakes, const std::string& version,
                               const std::vector<Answer>& answers) {
    const Mistake* found = nullptr;
    for (const Mistake& mistake : mistakes) {
        if (!explains(mistake, version, answers)) continue;
        if (found != nullptr && found->name != mistake.name) return nullptr;
        if (found == nullptr) found = &mistake;
    }
    return found;
}

MistakeRecords::MistakeRecords(Builder& builder, Launcher& launcher, fs::path solutions_dir,
                               const fs::path& cache_dir)
    : builder_(builder),
      launcher_(launcher),
      solutions_dir_(std::move(solutions_dir)),
      folder_(cache_dir / "mistakes") {
    fs::create_directories(folder_);
}

const KnownMistakes& MistakeRecords::of(const Lesson& lesson) {
    const auto [entry, is_new] = known_.try_emplace(lesson.name);
    if (!is_new) return entry->second;
    const fs::path solutions = solutions_dir_ / lesson.folder;
    if (fs::exists(solutions / recorded_file)) {
        entry->second = known_mistakes_from(read_file(solutions / recorded_file));
        return entry->second;
    }
    KnownMistakes known{.mistakes = read_mistakes(solutions / "mistakes"), .right = {}};
    if (known.mistakes.empty()) return entry->second;

    std::vector<std::string> parts = folder_contents(solutions / "mistakes");
    for (const char* folder : {"", "right"})
        if (fs::exists(solutions / folder))
            std::ranges::move(folder_contents(solutions / folder), std::back_inserter(parts));
    parts.push_back(builder_.fingerprint(lesson));
    for (const PublicInput& input : lesson.public_inputs)
        parts.push_back(fmt::format("{} {} {}", input.shape.rows, input.shape.cols, input.threads));
    const fs::path record = folder_ / content_hash(parts);
    if (!fs::exists(record)) {
        record_answers(known, lesson, builder_, launcher_, solutions);
        write_file(record, to_json(known));
    }
    entry->second = known_mistakes_from(read_file(record));
    return entry->second;
}

void MistakeRecords::write(const Lesson& lesson, const fs::path& folder) {
    write_file(folder / recorded_file, to_json(of(lesson)));
}

}  // namespace grader
