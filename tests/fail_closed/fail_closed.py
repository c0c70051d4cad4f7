#!/usr/bin/env python3
"""Makes each function of the grader fail in turn: no grade may come out unchecked.

    fail_closed.py GRADER POINTS LESSONS SOLUTIONS [--list]

GRADER is the grader with a stub in front of each function of POINTS (make_points.py). LESSONS and
SOLUTIONS are a toy lesson's. A wrong submission and a right one are graded again and again, and
each time another function that their gradings call throws once. Then

  - nothing wrong passes or has points, and nothing right passes if the failure kept it from being
    checked;
  - the exit code is one of those that docs/instructor.md lists, and not 0;
  - result.json is valid JSON, or there is none.

The exit code is 0 if all of that holds, else 1. --list prints each function and its outcome.
"""

from __future__ import annotations

import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# These run after result.json is written. The grades are kept, and the exit code shows the failure.
AFTER_THE_RESULT = tuple(
    "grader::" + function
    for function in (
        "Result::score",
        "classroom50_json",
        "draw_page",
        "duration",
        "escaped",
        "factor",
        "github_",
        "gradescope_json",
        "in_full",
        "is_open",
        "junit_xml",
        "label",
        "print_summary",
        "sign_of",
        "to_do",
        "verdict_in_words",
        "wrapped",
        "write_exports",
    )
)

EXIT_CODES = {0, 1, 2, 3, 4}


class Grading:
    def __init__(
        self, grader: str, lessons: Path, solutions: Path, cache: Path, submission: Path
    ) -> None:
        self.command = [
            grader,
            "grade",
            "--lessons",
            lessons,
            "--solutions",
            solutions,
            "--cache",
            cache,
            "--submission",
            submission,
        ]

    def run(self, folder: Path, seed: int, point: int | None) -> tuple[int, str, set[int], bool]:
        """Grades with the function `point` failing, or with no failure if it is None.

        Returns the exit code, the output, the functions that were called, and whether `point`
        failed.
        """
        log = folder / "log"
        environment = {**os.environ, "FAIL_LOG": str(log)}
        if point is not None:
            environment["FAIL_AT"] = str(point)
        command = [str(part) for part in [*self.command, "--out", folder / "out", "--seed", seed]]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
        told = log.read_text().split("\n") if log.exists() else []
        called = {int(line.split()[1]) for line in told if line.startswith("called")}
        return (
            done.returncode,
            done.stdout + done.stderr,
            called,
            any(line.startswith("failed") for line in told),
        )


def trouble(name: str, code: int, said: str, out: Path, *, is_right: bool) -> str:
    """Returns what is wrong with an outcome; empty if nothing is."""
    if code not in EXIT_CODES:
        return f"exit code {code}: {said[-300:]}"
    file = out / "result.json"
    versions = []
    if file.exists():
        try:
            versions = json.loads(file.read_text())["versions"]
        except ValueError as error:
            return f"result.json: {error}"
    passed = [
        version for version in versions if version["verdict"] == "pass" or version["score"] > 0
    ]
    if not is_right:
        return f"a wrong version passes: {passed}" if passed else ""
    if code != 0:
        if not said.count("error: "):
            return "it ended without an error message"
        return (
            ""
            if not passed or name.startswith(AFTER_THE_RESULT)
            else f"exit code {code}, and a grade"
        )
    return "the failure was swallowed: exit code 0"


def main() -> int:
    grader, points, lessons, solutions = sys.argv[1], *map(Path, sys.argv[2:5])
    names = dict(line.split(" ", 1) for line in points.read_text().splitlines())
    short = {int(index): name.split("(")[0] for index, name in names.items()}
    failures = 0
    lines = []
    with tempfile.TemporaryDirectory() as scratch_name:
        scratch = Path(scratch_name)
        wrong = scratch / "wrong"
        shutil.copytree(solutions, wrong)
        for file in wrong.glob("*/*.cpp"):
            text = file.read_text()
            body = text.rindex("}")
            file.write_text(
                text[:body] + "    for (double& pixel : image.pixels()) pixel = 42;\n" + text[body:]
            )
        for kind, submission in (("wrong", wrong), ("right", solutions)):
            grading = Grading(grader, lessons, solutions, scratch / "cache", submission)
            (scratch / f"first-{kind}").mkdir()
            code, said, called, _ = grading.run(scratch / f"first-{kind}", 1, None)
            if code != 0:
                print(f"the {kind} submission can't be graded at all: {said}")
                return 1

            def fail(point: int, kind: str = kind, grading: Grading = grading) -> tuple[int, str]:
                folder = scratch / f"{kind}-{point}"
                folder.mkdir()
                code, said, _, has_failed = grading.run(folder, 2 + point, point)
                # Some functions are called only if a program is slow.
                problem = (
                    trouble(short[point], code, said, folder / "out", is_right=kind == "right")
                    if has_failed
                    else ""
                )
                shutil.rmtree(folder)
                return code, problem

            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                for point, (code, problem) in zip(sorted(called), pool.map(fail, sorted(called))):
                    lines.append(f"{kind:<6} exit {code}  {problem or 'ok':<8} {short[point]}")
                    failures += problem != ""
    if "--list" in sys.argv or failures:
        print("\n".join(line for line in lines if "--list" in sys.argv or " ok " not in line))
    print(f"{len(lines) - failures} passed, {failures} failed")
    return failures > 0


sys.exit(main())
