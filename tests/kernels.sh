#!/bin/bash
# Tries the kit on other kernels, each in a virtual machine: Debian's 5.10 (bullseye), 6.1 (bookworm), 6.12 (trixie) and
# unstable's newest. Each reports how it supports what the virtual clock relies on (short turns, restartable sequences), and
# runs the clock's tests, a grading, predicted speed-ups, and `make doctor` and the sandbox's tests: as root, as an ordinary
# user, as a user to whom control groups are delegated, and with control groups of version 1.
#
#   tests/kernels.sh                              prints a table
#   tests/kernels.sh bullseye sid                 only of these suites
#   tests/kernels.sh trixie-backports=7.2.12      that version, if the suite still has it (linux-image-7.2.12…-amd64)
#   JOBS=2 tests/kernels.sh                       two machines at once, of 6 GB each
#
# Needs root on amd64, debootstrap, qemu-system-x86_64, cpio and a Debian mirror (the one that this machine's apt uses), 10
# GB of disk. Without KVM the machine is emulated: that takes half an hour per kernel, and its clock counts instructions,
# whatever else runs here. Kernels and the guest are kept in build/kernels/ for the next run; delete it to start anew. Logs
# are left there.
# Exit code: 0 everything as expected, 1 something is not, 2 it cannot be tried here.
# Commands for the other systems and apt-get's formats are in single quotes, to be expanded there.
# shellcheck disable=SC2016
set -euo pipefail
cd "$(dirname "$0")/.."

