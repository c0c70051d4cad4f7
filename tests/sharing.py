#!/usr/bin/env python3
"""Grades programs whose threads share cache lines without sharing bytes, and their twins.

    tests/sharing.py                  every program of tests/sharing, 20 gradings each
    tests/sharing.py --rounds 3       fewer gradings
    tests/sharing.py --busy           beside two busy loops
    tests/sharing.py --compiler clang++
    tests/sharing.py --write          also writes the table of docs/speedup.md

A program is tests/sharing/{shared,apart}/NAME/LESSON/parallel.cpp. Each grading has a seed of its
own. All must pass; those in `shared` must have the flag `false_sharing` each time, their twins in
`apart` never. Prints a row for each pair. Exit code: 0 if so, else 1.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent
PROGRAMS = KIT / "tests/sharing"
DOCUMENT = KIT / "docs/speedup.md"
MARK = "<!-- sharing: written by tests/sharing.py -->\n"
HEAD = (
    "| program | flagged | predicted, 2 threads | with the lines moving | wall | predicted, 16 "
    "| with the lines moving | twin flagged |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"
)


def grade(program: Path, seed: int, options: argparse.Namespace) -> dict:
    """The program's version in result.json."""
    lesson = next(program.iterdir()).name.split("_", 1)[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KIT_")}
    with tempfile.TemporaryDirectory() as out:
        command = [options.grader, "grade", "--quiet", "--submission", program, "--out", out]
        command += ["--lesson", lesson, "--version", "parallel", "--seed", str(seed)]
        if options.compiler:
            command += ["--cxx", options.compiler]
        graded = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if graded.returncode != 0:
            sys.exit(f"{program.name}: {graded.stderr}")
        versions = json.loads((Path(out) / "result.json").read_text(encoding="utf-8"))["versions"]
    return next(
        each for each in versions if (each["lesson"], each["version"]) == (lesson, "parallel")
    )


def at(versions: list[dict], threads: int, field: str) -> list[float]:
    """That field of the speed-up with so many threads, of each grading that has it."""
    return [
        each[field]
        for version in versions
        for each in version["speedup"] or []
        if each["threads"] == threads and each.get(field) is not None
    ]


def middle(values: list[float]) -> str:
    """The median, or a dash."""
    return f"{statistics.median(values):.2f}" if values else "-"


def flagged(versions: list[dict]) -> int:
    """In how many gradings the flag is set."""
    return sum("false_sharing" in version["flags"] for version in versions)


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--only", default="", help="programs whose names contain this")
    parser.add_argument("--compiler", default="")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--grader", type=Path, default=KIT / "build/bin/grader")
    options = parser.parse_args()
    busy = [
        subprocess.Popen(["sh", "-c", "while :; do :; done"])
        for _ in range(2 if options.busy else 0)
    ]
    rows, unexpected = [], 0
    print(HEAD, end="")
    try:
        for program in sorted((PROGRAMS / "shared").iterdir()):
            if options.only not in program.name:
                continue
            seeds = range(1, options.rounds + 1)
            shared = [grade(program, seed, options) for seed in seeds]
            twin = [grade(PROGRAMS / "apart" / program.name, seed, options) for seed in seeds]
            failed = sum(version["verdict"] != "pass" for version in shared + twin)
            unexpected += failed + options.rounds - flagged(shared) + flagged(twin)
            wall = at(shared, 2, "wall")
            rows.append(
                f"| `{program.name}` | {flagged(shared)} of {options.rounds} "
                f"| {middle(at(shared, 2, 'virtual'))} "
                f"| {middle(at(shared, 2, 'with_cache_lines'))} "
                f"| {max(wall, default=0):.2f} | {middle(at(shared, 16, 'virtual'))} "
                f"| {middle(at(shared, 16, 'with_cache_lines'))} "
                f"| {flagged(twin)} of {options.rounds}{' FAILED' if failed else ''} |\n"
            )
            print(rows[-1], end="", flush=True)
    finally:
        for each in busy:
            each.kill()
    if options.write:
        before, after = DOCUMENT.read_text(encoding="utf-8").split(MARK)
        rest = after[after.index("\nThe number is a prediction") :]
        DOCUMENT.write_text(before + MARK + HEAD + "".join(rows) + rest, encoding="utf-8")
    print(f"{unexpected} gradings with another outcome")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
