#include "report/result_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/json_text.hpp"
#include "base/text.hpp"

namespace grader {

using json = nlohmann::ordered_json;

namespace {

constexpr std::size_t most_mismatch_extent = 64;

json or_null(const std::string& text) {
    return text.empty() ? json() : json(printable(text, true));
}

std::string text_or_empty(const json& value) {
    return value.is_null() ? "" : value.get<std::string>();
}

/// Rounds to nine digits: more are noise, and make the file three times as long.
double rounded(double value) {
    if (value == 0 || !std::isfinite(value)) return 0;
    const double factor = std::pow(10.0, 9 - std::ceil(std::log10(std::abs(value))));
    return std::isfinite(factor) ? std::round(value * factor) / factor : value;
}

json case_to_json(const CheckCase& at) {
    return {{"rows", at.shape.rows}, {"cols", at.shape.cols}, {"threads", at.threads}, {"seed", at.seed}};
}

CheckCase case_from(const json& j) {
    return {{j.at("rows"), j.at("cols")}, j.at("threads"), j.at("seed")};
}

json to_json_object(const Check& check) {
    json j = {{"flavour", name(check.flavour)}};
    j.update(case_to_json(check.at));
    j["outcome"] = check.outcome ? name(*check.outcome) : not_checked;
    j["message"] = or_null(check.message);
    return j;
}

Check check_from(const json& j) {
    Check check;
    check.flavour = by_name(j.at("flavour").get<std::string>(), all_flavours);
    check.at = case_from(j);
    const auto outcome = j.at("outcome").get<std::string>();
    if (outcome != not_checked) check.outcome = by_name(outcome, all_verdicts);
    check.message = text_or_empty(j.at("message"));
    return check;
}

json pixels_to_json(const std::vector<double>& pixels) {
    json j = json::array();
    for (const double pixel : pixels) j.push_back(std::isfinite(pixel) ? json(pixel) : json());
    return j;
}

std::vector<double> pixels_from(const json& j) {
    std::vector<double> pixels;
    for (const json& pixel : j) pixels.push_back(pixel.is_null() ? std::nan("") : pixel.get<double>());
    return pixels;
}

json to_json_object(const std::optional<Mismatch>& mismatch) {
    if (!mismatch || std::max(mismatch->at.shape.rows, mismatch->at.shape.cols) > most_mismatch_extent)
        return {};
    json j = case_to_json(mismatch->at);
    j["flavour"] = name(mismatch->flavour);
    j["wrong_pixels"] = mismatch->wrong_pixels;
    j["first_row"] = mismatch->first / mismatch->at.shape.cols;
    j["first_col"] = mismatch->first % mismatch->at.shape.cols;
    j["expected"] = pixels_to_json(mismatch->expected);
    j["actual"] = pixels_to_json(mismatch->actual);
    return j;
}

std::optional<Mismatch> mismatch_from(const json& j) {
    if (j.is_null()) return std::nullopt;
    Mismatch mismatch;
    mismatch.flavour = by_name(j.at("flavour").get<std::string>(), all_flavours);
    mismatch.at = case_from(j);
    mismatch.first =
        j.at("first_row").get<std::size_t>() * mismatch.at.shape.cols + j.at("first_col").get<std::size_t>();
    mismatch.wrong_pixels = j.at("wrong_pixels");
    mismatch.expected = pixels_from(j.at("expected"));
    mismatch.actual = pixels_from(j.at("actual"));
    return mismatch;
}

json to_json_object(const std::optional<FailingSchedule>& schedule) {
    if (!schedule) return {};
    json j = case_to_json(schedule->at);
    j["name"] = schedule->name;
    j["participants"] = schedule->threads;
    j["steps"] = json::array();
    for (const Step& step : schedule->steps)
        j["steps"].push_back({{"thread", step.thread},
                              {"line", step.line},
                              {"code", printable(step.code)},
                              {"what", step.what},
                              {"is_switch", step.is_switch}});
    return j;
}

std::optional<FailingSchedule> schedule_from(const json& version) {
    const auto found = version.find("schedule");  // older results have none
    if (found == version.end() || found->is_null()) return std::nullopt;
    FailingSchedule schedule;
    schedule.at = case_from(*found);
    schedule.name = found->at("name");
    schedule.threads = found->at("participants");
    for (const json& step : found->at("steps"))
        schedule.steps.push_back(
            {step.at("thread"), step.at("line"), step.at("code"), step.at("what"), step.at("is_switch")});
    return schedule;
}

json to_json_object(const std::vector<SweepPoint>& sweep) {
    if (sweep.empty()) return {};
    json j = json::array();
    for (const SweepPoint& point : sweep)
        j.push_back({{"rows", point.shape.rows},
                     {"cols", point.shape.cols},
                     {"threads", point.threads},
                     {"cores", point.cores},
                     {"time_s", rounded(point.time_s)},
                     {"low_s", rounded(point.low_s)},
                     {"high_s", rounded(point.high_s)},
                     {"reference_s", rounded(point.reference_s)}});
    return j;
}

std::vector<SweepPoint> sweep_from(const json& j) {
    std::vector<SweepPoint> sweep;
    if (j.is_null()) return sweep;
    for (const json& point : j)
        sweep.push_back({.shape = {point.at("rows"), point.at("cols")},
                         .threads = point.at("threads"),
                         .cores = point.at("cores"),
                         .time_s = point.at("time_s"),
                         .low_s = point.at("low_s"),
                         .high_s = point.at("high_s"),
                         .reference_s = point.at("reference_s")});
    return sweep;
}

json to_json_object(const std::optional<ExponentFit>& fit) {
    if (!fit) return {};
    return {{"value", rounded(fit->value)},
            {"low", rounded(fit->low)},
            {"high", rounded(fit->high)},
            {"fixed_s", rounded(fit->fixed_s)},
            {"scale_s", rounded(fit->scale_s)}};
}

std::optional<ExponentFit> exponent_from(const json& j) {
    if (j.is_null()) return std::nullopt;
    return ExponentFit{.value = j.at("value"),
                       .low = j.at("low"),
                       .high = j.at("high"),
                       .fixed_s = j.at("fixed_s"),
                       .scale_s = j.at("scale_s")};
}

json ratio_to_json(const Graded& graded) {
    if (!graded.measured.ratio) return {};
    const Interval& ratio = *graded.measured.ratio;
    return {{"baseline", graded.baseline},     {"rows", graded.ratio_shape.rows},
            {"cols", graded.ratio_shape.cols}, {"value", rounded(ratio.value)},
            {"low", rounded(ratio.low)},       {"high", rounded(ratio.high)}};
}

json to_json_object(const std::vector<Speedup>& speedups) {
    if (speedups.empty()) return {};
    json j = json::array();
    for (const Speedup& speedup : speedups) {
        const auto end_of = [](const std::optional<Interval>& interval, double Interval::*end) {
            return interval ? json(rounded((*interval).*end)) : json();
        };
        j.push_back({{"threads", speedup.threads},
                     {"virtual", end_of(speedup.predicted, &Interval::value)},
                     {"low", end_of(speedup.predicted, &Interval::low)},
                     {"high", end_of(speedup.predicted, &Interval::high)},
                     {"wall", end_of(speedup.wall, &Interval::value)},
                     {"wall_low", end_of(speedup.wall, &Interval::low)},
                     {"wall_high", end_of(speedup.wall, &Interval::high)},
                     {"with_cache_lines",
                      speedup.with_lines_moving ? json(rounded(*speedup.with_lines_moving)) : json()},
                     {"runnable", speedup.runnable ? json(rounded(*speedup.runnable)) : json()},
                     {"work_s", rounded(speedup.best.work_s)},
                     {"span_s", speedup.predicted ? json(rounded(speedup.best.span_s)) : json()},
                     {"inflation", rounded(speedup.inflation)}});
    }
    return j;
}

std::vector<Speedup> speedups_from(const json& j) {
    std::vector<Speedup> speedups;
    if (j.is_null()) return speedups;
    for (const json& each : j) {
        Speedup& speedup = speedups.emplace_back();
        speedup.threads = each.at("threads");
        if (!each.at("virtual").is_null())
            speedup.predicted = Interval{each.at("virtual"), each.at("low"), each.at("high")};
        if (!each.at("wall").is_null())
            speedup.wall = Interval{each.at("wall"), each.at("wall_low"), each.at("wall_high")};
        if (const auto found = each.find("with_cache_lines"); found != each.end() && !found->is_null())
            speedup.with_lines_moving = found->get<double>();
        if (!each.at("runnable").is_null()) speedup.runnable = each.at("runnable").get<double>();
        speedup.best.work_s = each.at("work_s");
        if (!each.at("span_s").is_null()) speedup.best.span_s = each.at("span_s");
        speedup.inflation = each.at("inflation");
    }
    return speedups;
}

/// A bit for each byte of a cache line, the first one first, as hexadecimal digits: "ff00000000000000" for
/// the first eight bytes.
std::string bytes_in_hex(std::uint64_t bytes) {
    std::uint64_t reversed = 0;
    for (unsigned i = 0; i < 64; ++i) reversed |= (bytes >> i & 1) << (63 - i);
    return fmt::format("{:016x}", reversed);
}

std::uint64_t bytes_from_hex(const std::string& digits) {
    std::uint64_t reversed = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), reversed, 16);
    std::uint64_t bytes = 0;
    for (unsigned i = 0; i < 64; ++i) bytes |= (reversed >> i & 1) << (63 - i);
    return bytes;
}