release=bookworm # the guest's, whatever the kernel
folder=$PWD/build/kernels
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
apt_config=$folder/apt/apt.conf
guest=$folder/guest.cpio
logs=$folder/logs
kernels=("$@")
[ $# -gt 0 ] || kernels=(bullseye bookworm trixie sid)
jobs=${JOBS:-1}
versions=()
failures=0

main() {
    check_tools
    mkdir -p "$folder" "$logs"
    work=$(mktemp -d "${TMPDIR:-/tmp}/kernels.XXXXXX")
    trap 'stop_machines; rm -rf --one-file-system "$work"' EXIT
    trap 'exit 130' INT TERM
    fetch_kernels
    [ -e "$guest" ] || make_guest
    choose_machine
    for version in "${versions[@]}"; do
        while [ "$(jobs -pr | wc -l)" -ge "$jobs" ]; do wait -n || true; done
        echo "== $version"
        run_kernel "$version" &
    done
    wait
    print_table
    [ "$failures" -eq 0 ]
}

# ---- Kernels

# All suites share one folder for apt; this machine's own is only read.
fetch_kernels() {
    local kernel
    mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial"
    for kernel in "${kernels[@]}"; do echo "deb [signed-by=$keyring] $(mirror) ${kernel%%=*} main"; done | sort -u >"$folder/apt/sources.list"
    printf '%s;\n' "Dir::Etc::SourceList \"$folder/apt/sources.list\"" 'Dir::Etc::SourceParts "/dev/null"' \
        "Dir::State::Lists \"$folder/apt/lists\"" 'Dir::State::Status "/dev/null"' "Dir::Cache \"$folder/apt\"" \
        'Dir::Etc::PreferencesParts "/dev/null"' 'APT::Sandbox::User "root"' >"$apt_config"
    with_apt apt-get -q update >"$logs/apt.log" 2>&1 || { tail -n 5 "$logs/apt.log"; stop "apt-get update failed: $logs/apt.log"; }
    for kernel in "${kernels[@]}"; do fetch_kernel "$kernel"; done
}

# fetch_kernel SUITE[=VERSION]: leaves it in build/kernels/vmlinuz-… and adds its version to the list.
fetch_kernel() {
    local package version
    package=$(package_of "$1")
    [ -n "$package" ] || stop "$(mirror) has no kernel for $1 (anymore)"
    version=${package#linux-image-}
    versions+=("$version")
    [ -e "$folder/vmlinuz-$version" ] && return
    echo "Fetching $package ..."
    # Since 6.19 the kernel itself is in a package of its own.
    ! with_apt apt-cache show "linux-binary-$version" >/dev/null 2>&1 || package=linux-binary-$version
    (cd "$work" && with_apt apt-get -q download "$package" >>"$logs/apt.log" 2>&1) || stop "$package couldn't be fetched: $logs/apt.log"
    unpack_kernel "$work"/linux-*.deb >"$folder/vmlinuz-$version.part"
    rm "$work"/linux-*.deb
    [ -s "$folder/vmlinuz-$version.part" ] || stop "there is no kernel in $package"
    mv "$folder/vmlinuz-$version.part" "$folder/vmlinuz-$version"
}

# Prints the suite's newest kernel package, or its newest of that version.
package_of() {
    local suite=${1%%=*} wanted=${1#*=} packages
    [ "$wanted" != "$1" ] || wanted=
    packages=$(with_apt apt-get indextargets --format '$(FILENAME)' 'Created-By: Packages' "Component: main" |
        grep "_dists_${suite}_main_binary-amd64_" | xargs -r /usr/lib/apt/apt-helper cat-file |
        awk '$1 == "Package:" { package = $2 } $1 == "Version:" { print $2, package }')
    awk '{ print $2 }' <<<"$packages" | grep -E "^linux-image-${wanted:-[0-9]}[^-]*(-[0-9]+)?-amd64$" | sort -V | tail -n 1
}

unpack_kernel() {
    local file
    file=$(dpkg-deb --fsys-tarfile "$1" | tar -t | grep -E '/vmlinuz[^/]*$' | head -n 1)
    dpkg-deb --fsys-tarfile "$1" | tar -xO "$file"
}

with_apt() { APT_CONFIG=$apt_config "$@"; }

# ---- The guest: Debian with the kit, built there, as an archive that a kernel unpacks into memory. No driver is needed.

make_guest() {
    local root=$work/root start=$SECONDS
    echo "Making the guest (Debian $release, and the kit as it is now) ..."
    local proxy
    proxy=$(apt-config dump Acquire::http::Proxy | sed -n 's/^Acquire::http::Proxy "\(.*\)";$/\1/p')
    if ! ${proxy:+env http_proxy="$proxy"} debootstrap --variant=minbase --keyring="$keyring" "$release" "$root" "$(mirror)" >"$logs/debootstrap.log" 2>&1; then
        tail -n 12 "$logs/debootstrap.log"
        stop "debootstrap failed. Is the mirror $(mirror) reachable? The whole log: $logs/debootstrap.log"
    fi
    configure_apt "$root"
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    put_kit "$root"
    if ! in_guest "$root" "bash /prepare" >"$logs/guest.log" 2>&1; then
        tail -n 25 "$logs/guest.log"
        stop "the guest couldn't be made: $logs/guest.log"
    fi
    (cd "$root" && find . -xdev \( -path ./usr/share/doc -o -path ./usr/share/man -o -path ./usr/share/locale -o -path ./var/cache \
        -o -path ./var/lib/apt/lists -o -path './usr/lib/python3/dist-packages/s[cy]*' -o -path ./usr/include/boost -o -path './dev/*' \) -prune -o -print0 | cpio --null -o -H newc --quiet) >"$guest.part"
    mv "$guest.part" "$guest"
    rm -rf --one-file-system "$root"
    echo "  done in $((SECONDS - start)) s: $guest"
}

# Uses this machine's proxies and keys; debootstrap has already set the mirror.
configure_apt() {
    apt-config dump Acquire | grep -E '^Acquire::(https?::|Check-|Retries|ForceIPv)' >"$1/etc/apt/apt.conf.d/90mirror" || true
    cp -a /etc/apt/trusted.gpg.d /etc/apt/auth.conf.d "$1/etc/apt/" 2>/dev/null || true
}

put_kit() {
    chroot "$1" useradd -m student
    mkdir "$1/home/student/kit"
    git ls-files -co --exclude-standard -z | tar -c --null -T - --ignore-failed-read 2>/dev/null | tar -x -C "$1/home/student/kit"
    prober >"$1/home/student/probe.cpp"
    portable_compiler >"$1/usr/local/bin/g++"
    prepare >"$1/prepare"
    tests >"$1/tests"
    speedups >"$1/speedups"
    boot >"$1/init"
    chmod +x "$1/usr/local/bin/g++" "$1/init"
}

in_guest() {
    unshare --mount --propagation private --pid --fork --kill-child bash -euc '
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        exec chroot "$1" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 $2
    ' in_guest "$@" </dev/null
}

# Code compiled on this machine's CPU must run on an emulated one.
portable_compiler() {
    cat <<'GUEST'
#!/bin/bash
exec /usr/bin/g++ "${@/#-march=native/-march=x86-64-v2}"
GUEST
}

# The guest ships with everything that the tests compile in the grader's cache, since compiling takes minutes in an emulated
# machine.
prepare() {
    cat <<'GUEST'
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive HOME=/root ISOLATION=limits
cd /home/student/kit
apt-get -q update
apt-get -q install -y --no-install-recommends $(./setup --grade-only --packages apt) libvalijson-dev
cmake -S . -B build -G Ninja --log-level=WARNING -DKIT_TESTS=ON -DCMAKE_CXX_COMPILER=/usr/local/bin/g++
cmake --build build --target kit integration_tests virtual_clock_test speedup -- --quiet
g++ -std=c++20 -O1 -pthread -I grader/worker ../probe.cpp -o /usr/local/bin/probe
build/bin/grader grade --submission solutions --lesson slow_thing --version parallel --fresh --out /tmp/graded
build/tests/speedup measure --condition alone --rounds 1 --only static_rows --only dynamic_atomic /tmp/speedup
(cd /tmp && /home/student/kit/build/tests/integration_tests --gtest_brief=1 --gtest_filter='AMemoryGroup.*:AWorker.*:TheHarness.*') || true
rm -rf /tmp/graded /tmp/speedup build/grader build/tests/CMakeFiles
apt-get -q purge -y --autoremove libvalijson-dev
apt-get -q clean
chown -R student: /home/student
chmod -R a+rX /home/student
GUEST
}

# bubblewrap pivots the root, which isn't possible with an initramfs's but is with a mount of the same files.
boot() {
    cat <<'GUEST'
#!/bin/bash
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
mount --bind / /mnt
cd /mnt
mount --move . /
exec chroot . bash /tests
GUEST
}

# Prints "@@ begin NAME", what the command prints, and "@@ end NAME CODE".
tests() {
    cat <<'GUEST'
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /run
exec </dev/null
only=$(sed -n 's/.*kit.only=\([^ ]*\).*/\1/p' /proc/cmdline)

step() {
    [[ -z $only || $only = "$1" ]] || return
    echo "@@ begin $1"
    (cd /home/student/kit && runuser -u "$2" -- bash -c "$3") 2>&1 | cat # no colours
    echo "@@ end $1 ${PIPESTATUS[0]}"
}

power_off() {
    echo "@@ done"
    echo o >/proc/sysrq-trigger
    sleep 60
}

sandbox_steps() {
    step "doctor_$1" "$2" 'build/bin/grader doctor'
    step "sandbox_$1" "$2" "build/tests/integration_tests --gtest_brief=1 --gtest_filter='$3'"
}

# Does what systemd does at boot and for a user's session.
use_groups_2() {
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    echo +memory >/sys/fs/cgroup/cgroup.subtree_control
    mkdir -p /sys/fs/cgroup/delegated/session
    chown student /sys/fs/cgroup/delegated{,/session}{,/cgroup.procs,/cgroup.subtree_control}
    echo +memory >/sys/fs/cgroup/delegated/cgroup.subtree_control
}

# A kernel may have no memory controller of that version.
use_groups_1() {
    mount -t tmpfs tmpfs /sys/fs/cgroup
    mkdir /sys/fs/cgroup/memory
    mount -t cgroup -o memory cgroup /sys/fs/cgroup/memory
}

if [[ $(</proc/cmdline) = *kit.groups=1* ]]; then
    ! use_groups_1 || sandbox_steps version_1 root 'AMemoryGroup.*'
    power_off
fi
use_groups_2
step kernel root 'uname -r'
step probe root probe
for round in 1 2 3; do step "clock_$round" root 'build/tests/virtual_clock_test --gtest_brief=1'; done
step speedup root 'build/tests/speedup measure --condition alone --rounds 1 --only static_rows --only dynamic_atomic /tmp/speedup &&
    python3 /speedups /tmp/speedup/alone/*.json'
step grade root 'build/bin/grader grade --submission solutions --lesson slow_thing --version parallel --fresh --out /tmp/graded'
sandbox_steps root root 'AMemoryGroup.*:AWorker.*:TheHarness.*'
sandbox_steps user student 'AMemoryGroup.*:AWorker.*:TheHarness.*'
echo $$ >/sys/fs/cgroup/delegated/session/cgroup.procs
sandbox_steps delegated student 'AMemoryGroup.*'
power_off
GUEST
}

# Prints the predictions in the files of `speedup measure`.
speedups() {
    cat <<'GUEST'
import json, pathlib, sys
for name in sys.argv[1:]:
    row = json.load(open(name))
    print(pathlib.Path(name).name.split(".")[0], *(f"{each['predicted']:.2f}" for each in row["speedup"]), *row["flags"])
GUEST
}

# Spins two threads on one CPU. Shows how long one stays there, and whether the kernel reports that it was sent away.
prober() {
    cat <<'GUEST'
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <thread>
#include <vector>

#include "own_cpu_clock.hpp"

namespace clock_ = worker::own_cpu_clock;

struct Attributes {
    std::uint32_t size, policy;
    std::uint64_t flags;
    std::int32_t nice;
    std::uint32_t priority;
    std::uint64_t turn_ns, deadline_ns, period_ns;
};

std::int64_t monotonic_ns() { return clock_::read_ns(CLOCK_MONOTONIC); }

double turn_ms() {
    std::vector<std::int64_t> turns[2];
    const auto spin = [](std::vector<std::int64_t>& mine) {
        const std::int64_t end = monotonic_ns() + 400'000'000;
        std::int64_t cpu = clock_::exactly_now_ns();
        for (std::int64_t last = monotonic_ns(); last < end;) {
            const std::int64_t now = monotonic_ns();
            if (now - last > 40'000) {
                const std::int64_t cpu_now = clock_::exactly_now_ns();
                mine.push_back(cpu_now - cpu);
                cpu = cpu_now;
            }
            last = now;
        }
    };
    std::thread other([&] { spin(turns[1]); });
    spin(turns[0]);
    other.join();
    std::vector<std::int64_t> all = turns[0];
    all.insert(all.end(), turns[1].begin(), turns[1].end());
    if (all.empty()) return 0;
    std::sort(all.begin(), all.end());
    return 1e-6 * static_cast<double>(all[all.size() / 2]);
}

int main() {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    sched_setaffinity(0, sizeof one, &one);
    const double before_ms = turn_ms();
    Attributes wish{};
    wish.size = sizeof wish;
    wish.turn_ns = 100'000;
    const bool accepted = syscall(SYS_sched_setattr, 0, &wish, 0) == 0;
    std::printf("slice %s\n", accepted ? "accepted" : std::strerror(errno));
    Attributes now{};
    syscall(SYS_sched_getattr, 0, &now, sizeof now, 0);
    std::printf("slice_ns %llu\n", static_cast<unsigned long long>(now.turn_ns));
    std::printf("turns_ms %.2f %.2f\n", before_ms, turn_ms());

    std::printf("rseq_bytes %u\n", __rseq_size);
    clock_::prepare();
    std::printf("rseq %s\n", clock_::detail::kernel_tells ? "believed" : "not believed");
    const auto now_ns = [](auto clock) {
        const std::int64_t start = monotonic_ns();
        for (int i = 0; i < 10'000; ++i) clock();
        return static_cast<double>(monotonic_ns() - start) / 1e4;
    };
    std::printf("reading_ns %.0f %.0f\n", now_ns(clock_::now_ns), now_ns(clock_::exactly_now_ns));
}
GUEST
}

# ---- Machines

# Chooses KVM if a kernel boots under it, which not every /dev/kvm can do (nested ones, for example).
choose_machine() {
    local accelerator
    machine=(-accel kvm -cpu host -smp 2)
    limit_s=1800
    if [ -w /dev/kvm ] && KERNEL_OPTIONS=kit.only=kernel LIMIT_S=60 start_machine "${versions[0]}" "$work/kvm.log" &&
        grep -q '^@@ end kernel 0' "$work/kvm.log"; then
        accelerator="KVM"
    else
        # The cache of compiled code goes by the CPU's name.
        machine=(-accel "tcg,thread=single" -icount "shift=1,sleep=on" -smp 1
            -cpu "max,model-id=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)")
        limit_s=7200
        accelerator="emulation, as KVM doesn't work here"
    fi
    echo "Machine: $accelerator"
}

# start_machine VERSION LOG: runs a machine until it ends or is stopped. It ends with the shell that waits for it.
start_machine() {
    nice -n 19 setpriv --pdeathsig TERM timeout "${LIMIT_S:-$limit_s}" qemu-system-x86_64 -machine q35 "${machine[@]}" -m 6G -nodefaults -no-reboot -display none \
        -serial "file:$2" -kernel "$folder/vmlinuz-$1" -initrd "$guest" \
        -append "console=ttyS0 loglevel=1 panic=-1 tsc=reliable clocksource=tsc ${KERNEL_OPTIONS:-}" </dev/null >>"$logs/qemu.log" 2>&1
}

run_kernel() {
    local log=$logs/$1.log start=$SECONDS
    start_machine "$1" "$log" || echo "@@ qemu ended with exit code $?" >>"$log"
    KERNEL_OPTIONS=kit.groups=1 start_machine "$1" "$work/$1.log" || true
    cat "$work/$1.log" >>"$log"
    sed -i 's/\r$//' "$log" # the console's line endings
    echo "  $1: $((SECONDS - start)) s"
}

stop_machines() {
    local machines
    machines=$(jobs -pr)
    # shellcheck disable=SC2086 # a list of numbers
    [ -z "$machines" ] || kill $machines 2>/dev/null || true
}

# ---- What they said

print_table() {
    local version
    echo
    for version in "${versions[@]}"; do print_kernel "$version"; done
    echo "${#versions[@]} kernels, $failures unexpected answers (logs: $logs)"
}

print_kernel() {
    log=$logs/$1.log
    echo "$1 ($(said kernel '.*'))"
    row "slice" "$(value probe slice), then $(value probe slice_ns) ns; turns of $(value probe turns_ms) ms (before, with it)"
    row "restartable seq." "$(value probe rseq) ($(value probe rseq_bytes) bytes); a reading takes $(value probe reading_ns) ns (own, the kernel's)"
    expect "clock tests" "$(codes clock_1 clock_2 clock_3)" "0 0 0" "$(passed clock_1), $(passed clock_2), $(passed clock_3)"
    expect_speedup "static rows" static_rows 6.8
    expect_speedup "dynamic rows" dynamic_atomic 6
    expect "grading" "$(codes grade) $(said grade '✓ parallel')" "0 ✓ parallel" \
        "$(output_of grade | tr -s ' \n' ' ' | grep -o 'predicted speed-up .* with 16 threads' || echo 'no predicted speed-up')"
    local who
    for who in root user delegated version_1; do
        grep -q "^@@ begin doctor_$who$" "$log" || { row "$who" "not there"; continue; }
        expect "$who: doctor" "$(codes "doctor_$who") $(said "doctor_$who" 'Isolation  [a-z]*')" "0 Isolation  sandbox" \
            "$(said "doctor_$who" 'Isolation  [a-z]*'); $(said "doctor_$who" 'memory  .*')"
        expect "$who: sandbox" "$(codes "sandbox_$who")" 0 "$(passed "sandbox_$who")"
    done
    echo
}

row() { printf '  %-6s  %-18s  %s\n' "${3:-}" "$1" "$2"; }

# expect NAME GOT WANTED TEXT
expect() {
    [ "$2" != "$3" ] || { row "$1" "$4" ok; return; }
    failures=$((failures + 1))
    row "$1" "$4" FAILED
}

# expect_speedup NAME PROGRAM LEAST: the speed-up with 8 threads, of which 8 is ideal.
expect_speedup() {
    local speedups
    speedups=$(value speedup "$2")
    expect "$1" "$(awk -v least="$3" '{ print ($3 >= least && $3 <= 8.3) }' <<<"$speedups")" 1 "$speedups (2, 4, 8, 16 threads)"
}

output_of() { sed -n "/^@@ begin $1\$/,/^@@ end $1 /p" "$log" | sed -e '1d' -e '/^@@ end /d'; }
said() { output_of "$1" | grep -o -m 1 -e "$2" || echo "nothing"; }
value() { output_of "$1" | sed -n "s/^$2 //p" | head -n 1; }
passed() { output_of "$1" | sed -n -E 's/^\[ +(PASSED|SKIPPED|FAILED) +\] (.*)/\1 \2/p' | sort -u | paste -sd';' | sed 's/\.;/; /g; s/\.$//'; }
codes() {
    local step
    for step in "$@"; do sed -n "s/^@@ end $step //p" "$log"; done | paste -sd' '
}

# ---- What this machine has

mirror() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1)
    [ -n "$mirror" ] || stop "this machine's apt knows no mirror of Debian (apt-get update may help)"
    echo "$mirror"
}

check_tools() {
    [ "$(id -u)" -eq 0 ] || stop "This needs root, for debootstrap. Run: sudo tests/kernels.sh"
    [ "$(uname -m)" = x86_64 ] || stop "These are kernels for amd64, and this machine is $(uname -m)"
    for tool in debootstrap qemu-system-x86_64 cpio unshare git apt-config dpkg-deb; do
        command -v "$tool" >/dev/null || stop "$tool is not installed. Run: apt-get install debootstrap qemu-system-x86 cpio util-linux git"
    done
    [ -e "$keyring" ] || stop "$keyring, which vouches for Debian's packages, is missing. Run: apt-get install debian-archive-keyring"
}

stop() {
    echo "kernels: $1" >&2
    exit 2
}

main
