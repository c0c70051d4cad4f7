#!/bin/bash
# Tries the kit on AArch64 (Raspberry Pis, Linux in a container or virtual machine on Apple silicon): a Debian 13 with
# Debian's own kernel, in an emulated machine. There it runs the doctor, the unit tests, the virtual clock's tests and a
# grading.
#
#   tests/arm64.sh                      prints a table of outcomes and times
#   LESSON=slow_thing tests/arm64.sh    grades only that lesson (VERSION=parallel: only that version)
#   PAGES=16k tests/arm64.sh            Debian's kernel with pages of 16 KB, as Raspberry Pi 5 and Linux on a Mac itself have them
#   CPU=cortex-a76 tests/arm64.sh       another of qemu's processors (default: neoverse-n1)
#   TESTS='-AWorker*' tests/arm64.sh    only these integration tests (a GoogleTest filter; each program that a test builds takes half a minute)
#
# The kit is cross-compiled by the same compiler of the same Debian, which takes minutes instead of hours. What a grading
# compiles, it compiles in the emulated machine. That is about 20 times slower than this one, so in the copy the time limits
# are 10 times as long, and points for speed mean nothing. The virtual clock is tested in a machine whose time goes by
# instructions.
#
# Needs root, 8 GB of disk, qemu-system-aarch64, qemu-aarch64-static, debootstrap and a Debian mirror (the one that this
# machine's apt uses). Both systems are kept in build/arm64 for the next run; delete it to start anew. Logs are left in
# build/arm64/logs.
# Exit code: 0 everything as expected, 1 something is not, 2 it cannot be tried here.
# Commands for the other systems are in single quotes, to be expanded there.
# shellcheck disable=SC2016
set -euo pipefail
cd "$(dirname "$0")/.."

release=trixie
here=$PWD/build/arm64
pages=${PAGES:-4k}
# Of qemu's processors, only "max" has pages of 16 KB. In qemu 7.2 they don't work together with LPA2; pauth and sve are
# slow.
cpu=${CPU:-neoverse-n1}
[ "$pages" = 4k ] || cpu=${CPU:-max,lpa2=off,pauth=off,sve=off}
tests=${TESTS:-*}
lesson=${LESSON:-}
version=${VERSION:-}
binfmt=/proc/sys/fs/binfmt_misc
emulator=slow_things_arm64 # its name among the kernel's binary formats
rows=()
failures=0

main() {
    check_tools
    mkdir -p "$here/logs"
    work=$(mktemp -d "$here/work.XXXXXX")
    trap clean_up EXIT
    trap 'exit 130' INT TERM
    step "the system for arm64" make_system
    step "the cross-compiler" make_cross
    step "the kit, cross-compiled" build_kit
    step "the machine's parts" make_parts
    boot clock -accel tcg,thread=single -icount shift=1,sleep=off
    boot tests -accel tcg,thread=multi
    print_table
    [ "$failures" -eq 0 ]
}

# What runs in the emulated machine, as its first process. $1: clock or tests.

guest() {
    export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
    mount -t proc proc /proc
    mount -t sysfs sys /sys
    mount -t cgroup2 cgroup /sys/fs/cgroup
    mkdir -p /dev/pts /dev/shm /results
    mount -t devpts devpts /dev/pts
    mount -t tmpfs shm /dev/shm
    mount -t tmpfs -o mode=1777 tmp /tmp
    echo +memory >/sys/fs/cgroup/cgroup.subtree_control
    ln -sf /proc/self/fd /dev/fd
    chmod 666 /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty
    tar -xf /dev/vdb -C /home/student
    chown -R student:student /home/student
    guest_"$1"
    tar -cf /dev/vdc -C /results .
    sync
    busybox poweroff -f
}

guest_clock() {
    expect "virtual_clock_test, by instructions" 0 '^\[  PASSED  \]' student build/tests/virtual_clock_test
}

