#!/usr/bin/env python3
"""Grades the programs of the corpora, each again and again.

    tests/corpora.py                       tests/honest and tests/schedules, 20 gradings each
    tests/corpora.py --rounds 3 FOLDER…    fewer gradings; only the programs below these folders
    tests/corpora.py --busy                beside two busy loops
    tests/corpora.py --grader FILE         another build's grader
    tests/corpora.py --compiler clang++

A program is FOLDER/NAME/LESSON/VERSION.cpp. Each grading has a seed of its own. Those in a folder
called `wrong` must fail in every grading, all others must pass, without a flag and without a
diagnosis. Those in tests/honest must also earn all points, or as many as their first line says (";
12 of 20 points at most, 8 with clang"). Prints a row for each. Exit code: 0 if they do, else 1.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent
FOLDERS = ["tests/honest", "tests/schedules/right", "tests/schedules/wrong"]
AT_MOST = re.compile(r"; ([0-9.]+) of ([0-9.]+) points at most(?:, ([0-9.]+) with clang)?")


@dataclass
class Tally:
    """What came of a program's gradings."""

    outcomes: collections.Counter[str] = field(default_factory=collections.Counter)
    flavours: collections.Counter[str] = field(default_factory=collections.Counter)
    message: str = ""  # of the last grading that failed
    unexpected: int = 0

    def add(self, version: dict, is_wrong: bool, share: float) -> None:
        """`share`: of the points, that it must earn."""
        named = [version["diagnosis"]] if version["diagnosis"] else []
        outcome = "+".join([version["verdict"], *version["flags"], *named])
        wanted = share * version["max_score"]
        if outcome == "pass" and version["score"] < wanted - 0.01:
            outcome += f" {version['score']:g} of {wanted:g}"
        self.outcomes[outcome] += 1
        for check in version["checks"]:
            if check["outcome"] == version["verdict"] != "pass":
                self.flavours[check["flavour"]] += 1
        passed = version["verdict"] == "pass"
        if outcome != "pass":
            self.message = version["message"]
        if is_wrong == passed or (not is_wrong and outcome != "pass"):
            self.unexpected += 1


def grade(source: Path, seed: int, options: argparse.Namespace) -> dict:
    """The program's version in result.json."""
    program, lesson = source.parent.parent, source.parent.name.split("_", 1)[1]
    with tempfile.TemporaryDirectory() as out:
        command = [options.grader, "grade", "--quiet", "--submission", program, "--out", out]
        command += ["--lesson", lesson, "--version", source.stem, "--seed", str(seed)]
        if options.compiler:
            command += ["--cxx", options.compiler]
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
        each for each in versions if (each["lesson"], each["version"]) == (lesson, source.stem)
    )


@contextlib.contextmanager
def busy_loops(count: int) -> Iterator[None]:
    """So many processes that compute, meanwhile."""
    loops = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(count)]
    try:
        yield
    finally:
        for each in loops:
            each.kill()


def main() -> int:
    """Prints a row for each program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", default=FOLDERS)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--only", default="", help="programs whose names contain this")
    parser.add_argument("--grader", type=Path, default=KIT / "build/bin/grader")
    parser.add_argument("--compiler", default="")
    parser.add_argument("--words", action="store_true", help="show the message, too")
    options = parser.parse_args()
    with busy_loops(2 if options.busy else 0):
        unexpected = sum(grade_all(folder, options) for folder in options.folders)
    print(f"{unexpected} gradings with another outcome")
    return 1 if unexpected else 0


def grade_all(folder: str, options: argparse.Namespace) -> int:
    """Prints a row for each program of the folder; returns how many gradings were unexpected."""
    root = KIT / folder
    sources = sorted(
        each for each in root.glob("*/*/*.cpp") if options.only in each.parent.parent.name
    )
    unexpected = 0
    for source in sources:
        said = AT_MOST.search(source.read_text(encoding="utf-8").splitlines()[0])
        share = float(root.name == "honest")
        if said:
            is_lower = said[3] and "clang" in options.compiler
            share = float(said[3] if is_lower else said[1]) / float(said[2])
        tally = Tally()
        for seed in range(1, options.rounds + 1):
            tally.add(
                grade(source, seed, options),
                is_wrong=root.name == "wrong",
                share=share,
            )
        unexpected += tally.unexpected
        mark = "! " if tally.unexpected else "  "
        outcomes = ", ".join(f"{name} {count}" for name, count in tally.outcomes.most_common())
        name, flavours = source.parent.parent.name, ", ".join(sorted(tally.flavours))
        print(f"{mark}{name:28} {outcomes:44} {flavours}", flush=True)
        if options.words and tally.message:
            print(f"    {tally.message}", flush=True)
    return unexpected


if __name__ == "__main__":
    sys.exit(main())
