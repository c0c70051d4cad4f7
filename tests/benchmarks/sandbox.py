#!/usr/bin/env python3
"""What the sandbox costs: the same command with and without it, by turns.

    tests/benchmarks/sandbox.py [--rounds 5]

A grading launches dozens of programs in it. Prints medians. (`grader try` runs as its user, outside of it.)
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

KIT = Path(__file__).resolve().parents[2]
GRADER = KIT / "build/bin/grader"


def seconds(isolation, *arguments):
    environment = {**os.environ, "ISOLATION": isolation}
    begin = time.monotonic()
    subprocess.run([GRADER, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - begin


def side_by_side(rounds, *arguments):
    """(median s in the sandbox, median s without)"""
    times = {"sandbox": [], "limits": []}
    for isolation in times:
        seconds(isolation, *arguments)  # builds what isn't built yet
    for _ in range(rounds):
        for isolation, found in times.items():
            found.append(seconds(isolation, *arguments))
    return [statistics.median(found) for found in times.values()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    solutions = ("--submission", KIT / "solutions")
    with tempfile.TemporaryDirectory() as out:
        inside_s, outside_s = side_by_side(rounds, "grade", "--fresh", "--quiet", "--seed", "7", *solutions, "--out", out)
    share = 100 * (inside_s / outside_s - 1)
    print(f"a grading: {inside_s:.2f} s in the sandbox, {outside_s:.2f} s without: {share:+.1f} % (at most +5)")


if __name__ == "__main__":
    main()
