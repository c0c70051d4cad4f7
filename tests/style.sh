#!/usr/bin/env bash
# Formatting, lint and types. Prints what to do about each finding; exit code 1 if there is one.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0

sources() { find "$@" \( -name '*.cpp' -o -name '*.hpp' \) -not -path '*/submissions/*' -not -path '*/unit/data/*' | sort; }

# Other versions format and lint otherwise; the code follows that of Debian 12.
clang=14
has_version() { "$1" --version | grep -q "version $clang\." || { echo "$1 isn't version $clang: not run."; false; }; }

if has_version clang-format &&
    ! sources grader lessons solutions tests | xargs clang-format --dry-run --Werror 2> build/format.log; then
    grep -m 10 'error:' build/format.log
    echo "Not formatted: run \`make format\`."
    failed=1
fi

# The grader's own files with their flags from compile_commands.json.
if has_version clang-tidy &&
    ! sources grader | grep '\.cpp$' | grep -v '/worker/' |
        xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p build > build/tidy.log 2>&1; then
    grep -E -m 20 '(warning|error):' build/tidy.log
    echo "clang-tidy has findings (all of them are in build/tidy.log)."
    failed=1
fi

python3 tests/rooms.py || failed=1

python=$(sed -n 's/^PLOTS_PYTHON:FILEPATH=//p' build/CMakeCache.txt)
if command -v mypy > /dev/null && ! mypy --strict --python-executable "$python" plots > build/mypy.log 2>&1; then
    tail -5 build/mypy.log
    failed=1
fi
exit $failed