guest_tests() {
    expect "(versions)" 0 '' student 'uname -rm; g++ --version | head -n 1; clang++ --version | head -n 1; ldd --version | head -n 1
        getconf PAGESIZE; grep -E "^CPU (implementer|part)" /proc/cpuinfo | sort -u'
    # With pages of 16 KB addresses have 47 bits, but ThreadSanitizer only knows 39, 42 and 48.
    local races='ThreadSanitizer finds them'
    [ "$pages" = 4k ] || races="ThreadSanitizer doesn't run here"
    expect "doctor, as a user: $races" 0 "$races" student \
        'build/bin/grader doctor >/tmp/doctor; cat /tmp/doctor; grep -q "forgery-safe and host-safe" /tmp/doctor'
    expect "doctor, as root" 0 'the kernel limits it, also under a sanitizer' root 'build/bin/grader doctor'
    expect "both compilers know -mcpu=native" 0 '' student 'cd /tmp && echo "int f() { return 1; }" >f.cpp &&
        g++ -mcpu=native -c f.cpp && clang++ -mcpu=native -c f.cpp'
    expect "unit tests" 0 '^\[  PASSED  \]' student build/tests/unit_tests
    expect "integration tests: $tests" 0 '^\[  PASSED  \]' student "build/tests/integration_tests --gtest_filter='$tests'"
    expect "grading of the solutions${lesson:+: $lesson $version}" 0 '' student \
        "SUBMISSION=solutions STRICT=1 LESSON=$lesson VERSION=$version OUT=/tmp/report build/bin/grader grade"
}

# expect NAME CODE PATTERN USER COMMAND: runs the command in the folder of the kit and adds a row and a log.
expect() {
    local got=0 outcome=ok start=$SECONDS log
    log=/results/$(find /results -name '*.log' | wc -l).log
    echo "== $1"
    runuser -u "$4" -- env HOME="/home/$4" sh -c "cd /home/student/kit && $5" >"$log" 2>&1 </dev/null || got=$?
    { [ "$got" -eq "$2" ] && { [ -z "$3" ] || grep -q -e "$3" "$log"; }; } || outcome=FAILED
    printf '%-6s  %5d s  exit %d (expected %d)  %s\n' "$outcome" $((SECONDS - start)) "$got" "$2" "$1" >>/results/rows
}

# Here again.

# boot WHAT QEMU_OPTIONS: runs guest_WHAT and collects its rows and logs.
boot() {
    local what=$1 start=$SECONDS results=$work/results
    shift
    echo "== booting: $what"
    rm -rf "$results" "$results.tar"
    truncate -s 64M "$results.tar"
    mkdir "$results"
    nice -n 19 timeout 4h qemu-system-aarch64 -M virt -cpu "$cpu" -smp 2 -m 4096 "$@" -snapshot -nic none -display none -no-reboot \
        -kernel "$work/kernel" -initrd "$work/initrd" -append "console=ttyAMA0 quiet panic=-1 kit=$what" \
        -drive file="$here/disk.img,format=raw,if=none,id=a" -device virtio-blk-pci,drive=a \
        -drive file="$work/kit.tar,format=raw,if=none,id=b" -device virtio-blk-pci,drive=b \
        -drive file="$results.tar,format=raw,if=none,id=c,snapshot=off" -device virtio-blk-pci,drive=c \
        -serial stdio </dev/null | tee "$here/logs/$what-console.log" | grep --line-buffered -a -e '^==' || true
    tar -xf "$results.tar" -C "$results" 2>/dev/null || true
    for log in "$results"/*.log; do
        [ ! -e "$log" ] || mv "$log" "$here/logs/$what-${log##*/}"
    done
    if [ ! -s "$results/rows" ]; then
        add_row FAILED $((SECONDS - start)) "the machine did not finish: $what-console.log"
        return
    fi
    mapfile -t -O ${#rows[@]} rows <"$results/rows"
    failures=$((failures + $(grep -c '^FAILED' "$results/rows" || true)))
}

# step NAME FUNCTION: runs a preparation. Stops if it fails.
step() {
    local start=$SECONDS code log=$here/logs/$2.log
    echo "== $1"
    set +e # in a condition, a function's failing commands would be ignored
    (
        set -e
        "$2"
    ) >"$log" 2>&1
    code=$?
    set -e
    if [ "$code" -ne 0 ]; then
        tail -n 12 "$log"
        stop "$1: this failed. The whole log: $log"
    fi
    add_row ok $((SECONDS - start)) "(prepare: $1)"
}

add_row() {
    rows+=("$(printf '%-6s  %5d s  %s' "$1" "$2" "$3")")
    [ "$1" = ok ] || failures=$((failures + 1))
}

print_table() {
    echo
    cat "$here"/logs/tests-0.log 2>/dev/null || true
    qemu-system-aarch64 --version | head -n 1
    echo "$cpu, pages of $pages"
    printf '%s\n' "${rows[@]}"
    echo "$((${#rows[@]} - failures)) passed, $failures failed (logs: $here/logs)"
}

