#!/usr/bin/env bash
# Checks formatting, lint and types. Prints what to do about each finding. Exit code 1 if there is one.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0

sources() { find "$@" \( -name '*.cpp' -o -name '*.hpp' \) -not -path '*/submissions/*' -not -path '*/unit/data/*' | sort; }

# Other versions format and lint differently: the code follows those of Debian 12.
clang=14
black=23
flake8=5
mypy=1.0
# has_version clang-tidy 14: true if it is installed in that version.
has_version() {
    "$1" --version 2> /dev/null | grep -o '[0-9]\+\.[0-9.]*' | head -1 | grep -q "^$2\." || {
        echo "$1 isn't here in version $2: not run."
        false
    }
}

if has_version clang-format $clang &&
    ! sources grader lessons solutions tests | xargs clang-format --dry-run --Werror 2> build/format.log; then
    grep -m 10 'error:' build/format.log
    echo "Not formatted: run \`make format\`."
    failed=1
fi

# The grader's own files, with their flags from compile_commands.json.
if has_version clang-tidy $clang &&
    ! sources grader | grep '\.cpp$' | grep -v '/worker/' |
        xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p build > build/tidy.log 2>&1; then
    grep -E -m 20 '(warning|error):' build/tidy.log
    echo "clang-tidy has findings (all of them are in build/tidy.log)."
    failed=1
fi

python3 tests/rooms.py || failed=1

# pyproject.toml and .flake8 have their options.
if has_version black $black && ! black --check --quiet .; then
    echo "Python isn't formatted: run \`make format\`."
    failed=1
fi
if has_version flake8 $flake8 && ! flake8; then
    failed=1
fi

python=$(sed -n 's/^PLOTS_PYTHON:FILEPATH=//p' build/CMakeCache.txt)
if has_version mypy $mypy && ! mypy --python-executable "$python" > build/mypy.log 2>&1; then
    tail -5 build/mypy.log
    failed=1
fi
exit $failed
