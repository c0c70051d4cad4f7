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
import statistics
import sys
from pathlib import Path

from corpora import busy_loops, grade

KIT = Path(__file__).resolve().parent.parent
PROGRAMS = KIT / "tests/sharing"
DOCUMENT = KIT / "docs/speedup.md"
MARK = "<!-- sharing: written by tests/sharing.py -->\n"
HEAD = (
    "| program | flagged | predicted, 2 threads | with the lines moving | wall | predicted, 16 "
    "| with the lines moving | twin flagged |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"
)


def grade_all(program: Path, options: argparse.Namespace) -> list[dict]:
    """The program's version in each grading's result.json."""
    source = next(program.glob("*/*.cpp"))
    return [grade(source, seed, options) for seed in range(1, options.rounds + 1)]


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
    rows, unexpected = [], 0
    print(HEAD, end="")
    with busy_loops(2 if options.busy else 0):
        for program in sorted((PROGRAMS / "shared").iterdir()):
            if options.only not in program.name:
                continue
            shared = grade_all(program, options)
            twin = grade_all(PROGRAMS / "apart" / program.name, options)
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
    if options.write:
        before, after = DOCUMENT.read_text(encoding="utf-8").split(MARK)
        rest = after[after.index("\nWith more threads than cores") :]
        DOCUMENT.write_text(before + MARK + HEAD + "".join(rows) + rest, encoding="utf-8")
    print(f"{unexpected} gradings with another outcome")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
