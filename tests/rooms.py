#!/usr/bin/env python3
"""Checks that the grader's rooms read as a grading from the ground up.

A room includes headers of its own and of the rooms below it, written from grader/. No two
components (a header with its source file) include each other in a circle. What is compiled next
to a student's code (worker/) includes nothing of the grader's. It prints each arrow that breaks
this; the exit code is 1 if there is one.
"""

import graphlib
import pathlib
import re
import sys

GRADER = pathlib.Path(__file__).parent.parent / "grader"

# From the ground up.
ROOMS = [
    "worker",
    "base",
    "sandbox",
    "lesson",
    "intake",
    "build",
    "run",
    "reference",
    "check",
    "measure",
    "diagnose",
    "score",
    "report",
    "class",
    "command",
]


def includes(source: pathlib.Path) -> list[str]:
    return re.findall(r'^#include "([^"]+)"', source.read_text(), re.MULTILINE)


def main() -> int:
    problems = []
    components: dict[str, set[str]] = {}
    for source in sorted(GRADER.rglob("*.[ch]pp")):
        path = source.relative_to(GRADER)
        is_in_room = len(path.parts) == 2 or path.parts[:2] == ("worker", "schedules")
        if not is_in_room or path.parts[0] not in ROOMS:
            problems.append(f"{path}: this isn't in a room; the rooms are {', '.join(ROOMS)}")
            continue
        room = path.parts[0]
        component = components.setdefault(str(path.with_suffix("")), set())
        for included in includes(source):
            if room == "worker":
                if not (GRADER / "worker" / included).exists() and not included.startswith("kit/"):
                    problems.append(f"{path}: {included} is not the worker's")
                continue
            if (source.parent / included).exists():
                problems.append(f"{path}: {included} has to be written as {room}/{included}")
            if not (GRADER / included).exists():
                continue  # generated
            other = pathlib.PurePath(included)
            if ROOMS.index(other.parts[0]) > ROOMS.index(room):
                problems.append(f"{path}: {included} is above {room}/")
            if (name := str(other.with_suffix(""))) != str(path.with_suffix("")):
                component.add(name)
    try:
        graphlib.TopologicalSorter(components).prepare()
    except graphlib.CycleError as error:
        problems.append(f"a circle of includes: {' -> '.join(error.args[1])}")
    for problem in problems:
        print(f"grader/{problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
