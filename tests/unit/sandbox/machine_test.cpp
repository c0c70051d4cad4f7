#include "sandbox/machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temporary_folder.hpp"

namespace {

using grader::TemporaryFolder;
using testing::Eq;
using testing::Optional;

TEST(CpuQuota, is_the_least_of_the_groups_above_a_process) {
    const TemporaryFolder mount;
    const auto groups = mount.write("own", "0::/user.slice/job\n");
    EXPECT_THAT(sandbox::cpu_quota(mount.path(), groups), Eq(std::nullopt));
    mount.write("cpu.max", "max 100000\n");
    mount.write("user.slice/cpu.max", "150000 100000\n");
    EXPECT_THAT(sandbox::cpu_quota(mount.path(), groups), Optional(1.5));
    mount.write("user.slice/job/cpu.max", "max 100000\n");
    EXPECT_THAT(sandbox::cpu_quota(mount.path(), groups), Optional(1.5));
    mount.write("cpu.max", "50000 100000\n");
    EXPECT_THAT(sandbox::cpu_quota(mount.path(), groups), Optional(0.5)) << "a container's own group";
}

TEST(CpuQuota, is_read_in_the_first_version_of_control_groups) {
    const TemporaryFolder mount;
    const auto groups = mount.write("own", "5:memory:/docker/1\n4:cpu,cpuacct:/docker/1\n");
    mount.write("memory/docker/1/cpu.cfs_quota_us", "1\n");
    mount.write("cpu,cpuacct/docker/1/cpu.cfs_quota_us", "-1\n");
    mount.write("cpu,cpuacct/docker/1/cpu.cfs_period_us", "100000\n");
    EXPECT_THAT(sandbox::cpu_quota(mount.path(), groups), Eq(std::nullopt));
    mount.write("cpu,cpuacct/docker/1/cpu.cfs_quota_us", "200000\n");
    EXPECT_THAT(sandbox::cpu_quota(mount.path(), groups), Optional(2.0));
}

TEST(CpuQuota, is_unknown_where_there_are_no_control_groups) {
    EXPECT_THAT(sandbox::cpu_quota("/nowhere", "/nowhere"), Eq(std::nullopt));
}

}  // namespace
