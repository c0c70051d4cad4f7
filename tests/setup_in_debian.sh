#!/bin/bash
# Tries ./setup in a bare Debian 12: with and without the right to install, twice, and with a python3 that has nothing. Then the
# autograder for Gradescope, laid out there as Gradescope does it, and the handout where nothing else is.
#
#   tests/setup_in_debian.sh                          prints a table of outcomes
#   tests/setup_in_debian.sh 'make grade && make test'   then also runs that there, as an ordinary user, in a copy of the kit
#   UBUNTU=noble tests/setup_in_debian.sh                the same in Ubuntu 24.04, which is Gradescope's
#   DEBIAN=trixie tests/setup_in_debian.sh               the same in Debian 13
#
# Needs root, debootstrap and a Debian mirror (the one that this machine's apt uses), or Ubuntu's and its keyring. The bare
# system is kept in build/*-base.tar for the next time; delete it to start anew. Logs are left in build/setup_in_debian/.
# Exit code: 0 everything as expected, 1 something is not, 2 it cannot be tried here.
# Commands for the other system stand in single quotes: they are expanded there.
# shellcheck disable=SC2016
set -euo pipefail
cd "$(dirname "$0")/.."

release=${UBUNTU:-${DEBIAN:-bookworm}}
base=$PWD/build/$release-base.tar
logs=$PWD/build/setup_in_debian
ubuntu_keyring=/usr/share/keyrings/ubuntu-archive-keyring.gpg
command_to_run=${1:-}
rows=()
failures=0

main() {
    check_tools
    make_base
    work=$(mktemp -d "${TMPDIR:-/tmp}/setup_in_debian.XXXXXX")
    trap 'keep_logs; rm -rf --one-file-system "$work"' EXIT
    trap 'exit 130' INT TERM
    mkdir "$work/logs"

    bare=$work/bare
    new_system "$bare"
    try_without_the_right_to_install
    try_as_root
    try_with_other_python
    try_with_sudo "$work/sudo"
    try_gradescope
    try_handout "$work/handed"
    [ -z "$command_to_run" ] || try_command
    print_table
    [ "$failures" -eq 0 ]
}

try_without_the_right_to_install() {
    expect "ordinary user, no sudo: says what to run" 1 'apt-get update && apt-get install -y' "$bare" student ./setup
    expect "root, dry run: installs nothing" 1 'apt-get update && apt-get install -y' "$bare" root './setup --dry-run; code=$?; ! test -e /usr/bin/g++ && exit $code'
}

try_as_root() {
    local before
    before=$(size_mb "$bare")
    expect "root, --grade-only" 0 'All that make grade needs is there' "$bare" root './setup --grade-only'
    echo "  --grade-only takes $(($(size_mb "$bare") - before)) MB"
    expect "root, the rest" 0 'make grade and make test need is there' "$bare" root ./setup
    echo "  all takes $(($(size_mb "$bare") - before)) MB"
    expect "again, as a user: nothing to do, under 0.3 s" 0 'make test need is there' "$bare" student \
        './setup >/dev/null; start=$(date +%s%N); ./setup; code=$?; echo "$((($(date +%s%N) - start) / 1000000)) ms"; test $((($(date +%s%N) - start) / 1000000)) -lt 300 && exit $code'
}

try_with_other_python() {
    mkdir -p "$bare/opt/other/bin"
    printf '#!/bin/sh\n# A python3 without any module that was installed.\nexec /usr/bin/python3 -I -S "$@"\n' >"$bare/opt/other/bin/python3"
    chmod +x "$bare/opt/other/bin/python3"
    expect "first python3 has no matplotlib: setup" 0 'make test need is there' "$bare" student 'PATH=/opt/other/bin:$PATH ./setup'
    printf '%s\n' 'include(cmake/dependencies.cmake)' 'kit_find_python(PLOTS_PYTHON matplotlib jinja2)' 'message("${PLOTS_PYTHON}")' \
        >"$bare/tmp/which_python.cmake"
    expect "first python3 has no matplotlib: CMake" 0 '^/usr/bin/python3' "$bare" student 'PATH=/opt/other/bin:$PATH cmake -P /tmp/which_python.cmake'
}

