// Measures the time from the start to the end of a program that does nothing, started like a worker.
// ISOLATION sets the level of isolation (make doctor).

#include <benchmark/benchmark.h>

#include "sandbox/run.hpp"

namespace {

void launch(benchmark::State& state) {
    sandbox::Launch launch;
    launch.argv = {"/usr/bin/true"};
    launch.environment = sandbox::toolchain_environment();
    launch.confinement.emplace();
    launch.limits.memory_bytes = static_cast<std::uint64_t>(state.range(0)) << 20;
    constexpr double wall_limit_s = 60;
    for (auto _ : state)
        if (!sandbox::run(launch, wall_limit_s, 64).exit.success()) state.SkipWithError("it failed");
}
BENCHMARK(launch)->ArgName("memory_mb")->Arg(0)->Arg(1024)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