json to_json_object(const std::optional<FalseSharing>& sharing) {
    if (!sharing) return {};
    json owners = json::array();
    for (const LineOwner& owner : sharing->owners)
        owners.push_back({{"thread", owner.thread},
                          {"loads", owner.loads},
                          {"stores", owner.stores},
                          {"loaded_bytes", bytes_in_hex(owner.loaded_bytes)},
                          {"stored_bytes", bytes_in_hex(owner.stored_bytes)}});
    return {{"threads", sharing->threads},
            {"line", sharing->line},
            {"code", printable(sharing->code)},
            {"variable", or_null(sharing->variable)},
            {"cache_lines", sharing->lines},
            {"transfer_s", rounded(sharing->transfer_s)},
            {"transfer_is_measured", sharing->is_transfer_measured},
            {"owners", owners}};
}

std::optional<FalseSharing> false_sharing_from(const json& version) {
    const auto found = version.find("false_sharing");  // older results have none
    if (found == version.end() || found->is_null()) return std::nullopt;
    FalseSharing sharing{.threads = found->at("threads"),
                         .line = found->at("line"),
                         .code = found->at("code"),
                         .variable = text_or_empty(found->at("variable")),
                         .owners = {},
                         .lines = found->at("cache_lines"),
                         .transfer_s = found->at("transfer_s"),
                         .is_transfer_measured = found->at("transfer_is_measured")};
    for (const json& owner : found->at("owners"))
        sharing.owners.push_back({.thread = owner.at("thread"),
                                  .loads = owner.at("loads"),
                                  .stores = owner.at("stores"),
                                  .stored_bytes = bytes_from_hex(owner.at("stored_bytes")),
                                  .loaded_bytes = bytes_from_hex(owner.at("loaded_bytes"))});
    return sharing;
}

