#!/usr/bin/env python3
"""Grades programs that are wrong on some schedules only, and right ones of the same shapes.

    tests/schedules.py                     every program of tests/schedules, 20 gradings each
    tests/schedules.py --rounds 3 wrong    fewer gradings; only the programs below that folder
    tests/schedules.py --busy              beside two busy loops
    tests/schedules.py --grader FILE       another build's grader

A program is tests/schedules/{wrong,right}/NAME/LESSON/parallel.cpp. Each grading has a seed of its
own. A wrong one must fail in every grading, a right one must pass in every grading, without a flag
and without a diagnosis. Prints a row for each. Exit code: 0 if they do, else 1.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent
LESSONS = {"01_slow_thing": "slow_thing", "02_silly_sum": "silly_sum"}


@dataclass
class Tally:
    """What came of a program's gradings."""

    outcomes: collections.Counter[str] = field(default_factory=collections.Counter)
    flavours: collections.Counter[str] = field(default_factory=collections.Counter)
    message: str = ""  # of the last grading that failed
    unexpected: int = 0

    def add(self, version: dict, is_wrong: bool) -> None:
        named = [version["diagnosis"]] if version["diagnosis"] else []
        outcome = "+".join([version["verdict"], *version["flags"], *named])
        self.outcomes[outcome] += 1
        for check in version["checks"]:
            if check["outcome"] == version["verdict"] != "pass":
                self.flavours[check["flavour"]] += 1
        passed = version["verdict"] == "pass"
        if not passed or version["flags"] or version["diagnosis"]:
            self.message = version["message"]
        if is_wrong == passed or (not is_wrong and outcome != "pass"):
            self.unexpected += 1


def grade(program: Path, seed: int, options: argparse.Namespace) -> dict:
    """The program's version in result.json."""
    lesson = next(LESSONS[each.name] for each in program.iterdir() if each.name in LESSONS)
    with tempfile.TemporaryDirectory() as out:
        command = [options.grader, "grade", "--quiet", "--submission", program, "--out", out]
        command += ["--lesson", lesson, "--version", "parallel", "--seed", str(seed)]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("KIT_")
        }
        graded = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if graded.returncode != 0:
            sys.exit(f"{program.name}: {graded.stderr}")
        versions = json.loads((Path(out) / "result.json").read_text(encoding="utf-8"))["versions"]
    return next(
        each for each in versions if (each["lesson"], each["version"]) == (lesson, "parallel")
    )


def main() -> int:
    """Prints a row for each program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", default=["wrong", "right"])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--only", default="", help="programs whose names contain this")
    parser.add_argument("--grader", type=Path, default=KIT / "build/bin/grader")
    parser.add_argument("--words", action="store_true", help="show the message, too")
    options = parser.parse_args()
    busy = [
        subprocess.Popen(["sh", "-c", "while :; do :; done"])
        for _ in range(2 if options.busy else 0)
    ]
    try:
        unexpected = sum(grade_all(folder, options) for folder in options.folders)
    finally:
        for each in busy:
            each.kill()
    print(f"{unexpected} gradings with another outcome")
    return 1 if unexpected else 0


def grade_all(folder: str, options: argparse.Namespace) -> int:
    """Prints a row for each program of the folder; returns how many gradings were unexpected."""
    root = Path(folder) if "/" in folder else KIT / "tests/schedules" / folder
    programs = sorted(
        each for each in root.iterdir() if each.is_dir() and options.only in each.name
    )
    unexpected = 0
    for program in programs:
        tally = Tally()
        for seed in range(1, options.rounds + 1):
            tally.add(grade(program, seed, options), is_wrong=root.name != "right")
        unexpected += tally.unexpected
        mark = "! " if tally.unexpected else "  "
        outcomes = ", ".join(f"{name} {count}" for name, count in tally.outcomes.most_common())
        print(
            f"{mark}{program.name:28} {outcomes:44} {', '.join(sorted(tally.flavours))}", flush=True
        )
        if options.words and tally.message:
            print(f"    {tally.message}", flush=True)
    return unexpected


if __name__ == "__main__":
    sys.exit(main())