# make_system: makes the system in $here/arm64, where qemu's user emulation runs its programs, and its disk.
make_system() {
    [ ! -e "$here/disk.img" ] || return 0
    local root=$here/arm64
    rm -rf --one-file-system "$root"
    register_emulator
    bootstrap arm64 "$root"
    # No kernel is installed, since that would make an initramfs. Two of them are unpacked instead.
    in_root "$root" "apt-get -q update && apt-get -q install -y --no-install-recommends $(packages | tr '\n' ' ') \
        clang libclang-rt-dev busybox-static && useradd -m -s /bin/bash student && apt-get clean"
    for flavour in arm64 arm64-16k; do
        in_root "$root" "cd /tmp && apt-get -q -o APT::Sandbox::User=root download \
            \$(apt-cache depends linux-image-$flavour | sed -n 's/.*Depends: \(linux-image-[^ ]*\)\$/\1/p')"
    done
    mkdir -p "$here/kernels"
    for package in "$root"/tmp/linux-image-*.deb; do dpkg-deb -x "$package" "$here/kernels"; done
    rm -rf "$root"/tmp/* "$root"/var/lib/apt/lists/*
    truncate -s 8G "$here/disk.part"
    mkfs.ext4 -q -F -d "$root" "$here/disk.part"
    cp "$root/usr/bin/busybox" "$here/busybox"
    rm -rf --one-file-system "$root"
    mv "$here/disk.part" "$here/disk.img"
}

make_cross() {
    [ ! -e "$here/cross" ] || return 0
    local root=$work/cross
    bootstrap "" "$root"
    in_root "$root" "dpkg --add-architecture arm64 && apt-get -q update && apt-get -q install -y --no-install-recommends \
        g++-aarch64-linux-gnu cmake ninja-build libvalijson-dev && apt-get -q install -y --no-install-recommends \
        \$(for package in $(packages | grep -e '-dev$' | tr '\n' ' '); do
            apt-cache show --no-all-versions \$package | grep -q '^Architecture: all' && echo \$package || echo \$package:arm64; done)"
    mkdir -p "$root/home/student/kit"
    mv "$root" "$here/cross"
}

# The packages that make grade needs, except those for the plots, which are the same everywhere.
packages() { ./setup --grade-only --packages apt | tr ' ' '\n' | grep -v '^python3'; }

# Copies the checkout, lengthens its limits and builds what the tests need.
build_kit() {
    local kit=$here/cross/home/student/kit
    find "$kit" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    git ls-files -co --exclude-standard -z | tar -c --null -T - --ignore-failed-read 2>/dev/null | tar -x -C "$kit"
    lengthen_limits "$kit"
    printf '%s\n' 'set(CMAKE_SYSTEM_NAME Linux)' 'set(CMAKE_SYSTEM_PROCESSOR aarch64)' \
        'set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)' 'set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)' >"$here/cross/toolchain.cmake"
    # The solutions that the unit tests call can't be compiled for a processor that isn't here.
    in_root "$here/cross" 'cd /home/student/kit && cmake -S . -B build -G Ninja -DCMAKE_TOOLCHAIN_FILE=/toolchain.cmake -DKIT_TESTS=ON \
        -DKIT_DOWNLOAD=OFF -DCMAKE_CXX_FLAGS_RELEASE=-O1 && sed -i "s/ -mcpu=native//" build/build.ninja &&
        nice -n 19 ninja -C build grader unit_tests integration_tests virtual_clock_test'
    tar -cf "$work/kit.tar" -C "$here/cross/home/student" --exclude='*.o' --exclude='*.a' kit
}

# lengthen_limits KIT: for an emulated machine.
lengthen_limits() {
    sed -i -E 's/^( *constexpr .*(wall|cpu)_limit_s = [0-9]+);/\1 * 10;/' "$1"/grader/{build/build,command/doctor}.cpp
    sed -i -E 's/^((cpu|idle|wall)_s = [0-9]+)/\10/' "$1"/lessons/*/lesson.toml
}