json to_json_object(const Graded& graded) {
    json rubric = json::array();
    for (const RubricLine& line : graded.rubric)
        rubric.push_back(
            {{"name", line.name}, {"score", rounded(line.score)}, {"max_score", rounded(line.max_score)}});
    json checks = json::array();
    for (const Check& check : graded.checks) checks.push_back(to_json_object(check));
    return {{"lesson", graded.lesson},
            {"version", graded.version},
            {"verdict", graded.verdict ? json(name(*graded.verdict)) : json()},
            {"score", rounded(graded.score)},
            {"max_score", rounded(graded.max_score)},
            {"reused", graded.reused},
            {"graded_at", or_null(graded.graded_at)},
            {"took_s", graded.took_s ? json(rounded(*graded.took_s)) : json()},
            {"seed", graded.seed ? json(*graded.seed) : json()},
            {"flags", graded.flags},
            {"diagnosis", or_null(graded.diagnosis)},
            {"message", printable(graded.message, true)},
            {"next", or_null(graded.next)},
            {"details", or_null(graded.details)},
            {"output", or_null(graded.output)},
            {"rubric", rubric},
            {"checks", checks},
            {"mismatch", to_json_object(graded.mismatch)},
            {"schedule", to_json_object(graded.schedule)},
            {"sweep", to_json_object(graded.measured.sweep)},
            {"exponent", to_json_object(graded.measured.exponent)},
            {"stated_exponent", graded.stated_exponent},
            {"ratio", ratio_to_json(graded)},
            {"speedup", to_json_object(graded.measured.speedup)},
            {"false_sharing", to_json_object(graded.measured.false_sharing)},
            {"scaling", or_null(graded.scaling)}};
}

