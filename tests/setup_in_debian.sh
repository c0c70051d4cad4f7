#!/bin/bash
# Tries ./setup in a bare Debian 12: with and without the right to install, twice, and with a python3 that has no modules.
# Then it tries the autograder for Gradescope, laid out as Gradescope does it, and the handout in a system with nothing else.
#
#   tests/setup_in_debian.sh                             prints a table of outcomes
#   tests/setup_in_debian.sh 'make grade && make test'   then also runs this there, as an ordinary user, in a copy of the kit
#   UBUNTU=noble tests/setup_in_debian.sh                the same in Ubuntu 24.04, which is Gradescope's
#   DEBIAN=trixie tests/setup_in_debian.sh               the same in Debian 13
#
# With --table it grades the solutions, once with g++ and once with clang, and runs make test, on what people install today:
#
#   tests/setup_in_debian.sh --table                     in all the systems below; writes the tables of docs/install.md
#   tests/setup_in_debian.sh --table unstable ubuntu:lts in these; the other systems' rows stay as they are
#   TESTS=no tests/setup_in_debian.sh --table testing    leaves out make test, and its row says so
#
# Needs root, debootstrap, and a mirror of that distribution with the keyring that vouches for it: one of this machine's apt
# sources, else MIRROR=address. A system that can't be made here is named, and the others are tried. The bare system is kept
# in build/*-base.tar for the next run; delete it to start anew. Logs are left in build/setup_in_debian/.
# Exit code: 0 everything as expected, 1 something is not, 2 it (or, of a table, one of the systems) cannot be tried here.
# Commands for the other system are in single quotes, to be expanded there.
# shellcheck disable=SC2016
set -euo pipefail
cd "$(dirname "$0")/.."

# shellcheck source=tests/bare_system.sh
. tests/bare_system.sh
# shellcheck source=tests/systems_table.sh
. tests/systems_table.sh

logs=$PWD/build/setup_in_debian
rows=()
failures=0

main() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/setup_in_debian.XXXXXX")
    trap 'keep_logs; rm -rf --one-file-system "$work"' EXIT
    trap 'exit 130' INT TERM
    mkdir "$work/logs"
    if [ "${1:-}" = --table ]; then
        shift
        fill_table "$@"
    else
        try_setup "${1:-}"
    fi
}

# try_setup COMMAND: tries ./setup, and then the command, in one system.
try_setup() {
    local reason
    use_system "${UBUNTU:+ubuntu:}${UBUNTU:-${DEBIAN:-bookworm}}"
    reason=$(why_not)
    [ -z "$reason" ] || stop "$reason"
    make_base || stop "debootstrap failed. Is the mirror $(mirror) reachable? The whole log: build/debootstrap.log"
    bare=$work/bare
    new_system "$bare"
    try_without_the_right_to_install
    try_as_root
    try_with_other_python
    try_with_sudo "$work/sudo"
    try_gradescope
    try_handout "$work/handed"
    [ -z "$1" ] || try_command "$1"
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

# expect_gradescope NAME SCORE PATTERN COMMAND: grades what the command puts into submission/. Looks for the pattern in
# results.json.
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
    expect "$1" 0 '' "$bare" student "$1"
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

# The logs are written outside build/ first, so that they survive if build/ is cleaned meanwhile.
keep_logs() {
    rm -rf "$logs"
    mkdir -p "$logs"
    cp "$work"/logs/* "$logs/" 2>/dev/null || true # there are none if it can't be tried
}

print_table() {
    echo
    printf '%s\n' "${rows[@]}"
    echo "$((${#rows[@]} - failures)) passed, $failures failed (logs: $logs)"
}

# share_downloads ROOT: gives the system what the first one downloaded.
share_downloads() { cp -l "$bare"/var/cache/apt/archives/*.deb "$1/var/cache/apt/archives/"; }

size_mb() { du -sxm --exclude="$1/var/cache/apt" --exclude="$1/var/lib/apt" "$1" | cut -f1; }

stop() {
    echo "setup_in_debian: $1" >&2
    exit 2
}

main "$@"
