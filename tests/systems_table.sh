# shellcheck shell=bash
# Fills the tables of docs/install.md: the results of the solutions and the tests on the systems and with the compilers that
# people have. tests/setup_in_debian.sh sources this after tests/bare_system.sh. The logs go to $work/logs.
# Commands for the other system are in single quotes, to be expanded there. Those two files assign what is not assigned here.
# shellcheck disable=SC2016,SC2154

all_systems=(bookworm trixie testing unstable ubuntu:noble ubuntu:lts)
table_file=docs/install.md
not_tried=0

# fill_table [SYSTEM…]: tries these systems, or all if none is named.
fill_table() {
    [ $# -gt 0 ] || set -- "${all_systems[@]}"
    local name
    for name in "$@"; do
        use_system "$name"
        try_system
    done
    [ "$failures" -eq 0 ] || exit 1
    [ "$not_tried" -eq 0 ] || exit 2
}

try_system() {
    local reason
    system=$(name_of_system)
    echo "== $system"
    reason=$(why_not)
    if [ -n "$reason" ]; then
        cannot_be_tried "$reason"
    elif ! make_base; then
        cannot_be_tried "debootstrap failed"
    else
        bare=$work/$release
        new_system "$bare"
        if step setup root ./setup; then
            try_compilers
        else
            failed "./setup"
        fi
        rm -rf --one-file-system "$bare"
    fi
}

cannot_be_tried() {
    echo "  can't be tried here: $1"
    not_tried=$((not_tried + 1))
}

# The rows are written after each step, since later steps may be stopped.
try_compilers() {
    table_rows=()
    sync_rows=()
    grade_solutions g++
    write_rows
    check_synchronisation g++
    check_synchronisation clang++
    write_rows
    if [ "${TESTS:-yes}" = yes ]; then
        run_tests
        table_rows[0]=${table_rows[0]/not run/"$tested"}
        write_rows
    fi
    grade_solutions clang++
    write_rows
}

# step NAME USER COMMAND: runs the command in the system. Sets $log and $seconds.
step() {
    local start=$SECONDS code=0
    log=$work/logs/$release-$1.log
    run_in "$bare" "$2" "$3" >"$log" 2>&1 || code=$?
    seconds=$((SECONDS - start))
    echo "  $1: exit code $code, $seconds s"
    return "$code"
}

# failed WHAT: reports that the last step, which ran WHAT, failed.
failed() {
    failures=$((failures + 1))
    echo "FAILED: $1. The end of $logs/${log##*/}:"
    tail -n 25 "$log" | sed 's/^/  | /'
}

# grade_solutions COMPILER: builds the kit anew with it, grades the solutions and adds the row.
grade_solutions() {
    local outcome tests='not run'
    [ "$1" = g++ ] || tests=-
    if step "grade-$1" student "rm -rf build && CXX=$1 make grade SUBMISSION=solutions" && grep -q '^Score  *100.0 of 100' "$log"; then
        outcome="100 points, $seconds s"
    else
        outcome="**fails**"
        failed "make grade with $1"
    fi
    table_rows+=("| $system | $(compiler_version "$1") | $(versions) | $outcome | $tests | $(date +%F) |")
}

# Tests that fail are run again, alone, since a test that measures or waits may fail next to others on a small or busy
# machine.
run_tests() {
    local all again
    if step tests student 'make test'; then
        tested="$(count_of_tests) pass, $seconds s"
        return
    fi
    all=$(count_of_tests)
    again=$seconds
    if [ -n "$all" ] && cp "$log" "${log%.log}-first.log" && step tests student 'ctest --test-dir build --rerun-failed --output-on-failure'; then
        tested="$all pass, of them $(count_of_tests) only when run alone, $((again + seconds)) s"
    else
        tested="**fails**"
        failed "make test"
    fi
}

count_of_tests() { sed -n 's/.*tests passed.* out of \([0-9]*\)$/\1/p' "$log"; }

# Adds a row per compiler with what ThreadSanitizer says about each way to synchronise.
check_synchronisation() {
    step "synchronisation-$1" student 'cmake -S . -B build -G Ninja --log-level=WARNING -DKIT_TESTS=ON && cmake --build build --target honest_sync -- --quiet &&
        build/tests/honest_sync '"$1" || failed "honest_sync with $1"
    sync_rows+=("| $system | $(compiler_version "$1") | $(ways_that_are clean | wc -l) | $(listed not_checked) | $(listed accused) |")
}

# ways_that_are OUTCOME: reads the lines "sync <tab> outcome <tab> way <tab> compiler" of tests/honest_sync.
ways_that_are() { awk -F'\t' -v outcome="$1" '$1 == "sync" && $2 == outcome { print $3 }' "$log"; }

listed() {
    local ways
    ways=$(ways_that_are "$1" | paste -sd ' ')
    echo "${ways:-none}"
}

compiler_version() { run_in "$bare" student "echo $1 \$($1 --version | grep -o \"[0-9][0-9.]*[.][0-9]*\" | head -n 1)"; }

# Prints the cells of glibc, CMake, GoogleTest, Google Benchmark, fmt, Python, Matplotlib, bubblewrap and the kernel.
versions() {
    {
        run_in "$bare" student 'version_of() { dpkg-query -W -f "\${Version}\n" "$@"; }
            for package in libc6 cmake libgtest-dev libbenchmark-dev libfmt-dev; do version_of $package; done
            python3 --version | cut -d" " -f 2 # its package may have another patch level
            version_of python3-matplotlib; version_of bubblewrap'
        uname -r
    } | sed 's/^[0-9]*://; s/[-+].*//' | paste -sd '|' | sed 's/|/ | /g'
}

write_rows() {
    replace_rows systems "${table_rows[@]}"
    [ ${#sync_rows[@]} -eq 0 ] || replace_rows synchronisation "${sync_rows[@]}"
}

# replace_rows TABLE ROW…: replaces the system's rows in that table, or appends them if it has none.
replace_rows() {
    rows=$(printf '%s\n' "${@:2}") awk -v table="<!-- $1:" -v own="| $system |" '
        function put() { if (!done) print ENVIRON["rows"]; done = 1 }
        index($0, table) == 1 { inside = 1 }
        inside && index($0, own) == 1 { put(); next }
        inside && !/^[|<]/ { put(); inside = 0 }
        { print }
        END { if (inside) put() }' "$table_file" >"$work/table"
    cat "$work/table" >"$table_file"
}