Graded graded_from(const json& j) {
    Graded graded;
    graded.lesson = j.at("lesson");
    graded.version = j.at("version");
    if (!j.at("verdict").is_null())
        graded.verdict = by_name(j.at("verdict").get<std::string>(), all_verdicts);
    graded.score = j.at("score");
    graded.max_score = j.at("max_score");
    graded.reused = j.at("reused");
    graded.graded_at = text_or_empty(j.at("graded_at"));
    if (const auto took = j.find("took_s"); took != j.end() && !took->is_null())
        graded.took_s = took->get<double>();
    if (!j.at("seed").is_null()) graded.seed = j.at("seed").get<std::uint64_t>();
    graded.flags = j.at("flags").get<std::vector<std::string>>();
    graded.diagnosis = text_or_empty(j.at("diagnosis"));
    graded.message = j.at("message");
    graded.next = text_or_empty(j.at("next"));
    graded.details = text_or_empty(j.at("details"));
    graded.output = text_or_empty(j.at("output"));
    for (const json& line : j.at("rubric"))
        graded.rubric.push_back({line.at("name"), line.at("score"), line.at("max_score")});
    for (const json& check : j.at("checks")) graded.checks.push_back(check_from(check));
    graded.mismatch = mismatch_from(j.at("mismatch"));
    graded.schedule = schedule_from(j);
    graded.measured.sweep = sweep_from(j.at("sweep"));
    graded.measured.exponent = exponent_from(j.at("exponent"));
    graded.measured.speedup = speedups_from(j.at("speedup"));
    graded.measured.false_sharing = false_sharing_from(j);
    graded.scaling = text_or_empty(j.at("scaling"));
    graded.stated_exponent = j.at("stated_exponent");
    if (const json& ratio = j.at("ratio"); !ratio.is_null()) {
        graded.baseline = ratio.at("baseline");
        graded.ratio_shape = {ratio.at("rows"), ratio.at("cols")};
        graded.measured.ratio = Interval{ratio.at("value"), ratio.at("low"), ratio.at("high")};
    }
    return graded;
}

}  // namespace

std::string to_json(const Result& result) {
    json lessons = json::array();
    for (const Lesson& lesson : result.lessons)
        lessons.push_back({{"name", lesson.name}, {"folder", lesson.folder}, {"title", lesson.title}});
    json versions = json::array();
    for (const Graded& graded : result.versions) versions.push_back(to_json_object(graded));
    return json_text({{"schema", 1},
                      {"score", rounded(result.score())},
                      {"max_score", 100},
                      {"seed", result.seed},
                      {"inputs", result.recorded ? "recorded" : "fresh"},
                      {"graded_at", result.graded_at},
                      {"submission", printable(result.submission)},
                      {"machine",
                       {{"cpu", printable(result.machine.cpu)},
                        {"cores", result.machine.cores},
                        {"memory_mb", result.machine.memory_mb},
                        {"os", printable(result.machine.os)},
                        {"compiler", printable(result.machine.compiler)},
                        {"flags", result.machine.flags}}},
                      {"isolation", result.isolation},
                      {"lessons", lessons},
                      {"versions", versions}});
}

std::vector<Graded> versions_of(std::string_view result_json) {
    try {
        std::vector<Graded> versions;
        const json document = json::parse(result_json);
        for (const json& version : document.at("versions")) versions.push_back(graded_from(version));
        return versions;
    } catch (const std::exception&) {  // from another kit, or damaged: as good as none
        return {};
    }
}

std::string submission_of(std::string_view result_json) {
    try {
        return json::parse(result_json).at("submission");
    } catch (const json::exception&) {
        return {};
    }
}

std::string to_json(const Graded& graded) {
    return json_text(to_json_object(graded), -1);
}

std::optional<Graded> graded_from_json(std::string_view text) {
    try {
        return graded_from(json::parse(text));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace grader
