#!/usr/bin/env python3
"""Grades generated classes and prints the figures that the kit promises of them.

    tests/benchmarks/class.py [--students 24] [--seed 1]

A class is a mix of solutions, half-done work, mistakes, attacks and stubs. Each run has its own
cache, which has only what building the kit puts there, so no result is kept from run to run.
It takes half an hour on a quiet machine.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KIT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(KIT / "tests"))
import attacks

GRADER = KIT / "build/bin/grader"


def handed_in(kind, lesson, version, chosen):
    """Returns the source that a student of this kind wrote for a version; None for the stub."""
    is_first = lesson.startswith("01")
    if kind == "solution" or (kind == "half" and is_first):
        return (KIT / "solutions" / lesson / f"{version}.cpp").read_bytes()
    programs = []
    if kind == "mistakes" and is_first:
        mistakes = (
            path.read_bytes()
            for path in sorted((KIT / "solutions" / lesson / "mistakes").glob("*.cpp"))
        )
        programs = [
            source for source in mistakes if f"void {lesson[3:]}::{version}(".encode() in source
        ]
    elif kind == "attack":
        paths = {
            path: attacks.head(path)
            for path in sorted((KIT / "tests/attacks/attack").glob("*.cpp"))
        }
        programs = [
            attacks.source_of(path, fields)
            for path, fields in paths.items()
            if fields["version"] == f"{lesson[3:]}/{version}"
        ]
    return chosen.choice(programs) if programs else None


def write_class(folder, students, seed):
    """Writes a folder for each student, the same for the same seed."""
    chosen = random.Random(seed)
    kinds = ["solution", "half", "mistakes", "mistakes", "attack", "stubs"]
    for number in range(students):
        kind = kinds[number % len(kinds)]
        for stub in sorted((KIT / "lessons").glob("0*/*.cpp")):
            source = handed_in(kind, stub.parent.name, stub.stem, chosen) or stub.read_bytes()
            target = folder / f"{kind}-{number:02}" / stub.parent.name / stub.name
            target.parent.mkdir(parents=True, exist_ok=True)
            # Each file is unique, so no result of another student is used.
            target.write_bytes(source + f"// by {number}\n".encode())


class Class:
    """Submissions that are graded into the folder `out`, with their own cache there."""

    def __init__(self, submissions, out, jobs):
        out.mkdir()
        self.out, self.jobs, self.seconds = out, jobs, 0
        self.students = sorted(folder.name for folder in submissions.iterdir())
        cache = out / "cache"
        subprocess.run([GRADER, "prepare", "--cache", cache], check=True)
        wrapper = out / "grader.sh"
        wrapper.write_text(
            f'#!/bin/sh\nverb=$1\nshift\nexec "{GRADER}" "$verb" --cache "{cache}" "$@"\n'
        )
        wrapper.chmod(0o755)
        subprocess.run(
            [GRADER, "stage", "--submissions", submissions, "--out", out, "--seed", "7"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        configure = [
            "cmake",
            "-S",
            KIT / "cmake/class",
            "-B",
            out / "build",
            "-G",
            "Ninja",
            f"-DCLASS_DIR={out}",
            f"-DGRADER={wrapper}",
        ]
        subprocess.run(configure, check=True, stdout=subprocess.DEVNULL)

    def start(self):
        command = [
            "cmake",
            "--build",
            self.out / "build",
            "--parallel",
            str(self.jobs),
            "--",
            "-k",
            "0",
        ]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)

    def grade(self):
        begin = time.monotonic()
        if self.start().wait() != 0:
            raise SystemExit("the class could not be graded")
        self.seconds = time.monotonic() - begin
        return self

    def kill_after(self, results):
        """Starts the grading, and kills all its processes once there are this many results."""
        session = self.start()
        while len(list(self.out.glob("students/*/result.json"))) < results:
            if session.poll() is not None:
                raise SystemExit("the class was graded before it could be killed")
            time.sleep(0.05)
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if os.getsid(int(process.name)) == session.pid:
                    os.kill(int(process.name), signal.SIGKILL)
            except ProcessLookupError:
                pass
        session.wait()

    def written(self):
        """Returns when each student's versions were graded, with or without a page."""
        results = {
            path.parent.name: json.loads(path.read_text())
            for path in self.out.glob("students/*/result.json")
        }
        return {
            student: [version["graded_at"] for version in result["versions"]]
            for student, result in results.items()
        }

    def points(self):
        """Returns the verdict and the points of each student's version."""
        found = {}
        for student in self.students:
            path = self.out / "students" / student / "result.json"
            for version in json.loads(path.read_text())["versions"] if path.exists() else []:
                found[student, version["lesson"], version["version"]] = (
                    version["verdict"],
                    version["score"],
                )
        return found

    def longest(self):
        """Returns the seconds of the longest grading, and the student's name."""
        lines = (
            line.split("\t")
            for line in (self.out / "build/.ninja_log").read_text().splitlines()[1:]
        )
        times = ((int(line[1]) - int(line[0]), Path(line[3]).parent.name) for line in lines)
        took_ms, student = max(times)
        return took_ms / 1000, student


