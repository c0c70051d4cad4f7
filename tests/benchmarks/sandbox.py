#!/usr/bin/env python3
"""Measures what the sandbox costs: a launch, and a grading of the solutions, with and without it.

    tests/benchmarks/sandbox.py [--rounds 5]

It prints medians. A round takes some 40 seconds on a quiet machine. Built programs are kept.
`grader try` isn't measured, as it runs outside the sandbox.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

KIT = Path(__file__).resolve().parents[2]
GRADER = KIT / "build/bin/grader"
LAUNCH = KIT / "build/tests/launch"
LEVELS = ("sandbox", "limits")


def run(isolation, *command):
    environment = {**os.environ, "ISOLATION": isolation}
    return subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout


def launches(rounds):
    """Returns the milliseconds of each kind of launch, by isolation level."""
    found = {level: {} for level in LEVELS}
    for _ in range(rounds):
        for level in LEVELS:
            for kind in json.loads(run(level, LAUNCH, "--benchmark_format=json"))["benchmarks"]:
                found[level].setdefault(kind["name"].split("/")[1], []).append(kind["real_time"])
    return found


def gradings(rounds):
    """Returns the seconds of each grading, by isolation level."""
    found = {level: [] for level in LEVELS}
    with tempfile.TemporaryDirectory() as out:
        grade = (
            GRADER,
            "grade",
            "--fresh",
            "--quiet",
            "--seed",
            "7",
            "--submission",
            KIT / "solutions",
            "--out",
            out,
        )
        run(LEVELS[0], *grade)  # builds what is missing
        for _ in range(rounds):
            for level in LEVELS:
                begin_s = time.monotonic()
                run(level, *grade)
                found[level].append(time.monotonic() - begin_s)
    return found


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    inside, outside = launches(rounds).values()
    for kind in inside:
        inside_ms, outside_ms = statistics.median(inside[kind]), statistics.median(outside[kind])
        print(
            f"a launch, {kind}: {inside_ms:.2f} ms in the sandbox, {outside_ms:.2f} ms without: "
            f"{inside_ms - outside_ms:+.2f} ms (at most +10)",
            flush=True,
        )
    inside_s, outside_s = map(statistics.median, gradings(rounds).values())
    print(
        f"a grading: {inside_s:.2f} s in the sandbox, {outside_s:.2f} s without: "
        f"{100 * (inside_s / outside_s - 1):+.1f} % (at most +5)"
    )


if __name__ == "__main__":
    main()
