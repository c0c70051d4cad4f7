#!/usr/bin/python3
"""Kills workers, and the grader itself, at random moments; each grading must end with a result.

    tests/kills.py [--moments 100] [--seed 1]

It grades the toy lesson's solutions. When a worker is killed (SIGKILL), the grading goes on: the
version counts as crashed, or is graded all the same if its worker wasn't needed any more. When the
grader is killed, the next grading gives full marks, and no process of the killed one is left. It
prints how often each outcome came. The moments are the same for the same seed.
"""

import argparse
import collections
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jsonschema

KIT = Path(__file__).resolve().parents[1]
GRADER = KIT / "build/bin/grader"
TOY = KIT / "tests/toy_lesson"
SCHEMA = json.loads((KIT / "docs/result.schema.json").read_text())
WALL_LIMIT_S = 600


def children_of(pid):
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def workers_of(pid):
    """Returns the ids of the processes below this one that run a version or a solution."""
    found = []
    for child in children_of(pid):
        try:
            is_worker = os.readlink(f"/proc/{child}/exe").endswith("/program")
        except OSError:
            is_worker = False
        found += [child] if is_worker else workers_of(child)
    return found


class Gradings:
    def __init__(self, folder):
        self.out, self.cache = folder / "out", folder / "cache"

    def start(self, *more):
        command = [
            GRADER,
            "grade",
            "--lessons",
            TOY / "lessons",
            "--solutions",
            TOY / "solutions",
            "--submission",
            TOY / "solutions",
            "--out",
            self.out,
            "--cache",
            self.cache,
            *more,
        ]
        return subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )

    def end(self, grading):
        """Returns the exit code, what stderr said, and the verdicts of a valid result.json."""
        words = grading.communicate(timeout=WALL_LIMIT_S)[1].decode(errors="replace").strip()
        result = json.loads((self.out / "result.json").read_text())
        jsonschema.validate(result, SCHEMA)
        return grading.returncode, words, [version["verdict"] for version in result["versions"]]


def kill_a_worker(gradings, moment_s, chosen):
    """Kills a worker of a grading and returns what came of it.

    The moment counts from the start. If no worker runs then, the next one is killed.
    """
    grading = gradings.start("--fresh")
    time.sleep(moment_s)
    while grading.poll() is None:
        workers = workers_of(grading.pid)
        if workers:
            try:
                os.kill(chosen.choice(workers), signal.SIGKILL)
            except ProcessLookupError:
                continue
            break
    else:
        gradings.end(grading)
        return "no worker any more"
    code, words, verdicts = gradings.end(grading)
    if code != 0:
        return f"exit code {code}: {words}"
    return ", ".join(verdicts)


def kill_the_grader(gradings, moment_s):
    grading = gradings.start("--fresh")
    time.sleep(moment_s)
    workers = workers_of(grading.pid)
    grading.kill()
    grading.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        if time.monotonic() > deadline:
            return "a worker is left"
        time.sleep(0.01)
    code, words, verdicts = gradings.end(gradings.start())
    return f"exit code {code}: {words}" if code != 0 else ", ".join(verdicts)


def tally(title, outcomes, is_good):
    """Prints how often each outcome came; returns how many of the outcomes are bad."""
    print(title)
    bad = 0
    for outcome, count in collections.Counter(outcomes).most_common():
        good = is_good(outcome)
        bad += not good
        print(f"  {count:4}  {outcome}{'' if good else '  MISS'}")
    return bad


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chosen = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        gradings = Gradings(Path(folder))
        gradings.end(gradings.start())  # builds
        begin = time.monotonic()
        _, _, undisturbed = gradings.end(gradings.start("--fresh"))
        length_s = time.monotonic() - begin
        moments = [chosen.uniform(0, length_s) for _ in range(arguments.moments)]
        bad = tally(
            f"a worker killed, {len(moments)} moments of {length_s:.2f} s:",
            [kill_a_worker(gradings, moment_s, chosen) for moment_s in moments],
            lambda outcome: not outcome.startswith("exit code"),
        )
        # What was kept of the last killed worker doesn't count.
        gradings.end(gradings.start("--fresh"))
        bad += tally(
            f"the grader killed, {len(moments[::5])} moments; the next grading:",
            [kill_the_grader(gradings, moment_s) for moment_s in moments[::5]],
            lambda outcome: outcome == ", ".join(undisturbed),
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