def throughput_of_two():
    """Returns how much faster this machine runs two programs at once than one after the other.

    It is 2 on two whole cores, and less if the cores share units.
    """
    loop = [sys.executable, "-c", "sum(i * i for i in range(30_000_000))"]
    seconds = []
    for at_once in (1, 2):
        begin = time.monotonic()
        for process in [subprocess.Popen(loop) for _ in range(at_once)]:
            process.wait()
        seconds.append(time.monotonic() - begin)
    return 2 * seconds[0] / seconds[1]


def row(what, value, target=""):
    print(f"{what:<58} {value:>16}  {target}", flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--students", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    few = arguments.students // 4
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        write_class(scratch / "all", arguments.students, arguments.seed)
        write_class(scratch / "few", few, arguments.seed)
        graded = {}
        for name, jobs in (("few", 1), ("all", 1), ("all", 2)):
            done = graded[name, jobs] = Class(
                scratch / name, scratch / f"{name}-{jobs}", jobs
            ).grade()
            students = len(done.students)
            row(
                f"{students} submissions, {jobs} at once",
                f"{done.seconds:.1f} s",
                f"{done.seconds / students:.1f} s for one",
            )
            longest_s, student = done.longest()
            row("  the longest", f"{longest_s:.1f} s", student)
        one, two = graded["all", 1], graded["all", 2]
        growth = one.seconds / graded["few", 1].seconds
        row(
            f"from {few} to {arguments.students}: times as long",
            f"{growth:.2f}",
            f"linear is {arguments.students / few:.2f}",
        )
        row("two at once: times the throughput", f"{one.seconds / two.seconds:.2f}", "at least 1.8")
        row(
            "  of two loops that only compute",
            f"{throughput_of_two():.2f}",
            "what there is to have",
        )
        versions = len(list((KIT / "lessons").glob("0*/*.cpp"))) * arguments.students
        row("versions graded", str(len(one.points())), str(versions))
        compare("with other points or verdicts two at once", one, two)

        killed = Class(scratch / "all", scratch / "killed", 2)
        killed.kill_after(random.Random(arguments.seed).randrange(1, arguments.students - 1))
        before = killed.written()
        after = killed.grade().written()
        row("killed (SIGKILL to all) after so many results", str(len(before)))
        row(
            "  graded again when it went on",
            str(sum(after[student] != then for student, then in before.items())),
            "0",
        )
        row("  graded then", str(len(after) - len(before)), str(arguments.students - len(before)))
        compare("  with other points or verdicts than without", one, killed)


def compare(what, one, other):
    points, others = one.points(), other.points()
    differ = [key for key in points if points[key] != others.get(key)]
    row(what, str(len(differ)), "0")
    for key in differ:
        row("    " + "/".join(key), str(points[key]), str(others.get(key)))


if __name__ == "__main__":
    main()
