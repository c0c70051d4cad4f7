#!/usr/bin/env bash
# Measures the programs of tests/speedup and the solutions ROUNDS times each, and prints the table: a tenth of the rounds
# alone, half of them next to another such measurement and two endless loops, the rest next to another measurement only.
# Results that are in the folder already aren't measured again, so it can be stopped at any time.
#
#   tests/speedup.sh ROUNDS [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=$1
folder=${2:-build/speedup}
speedup=build/tests/speedup

find "$folder" -name '*.claim' -delete 2> /dev/null || true
trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
# measure CONDITION ROUNDS PROCESSES
measure() {
    local others=()
    for _ in $(seq 2 "$3"); do
        "$speedup" measure --condition "$1" --rounds "$2" "$folder" &
        others+=($!)
    done
    "$speedup" measure --condition "$1" --rounds "$2" "$folder"
    [ ${#others[@]} -eq 0 ] || wait "${others[@]}"
}
busy=$((rounds / 2))
alone=$(((rounds + 9) / 10))
measure alone "$alone" 1
measure beside_a_grading $((rounds - busy - alone)) 2
for _ in 1 2; do
    while :; do :; done &
done
measure beside_a_grading_and_two_loops "$busy" 2
# shellcheck disable=SC2046 # a list of numbers
kill $(jobs -p) 2> /dev/null || true

"$speedup" cost
echo
"$speedup" table "$folder"
