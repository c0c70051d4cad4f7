#!/usr/bin/env bash
# Checks the kit's promises in one run: how long gradings take, and how near the optimized solutions come to the
# machine's limit. Run it on a quiet machine. GRADINGS=10 also grades the solutions ten times afresh for full marks.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=$(sed -n 's/^PLOTS_PYTHON:FILEPATH=//p' build/CMakeCache.txt)
if ! "$python" -c 'import joblib, numba' 2> /dev/null; then
    echo "The figures compare with numba and joblib, which $python doesn't have:" >&2
    echo "  sudo apt-get install python3-numba python3-joblib" >&2
    exit 1
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset KIT_SUBMISSION KIT_LESSON KIT_VERSION KIT_SEED KIT_FRESH KIT_STRICT
export KIT_OUT="$scratch/out"
grade() { build/bin/grader grade --cache "$scratch/cache" "$@"; }
seconds() { local start end; start=$(date +%s.%N); "$@" > "$scratch/log"; end=$(date +%s.%N); echo "$end - $start" | bc; }
row() { printf '%-58s %9.2f %-3s  at most %s\n' "$1" "$2" "$3" "$4"; }

build/bin/grader prepare --cache "$scratch/cache" # as building the kit does for its own cache
cp -r solutions "$scratch/submission"
rm "$scratch"/submission/*/*.md
for file in "$scratch"/submission/*/*.cpp; do echo "// not the reference's" >> "$file"; done
row "all versions of the solutions, nothing kept" "$(seconds grade --submission "$scratch/submission")" s "45 s"
row "nothing changed" "$(seconds grade --submission "$scratch/submission")" s "0.5 s"
echo "// a change" >> "$scratch/submission/01_slow_thing/parallel.cpp"
first=$(
    start=$(date +%s.%N)
    grade --submission "$scratch/submission" | while read -r line; do
        case "$line" in *slow_thing::parallel*right*) echo "$(date +%s.%N) - $start" | bc ;; esac
        case "$line" in Score*) echo "$(date +%s.%N) - $start" | bc ;; esac
    done
)
row "one version changed: its first verdict" "$(echo "$first" | head -1)" s "1 s"
row "one version changed: all of it" "$(echo "$first" | tail -1)" s "10 s"
if [ "${GRADINGS:-0}" -gt 0 ]; then
    full=0
    for _ in $(seq "$GRADINGS"); do
        grade --submission solutions --fresh > "$scratch/log"
        grep -q '^Score   100.0' "$scratch/log" && full=$((full + 1))
    done
    row "gradings of the solutions with full marks" "$full" "" "(and at least) $GRADINGS"
fi

# Grades programs on both sides of the bands' edges, two at once and one after the other.
for program in uneven half_serial pool; do
    mkdir -p "$scratch/$program/01_slow_thing"
    cat tests/speedup/work.hpp "tests/speedup/$program.cpp" > "$scratch/$program/01_slow_thing/parallel.cpp"
done
points_of() {
    KIT_OUT="$scratch/out-$1-$2" grade --submission "$scratch/$1" --fresh > /dev/null
    "$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["score"])' "$scratch/out-$1-$2/result.json"
}
same=0
for program in uneven half_serial pool; do
    alone=$(points_of "$program" alone)
    points_of "$program" left > "$scratch/left" & points_of "$program" right > "$scratch/right"
    wait
    [ "$alone" = "$(cat "$scratch/left")" ] && [ "$alone" = "$(cat "$scratch/right")" ] && same=$((same + 1))
done
row "programs with the same points alone and two at once" "$same" "" "(and at least) 3"
"$python" tests/benchmarks/figures.py
