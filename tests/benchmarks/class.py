#!/usr/bin/env python3
"""Grades generated classes and prints what the kit promises of them.

    tests/benchmarks/class.py [--students 24] [--seed 1]

A class is a mix of solutions, half-done work, mistakes, attacks and stubs. Each run has a cache of its own that holds
just what building the kit makes, so nothing is kept from one run to the next. Some minutes, on a quiet machine.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KIT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(KIT / "tests"))
import attacks  # noqa: E402

GRADER = KIT / "build/bin/grader"


def handed_in(kind, lesson, version, chosen):
    """What such a student has written for it, or None for the stub."""
    is_first = lesson.startswith("01")
    if kind == "solution" or (kind == "half" and is_first):
        return (KIT / "solutions" / lesson / f"{version}.cpp").read_bytes()
    programs = []
    if kind == "mistakes" and is_first:
        mistakes = (path.read_bytes() for path in sorted((KIT / "solutions" / lesson / "mistakes").glob("*.cpp")))
        programs = [source for source in mistakes if f"void {lesson[3:]}::{version}(".encode() in source]
    elif kind == "attack":
        paths = {path: attacks.head(path) for path in sorted((KIT / "tests/attacks/attack").glob("*.cpp"))}
        programs = [attacks.source_of(path, fields) for path, fields in paths.items() if fields["version"] == f"{lesson[3:]}/{version}"]
    return chosen.choice(programs) if programs else None


def write_class(folder, students, seed):
    """Folders of submissions, the same for the same seed."""
    chosen = random.Random(seed)
    kinds = ["solution", "half", "mistakes", "mistakes", "attack", "stubs"]
    for number in range(students):
        kind = kinds[number % len(kinds)]
        for stub in sorted((KIT / "lessons").glob("0*/*.cpp")):
            source = handed_in(kind, stub.parent.name, stub.stem, chosen) or stub.read_bytes()
            target = folder / f"{kind}-{number:02}" / stub.parent.name / stub.name
            target.parent.mkdir(parents=True, exist_ok=True)
            # Every student's own: nothing is kept from another's grading.
            target.write_bytes(source + f"// by {number}\n".encode())


def grade(submissions, out, cache, jobs):
    """Seconds that it took."""
    out.mkdir()
    wrapper = out / "grader.sh"
    wrapper.write_text(f'#!/bin/sh\nverb=$1\nshift\nexec "{GRADER}" "$verb" --cache "{cache}" "$@"\n')
    wrapper.chmod(0o755)
    subprocess.run([GRADER, "stage", "--submissions", submissions, "--out", out, "--seed", "7"], check=True, stdout=subprocess.DEVNULL)
    configure = ["cmake", "-S", KIT / "cmake/class", "-B", out / "build", "-G", "Ninja", f"-DCLASS_DIR={out}", f"-DGRADER={wrapper}"]
    subprocess.run(configure, check=True, stdout=subprocess.DEVNULL)
    start = time.monotonic()
    subprocess.run(["cmake", "--build", out / "build", "--parallel", str(jobs), "--", "-k", "0"], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def points(out):
    """Of each version of each student, its verdict and points."""
    found = {}
    for path in sorted(out.glob("students/*/result.json")):
        for version in json.loads(path.read_text())["versions"]:
            found[path.parent.name, version["lesson"], version["version"]] = (version["verdict"], version["score"])
    return found


def row(what, value, target=""):
    print(f"{what:<58} {value:>16}  {target}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    few = arguments.students // 4
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        write_class(scratch / "all", arguments.students, arguments.seed)
        write_class(scratch / "few", few, arguments.seed)
        seconds, graded = {}, {}
        for name, jobs in (("few", 1), ("all", 1), ("all", 2)):
            cache = scratch / f"cache-{name}-{jobs}"
            subprocess.run([GRADER, "prepare", "--cache", cache], check=True)
            seconds[name, jobs] = grade(scratch / name, scratch / f"{name}-{jobs}", cache, jobs)
            graded[name, jobs] = points(scratch / f"{name}-{jobs}")
            students = few if name == "few" else arguments.students
            row(f"{students} submissions, {jobs} at once", f"{seconds[name, jobs]:.1f} s", f"{seconds[name, jobs] / students:.1f} s for one")
        growth = seconds["all", 1] / seconds["few", 1]
        row(f"from {few} to {arguments.students}: times as long", f"{growth:.2f}", f"linear is {arguments.students / few:.2f}")
        row("two at once: times the throughput", f"{seconds['all', 1] / seconds['all', 2]:.2f}", "at least 1.8")
        one, two = graded["all", 1], graded["all", 2]
        differ = [key for key in one if one[key] != two.get(key)]
        row("versions graded", str(len(one)))
        row("with other points or verdicts two at once", str(len(differ)), "0")
        for key in differ:
            row("  " + "/".join(key), str(one[key]), str(two.get(key)))


if __name__ == "__main__":
    main()