try_with_sudo() {
    new_system "$1"
    share_downloads "$1"
    expect "(prepare: sudo)" 0 '' "$1" root 'apt-get -q update && apt-get -q install -y --no-install-recommends sudo && usermod -aG sudo student &&
        useradd -m owner && echo "owner ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/owner'
    expect "sudo wants a password, no terminal: doesn't hang" 1 'apt-get update && apt-get install -y' "$1" student 'timeout 20 ./setup'
    expect "sudo without a password" 0 'make grade and make test need is there' "$1" owner ./setup
    rm -rf --one-file-system "$1"
}

# expect_gradescope NAME SCORE PATTERN COMMAND: grades what the command puts into submission/, in results.json.
expect_gradescope() {
    expect "Gradescope: $1" 0 "^score $2$" "$bare" root 'cd /autograder && rm -rf submission results && mkdir submission results &&
        '"$4"' && ./run_autograder && grep -q -e "'"$3"'" results/results.json &&
        python3 -c "import json; r = json.load(open(\"results/results.json\")); print(\"score\", r[\"score\"])"'
}

try_gradescope() {
    expect "Gradescope: the zip" 0 'gradescope.zip: [0-9]* kB' "$bare" student 'make --no-print-directory gradescope OUT=/tmp/gradescope.zip'
    expect "Gradescope: the image" 0 '' "$bare" root 'mkdir -p /autograder/source && cd /autograder/source &&
        cmake -E tar xf /tmp/gradescope.zip && bash ./setup.sh && cp run_autograder .. && chmod +x ../run_autograder'
    expect_gradescope "solutions" 100.0 '"passed"' 'cp -r /autograder/source/kit/solutions submission/work'
    expect_gradescope "stubs" 0.0 'not started' 'cp -r /autograder/source/kit/lessons/* submission'
    expect_gradescope "nothing that belongs to a lesson" 0 'holds no file of any lesson' 'echo hello >submission/hello.txt'
}

try_handout() {
    expect "handout: the zip" 0 'handout.zip: [0-9]* kB' "$bare" student 'make --no-print-directory handout OUT=/tmp/handout.zip'
    new_system "$1"
    share_downloads "$1"
    rm -rf --one-file-system "$1/home/student/kit"
    (cd "$1/home/student" && cmake -E tar xf "$bare/tmp/handout.zip" && mv slow-things kit)
    chroot "$1" chown -R student:student /home/student
    expect "handout: setup as root" 0 'All that make grade needs is there' "$1" root ./setup
    expect "handout: stubs" 0 '^Score  *0.0 of 100' "$1" student 'make grade'
    rm -rf --one-file-system "$1"
}

try_command() {
    expect "(prepare: the copy as a clone)" 0 '' "$bare" student 'git init -q . && git add -A && git -c user.name=student -c user.email=student@localhost commit -qm copy'
    expect "$command_to_run" 0 '' "$bare" student "$command_to_run"
}