# Makes the kernel, and an initramfs that mounts the disk and starts guest() there.
make_parts() {
    local kernel folder=$work/initramfs number=100 module
    kernel=$(find "$here/kernels/boot" -name "vmlinuz-*$([ "$pages" = 16k ] && echo -16k || echo arm64)" -printf '%f\n' | sed 's/vmlinuz-//')
    cp "$here/kernels/boot/vmlinuz-$kernel" "$work/kernel"
    mkdir -p "$folder"/{bin,proc,dev,root}
    cp "$here/busybox" "$folder/bin/"
    depmod -b "$here/kernels/usr" "$kernel"
    for module in virtio_pci virtio_blk crc32c_generic ext4; do
        modprobe -d "$here/kernels/usr" -S "$kernel" --show-depends "$module" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
    done | awk '!seen[$0]++' | while read -r module; do
        number=$((number + 1))
        xz -dc "$module" >"$folder/$number.ko"
    done
    declare -f guest guest_clock guest_tests expect >"$folder/guest"
    printf 'pages=%q tests=%q lesson=%q version=%q\nguest "$@"\n' "$pages" "$tests" "$lesson" "$version" >>"$folder/guest"
    cat >"$folder/init" <<'INIT'
#!/bin/busybox sh
busybox=/bin/busybox
$busybox mount -t proc proc /proc
$busybox mount -t devtmpfs dev /dev
for module in /*.ko; do $busybox insmod "$module"; done
until [ -b /dev/vdc ]; do $busybox sleep 0.1; done
$busybox mount -t ext4 /dev/vda /root
what=$($busybox sed 's/.*kit=//' /proc/cmdline)
$busybox cp /guest /root/guest
$busybox umount /proc
$busybox mount --move /dev /root/dev
exec $busybox switch_root /root /bin/bash /guest "$what"
INIT
    chmod +x "$folder/init"
    (cd "$folder" && find . | cpio -o -H newc --quiet | gzip -1) >"$work/initrd"
}

# From now on programs for arm64 run here, in every root, since the kernel keeps the emulator's file open.
register_emulator() {
    [ -e "$binfmt/register" ] || mount -t binfmt_misc none "$binfmt"
    if [ ! -e "$binfmt/$emulator" ]; then
        printf '%s' ":$emulator:M::"'\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:'"$(command -v qemu-aarch64-static):FOC" >"$binfmt/register"
    fi
}

clean_up() {
    [ ! -e "$binfmt/$emulator" ] || echo -1 >"$binfmt/$emulator"
    rm -rf --one-file-system "$work"
}

# bootstrap ARCHITECTURE ROOT: makes a bare system from this machine's mirror, of this machine's architecture if none is
# named.
bootstrap() {
    local proxy
    proxy=$(apt-config dump Acquire::http::Proxy | sed -n 's/^Acquire::http::Proxy "\(.*\)";$/\1/p')
    ${proxy:+env http_proxy="$proxy"} nice -n 19 debootstrap --variant=minbase ${1:+--arch="$1"} "$release" "$2" "$(mirror)"
    sources >"$2/etc/apt/sources.list"
    apt-config dump Acquire | grep -E '^Acquire::(https?::|Check-|Retries|ForceIPv)' >"$2/etc/apt/apt.conf.d/90mirror" || true
    cp -a /etc/apt/trusted.gpg.d /etc/apt/auth.conf.d "$2/etc/apt/" 2>/dev/null || true
    cp -L /etc/resolv.conf /etc/hosts "$2/etc/"
}

# This machine's own Debian may be another release, but its mirrors have this one, too.
sources() {
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        sed -nE 's,^([^ ]*/debian[^ ]*) [a-z]+(-updates|-security)? main$,deb \1 '"$release"'\2 main,p' | sort -u
}

mirror() { sources | awk -v release="$release" '$3 == release { print $2; exit }'; }

# in_root ROOT COMMAND
in_root() {
    unshare --mount --propagation private --pid --fork --kill-child bash -euc '
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            nice -n 19 chroot "$1" sh -euc "$2"
    ' in_root "$@" </dev/null
}

check_tools() {
    [ "$(id -u)" -eq 0 ] || stop "This needs root, for debootstrap. Run: sudo tests/arm64.sh"
    for tool in debootstrap qemu-system-aarch64 qemu-aarch64-static mkfs.ext4 depmod modprobe cpio xz unshare git apt-config; do
        command -v "$tool" >/dev/null || stop "$tool is not installed. Run: apt-get install --no-install-recommends debootstrap \
qemu-system-arm qemu-user-static e2fsprogs kmod cpio xz-utils util-linux git"
    done
    [ -e "$binfmt" ] || stop "This kernel has no binfmt_misc, by which programs for arm64 run while the system is made."
    [ -n "$(mirror)" ] || stop "This machine's apt has no Debian mirror."
    case $pages in 4k | 16k) ;; *) stop "PAGES is 4k or 16k" ;; esac
}

stop() {
    echo "arm64: $1" >&2
    exit 2
}

main
