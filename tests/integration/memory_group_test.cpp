// Tests of the kernel's memory limit for a launch, where this machine lets the grader set one.

#include "sandbox/memory_group.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "sandbox/machine.hpp"
#include "sandbox/process.hpp"
#include "sandbox/run.hpp"
#include "sandbox/usage.hpp"

namespace sandbox {
namespace {

namespace fs = std::filesystem;

class AMemoryGroup : public testing::Test {
  protected:
    void SetUp() override {
        if (!MemoryGroup::make(1 << 20)) GTEST_SKIP() << "no control group with a limit can be made here";
    }

    static Launch filling(std::uint64_t bytes) {
        Launch launch;
        launch.argv = {"dd", "if=/dev/zero", "of=/dev/null", "count=1", "bs=" + std::to_string(bytes)};
        launch.environment = toolchain_environment();
        launch.limits.memory_bytes = limit;
        return launch;
    }

    /// Runs a program that fills a buffer of this size.
    static Captured fill(std::uint64_t bytes) {
        constexpr double wall_limit_s = 60;
        return run(filling(bytes), wall_limit_s, 1024);
    }

    /// The number of this process's memory groups.
    static int groups() {
        const std::string start = "slow-things-" + std::to_string(getpid()) + "-";
        int count = 0;
        std::error_code error;
        auto entry = fs::recursive_directory_iterator("/sys/fs/cgroup",
                                                      fs::directory_options::skip_permission_denied, error);
        for (; !error && entry != fs::end(entry);
             entry.increment(error))  // other processes' groups come and go
            if (entry->path().filename().string().starts_with(start)) ++count;
        return count;
    }

    static constexpr std::uint64_t limit = 64 << 20;
};

TEST_F(AMemoryGroup, ends_a_program_that_takes_more) {
    const Captured result = fill(10 * limit);
    EXPECT_EQ(result.exit.signal, SIGKILL) << result.output;
    EXPECT_FALSE(result.timed_out);
}

TEST_F(AMemoryGroup, lets_one_be_that_takes_less) {
    const Captured result = fill(limit / 2);
    EXPECT_TRUE(result.exit.success()) << result.output;
}

TEST_F(AMemoryGroup, tells_its_limit_from_a_machine_without_memory) {
    const std::uint64_t kills = out_of_memory_kills();
    Process large = start(filling(10 * limit));
    EXPECT_EQ(large.wait().signal, SIGKILL);
    EXPECT_TRUE(large.broke_memory_limit());
    EXPECT_GT(out_of_memory_kills(), kills) << "the kernel counts both alike";
    Process small = start(filling(limit / 2));
    EXPECT_EQ(small.wait().signal, 0);
    EXPECT_FALSE(small.broke_memory_limit());
}

TEST_F(AMemoryGroup, is_gone_with_its_program) {
    EXPECT_EQ(groups(), 0);
    {
        const auto group = MemoryGroup::make(limit);
        EXPECT_EQ(groups(), 1);
    }
    fill(limit / 2);
    fill(10 * limit);
    EXPECT_EQ(groups(), 0);
}

}  // namespace
}  // namespace sandbox
