#!/usr/bin/env bash
# Fuzzes each target for SECONDS and prints a line for each. The corpus and findings are kept in build/fuzz. Exit code 1 if
# there is a finding. Usage: tests/fuzz.sh BUILD SECONDS
set -uo pipefail
build=$1 seconds=$2 failed=0
LSAN_OPTIONS=suppressions=$(dirname "$0")/fuzz/lsan.supp:print_suppressions=0
export LSAN_OPTIONS
for program in "$build"/tests/fuzz/fuzz_*; do
    [[ -x $program && $program != *.* ]] || continue
    name=${program##*/fuzz_} folder=$build/fuzz/${program##*/fuzz_}
    mkdir -p "$folder/corpus"
    "$program" -max_total_time="$seconds" -timeout=60 -print_final_stats=1 -artifact_prefix="$folder/" \
        -seed_inputs=@"$program.seeds" "$folder/corpus" > "$folder/log" 2>&1
    code=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/log")
    coverage=$(grep -o 'cov: [0-9]*' "$folder/log" | tail -1)
    findings=none
    if ((code != 0)); then findings="see $folder/log" failed=1; fi
    echo "$name: ${runs:-?} runs, ${coverage:-no coverage}, findings: $findings"
done
exit $failed