# expect NAME CODE PATTERN ROOT USER COMMAND: runs the command in that system and adds a row to the table.
expect() {
    local name=$1 code=$2 pattern=$3 got=0 outcome=ok start=$SECONDS log
    log=$work/logs/${#rows[@]}.log
    echo "== $name"
    run_in "$4" "$5" "$6" >"$log" 2>&1 || got=$?
    { [ "$got" -eq "$code" ] && { [ -z "$pattern" ] || grep -q -e "$pattern" "$log"; }; } || outcome=FAILED
    rows+=("$(printf '%-6s  %4d s  exit %d (expected %d)  %s' "$outcome" $((SECONDS - start)) "$got" "$code" "$name")")
    [ "$outcome" = ok ] && return
    failures=$((failures + 1))
    echo "FAILED: exit code $got, expected $code with a line like '$pattern'. The end of $logs/${log##*/}:"
    tail -n 25 "$log" | sed 's/^/  | /'
}

# Written outside build/ first: a build that is cleaned meanwhile doesn't take them along.
keep_logs() {
    rm -rf "$logs"
    mkdir -p "$logs"
    cp "$work"/logs/* "$logs/"
}

print_table() {
    echo
    printf '%s\n' "${rows[@]}"
    echo "$((${#rows[@]} - failures)) passed, $failures failed (logs: $logs)"
}

# run_in ROOT USER COMMAND: runs it in the folder of the kit, without a terminal. The mounts and processes live in namespaces
# that end with it. It moves the root (pivot_root), for a kernel refuses bubblewrap its namespaces under a mere chroot.
run_in() {
    unshare --mount --propagation private --pid --fork --kill-child bash -euc '
        cd "$1"
        mount --bind . . && cd "$1"
        mount -t proc proc proc
        mount --rbind /sys sys
        mount --rbind /dev dev
        mkdir -p .host
        pivot_root . .host
        cd /
        umount -l /.host
        rmdir /.host
        exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="/home/$2" LANG=C.UTF-8 \
            runuser -u "$2" -- sh -c "cd /home/student/kit && $3"
    ' run_in "$@" </dev/null
}

# new_system ROOT: unpacks the bare system, with the kit in it.
new_system() {
    mkdir "$1"
    tar -xpf "$base" -C "$1"
    cp -L /etc/resolv.conf /etc/hosts "$1/etc/"
    mkdir -p "$1/home/student/kit"
    git ls-files -co --exclude-standard -z | tar -c --null -T - --ignore-failed-read 2>/dev/null | tar -x -C "$1/home/student/kit"
    # Every user of these systems may write in the copy.
    chroot "$1" chown -R student:student /home/student
    chmod -R a+rwX "$1/home/student"
}

# share_downloads ROOT: what the first system downloaded is not downloaded again.
share_downloads() { cp -l "$bare"/var/cache/apt/archives/*.deb "$1/var/cache/apt/archives/"; }

make_base() {
    if [ -e "$base" ]; then
        return
    fi
    local root proxy start=$SECONDS
    echo "Making a bare $release from $(mirror) ..."
    root=$(mktemp -d "${TMPDIR:-/tmp}/$release-base.XXXXXX")
    proxy=$(apt-config dump Acquire::http::Proxy | sed -n 's/^Acquire::http::Proxy "\(.*\)";$/\1/p')
    mkdir -p build
    # One script makes each Ubuntu; Debian's debootstrap may not know the newest by name.
    if ! ${proxy:+env http_proxy="$proxy"} debootstrap --variant=minbase ${UBUNTU:+--keyring="$ubuntu_keyring"} "$release" "$root" "$(mirror)" \
        ${UBUNTU:+/usr/share/debootstrap/scripts/gutsy} >build/debootstrap.log 2>&1; then
        tail -n 12 build/debootstrap.log
        rm -rf --one-file-system "$root"
        stop "debootstrap failed. Is the mirror $(mirror) reachable? The whole log: build/debootstrap.log"
    fi
    configure_apt "$root"
    chroot "$root" useradd -m student
    chroot "$root" apt-get clean
    rm -rf "$root"/var/lib/apt/lists/*
    chmod 755 "$root" # mktemp's 700 would lock the ordinary user out
    tar -cpf "$base.part" -C "$root" .
    mv "$base.part" "$base"
    rm -rf --one-file-system "$root"
    echo "  done in $((SECONDS - start)) s: $base"
}

# The same mirrors, proxies and keys as this machine.
configure_apt() {
    sources >"$1/etc/apt/sources.list"
    apt-config dump Acquire | grep -E '^Acquire::(https?::|Check-|Retries|ForceIPv)' >"$1/etc/apt/apt.conf.d/90mirror" || true
    cp -a /etc/apt/trusted.gpg.d /etc/apt/auth.conf.d "$1/etc/apt/" 2>/dev/null || true
}

sources() {
    local sources
    if [ -n "${UBUNTU:-}" ]; then
        printf "deb http://archive.ubuntu.com/ubuntu %s main universe\n" "$release" "$release-updates" "$release-security"
        return
    fi
    sources=$(apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        grep -E "/debian[^ ]* $release(-updates|-security)? main$" | sort -u) || true
    echo "${sources:-deb http://deb.debian.org/debian $release main}"
}

mirror() { sources | awk -v release="$release" '$3 == release { print $2; exit }'; }

size_mb() { du -sxm --exclude="$1/var/cache/apt" --exclude="$1/var/lib/apt" "$1" | cut -f1; }

check_tools() {
    [ "$(id -u)" -eq 0 ] || stop "This needs root, for debootstrap. Run: sudo tests/setup_in_debian.sh"
    for tool in debootstrap unshare pivot_root git apt-config; do
        command -v "$tool" >/dev/null || stop "$tool is not installed. Run: apt-get install debootstrap util-linux git"
    done
    [ -z "${UBUNTU:-}" ] || [ -e "$ubuntu_keyring" ] || [ -e "$base" ] ||
        stop "$ubuntu_keyring, which vouches for Ubuntu's packages, is missing. Run: apt-get install ubuntu-keyring, or copy it from an Ubuntu"
}

stop() {
    echo "setup_in_debian: $1" >&2
    exit 2
}

main
