#include "measure/repetitions.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <optional>

#include "base/error.hpp"

namespace grader {

namespace {

/// Collects the repetitions that Google Benchmark ran.
class Collector : public benchmark::BenchmarkReporter {
  public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs)
            if (run.run_type == Run::RT_Iteration && run.counters.contains("reference_s"))  // did not fail
                samples.push_back({run.real_accumulated_time, run.counters.at("reference_s")});
    }
    std::vector<Sample> samples;
};

}  // namespace

std::vector<Sample> repeat(const std::string& name, int repetitions,
                           const std::function<Sample()>& take_sample) {
    std::optional<Failure> failure;
    benchmark::ClearRegisteredBenchmarks();
    benchmark::RegisterBenchmark(name.c_str(),
                                 [&](benchmark::State& state) {
                                     for ([[maybe_unused]] auto _ : state) {
                                         try {
                                             if (failure) throw *failure;
                                             const Sample sample = take_sample();
                                             state.SetIterationTime(sample.submission_s);
                                             state.counters["reference_s"] = sample.reference_s;
                                         } catch (const Failure& caught) {
                                             failure = caught;
                                             state.SkipWithError("wrong answer");
                                         }
                                     }
                                 })
        ->UseManualTime()
        ->Iterations(1)
        ->Repetitions(repetitions);
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);
    benchmark::ClearRegisteredBenchmarks();
    if (failure) throw *failure;
    if (collector.samples.size() != static_cast<std::size_t>(repetitions))
        throw_fault_of_kit(fmt::format("{}: Google Benchmark ran {} of {} repetitions", name,
                                       collector.samples.size(), repetitions));
    return collector.samples;
}

}  // namespace grader
