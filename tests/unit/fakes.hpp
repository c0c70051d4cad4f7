#pragma once

/// Fakes for tests of the stages: a builder that compiles nothing and a launcher that starts no process.

#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "build/builder.hpp"
#include "run/running_program.hpp"
#include "worker/protocol.hpp"

namespace fakes {

using grader::CallResult;
using grader::Flavour;
using grader::Lesson;
using grader::Shape;
using grader::Version;

/// A program's behaviour. By default it doubles every pixel, which is right in the toy lesson.
struct Behaviour {
    std::function<void(std::span<double> image, unsigned threads)> change = [](std::span<double> image,
                                                                               unsigned) {
        for (double& pixel : image) pixel *= 2;
    };
    CallResult::End end = CallResult::End::done;
    std::function<void(std::span<double> image)> after_return = {};  // work of an unjoined thread
    double ns_per_pixel = 1000;
    std::string report = {};
    std::uint32_t race_reports = 0;
    std::string output = {};
    sandbox::Exit exit = {};
    bool lacks_memory = false;
    std::uint32_t races = 0;  // that a schedule shows
};

class Program : public grader::RunningProgram {
  public:
    Program(Behaviour behaviour, const grader::ProgramToRun& program)
        : behaviour_(std::move(behaviour)), limits_(program.limits), arena_(program.arena_pixels) {}

    [[nodiscard]] std::size_t capacity(std::size_t pixels) const override {
        return pixels == 0 ? 1 : arena_.size() / pixels;
    }
    [[nodiscard]] std::span<double> image(std::size_t i, std::size_t pixels) const override {
        return std::span(arena_).subspan(i * pixels, pixels);
    }
    CallResult call(const Shape& shape, std::size_t count, unsigned threads) override {
        CallResult result;
        result.end = behaviour_.end;
        result.wall_s = 1e-9 * behaviour_.ns_per_pixel * static_cast<double>(count * shape.pixels());
        result.cpu_s = result.wall_s;
        if (result.end != CallResult::End::done) return result;
        for (std::size_t i = 0; i < count; ++i) {
            const std::span<double> each = image(i, shape.pixels());
            behaviour_.change(each, threads);
            result.fingerprint = worker::fingerprint(each);
            if (behaviour_.after_return) behaviour_.after_return(each);
        }
        return result;
    }
    CallResult fingerprinted_call(const Shape& shape, unsigned threads) override {
        return call(shape, 1, threads);
    }
    /// The threads have even shares.
    CallResult clocked_call(const Shape& shape, std::size_t count, unsigned threads) override {
        CallResult result = call(shape, count, threads);
        const auto work_ns = static_cast<std::uint64_t>(1e9 * *result.cpu_s);
        result.clock = {.span_ns = work_ns / threads, .work_ns = work_ns};
        result.clock.longest_ns = work_ns / threads / count;
        result.clock.threads = threads;
        result.runnable_threads = threads;
        return result;
    }
    CallResult scheduled_call(const Shape& shape, std::size_t count, unsigned threads,
                              const grader::Plan&) override {
        CallResult result = call(shape, count, threads);
        result.schedule.races = behaviour_.races;
        return result;
    }
    CallResult judge(const Evaluate&) override { return {}; }
    const std::string& report() override { return behaviour_.report; }
    [[nodiscard]] std::uint32_t race_reports() const override {
        return behaviour_.race_reports + (behaviour_.report.empty() ? 0 : 1);
    }
    const std::string& output() override { return behaviour_.output; }
    [[nodiscard]] sandbox::Exit exit() const override { return behaviour_.exit; }
    [[nodiscard]] bool died_for_lack_of_memory() const override { return behaviour_.lacks_memory; }
    [[nodiscard]] const grader::Limits& limits() const override { return limits_; }
    [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> pixel_at(std::uint64_t) const override {
        return std::nullopt;
    }

  private:
    Behaviour behaviour_;
    grader::Limits limits_;
    mutable std::vector<double> arena_;  // mutable: a real program shares it and writes to it
};

/// A program's path, which names whose source it has and the flavour.
inline std::filesystem::path path_of(const std::string& whose, Flavour flavour) {
    return std::filesystem::path(whose) / name(flavour);
}

class Builder : public grader::Builder {
  public:
    std::map<Flavour, grader::Built> submission;  // what is built instead of just a program
    std::vector<Flavour> started;                 // flavours of submissions

    std::shared_future<grader::Built> start(const Lesson&, const Version&, Flavour flavour,
                                            const std::string&) override {
        return built({.program = path_of("kit", flavour), .diagnostics = {}, .advice = {}, .imports = {}});
    }
    std::shared_future<grader::Built> start_submitted(const Lesson&, const Version&, Flavour flavour,
                                                      const std::string&) override {
        started.push_back(flavour);
        if (const auto found = submission.find(flavour); found != submission.end())
            return built(found->second);
        return built({.program = path_of("submission", flavour),
                      .diagnostics = {},
                      .advice = {},
                      .imports = {"pthread_create"}});
    }
    grader::Built build_counted(const Lesson&, const Version&, const std::string&) override { return {}; }
    void take_turns() override {}
    std::optional<std::vector<grader::Token>> written_tokens(const Lesson&, const Version&,
                                                             const std::string&) override {
        return std::vector<grader::Token>{};
    }
    std::optional<std::vector<grader::Token>> expanded_tokens(const Lesson&, const Version&, Flavour,
                                                              const std::string&) override {
        return std::vector<grader::Token>{};
    }
    [[nodiscard]] std::string fingerprint(const Lesson&) const override { return "fake"; }

  private:
    static std::shared_future<grader::Built> built(grader::Built it) {
        std::promise<grader::Built> promise;
        promise.set_value(std::move(it));
        return promise.get_future().share();
    }
};

class Launcher : public grader::Launcher {
  public:
    std::map<std::filesystem::path, Behaviour> behaviours;  // by program; all others are right
    std::vector<std::filesystem::path> started;

    std::unique_ptr<grader::RunningProgram> start(const grader::ProgramToRun& program) override {
        started.push_back(program.program);
        const auto found = behaviours.find(program.program);
        return std::make_unique<Program>(found == behaviours.end() ? Behaviour{} : found->second, program);
    }
};

}  // namespace fakes
