#!/usr/bin/env python3
"""Grades the known mistakes and right programs; prints in Markdown which mistake was named.

    tests/mistakes.py [--write FILE] [--only NAME ...] [--programs FOLDER ...]

Each program of solutions/*/mistakes is graded as a submission. With --write the table replaces
what follows the line `<!-- table -->` of FILE. --programs grades the programs of other folders
instead, laid out as FOLDER/<lesson's folder>/<name>.cpp. The exit code is 1 if a mistake wasn't
named as it should be, or if one was named in a right program.
"""

import argparse
import collections
import itertools
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent
GRADER = KIT / "build/bin/grader"
NONE = "none"

Program = collections.namedtuple("Program", "path folder version expected evidence")
Outcome = collections.namedtuple("Outcome", "verdict diagnosis message")


def versions_of(source, lesson):
    return re.findall(rf"^void {lesson}::(\w+)\(", source, re.MULTILINE)


def evidence_of(source):
    found = re.search(r"^// Evidence: (.*)$", source, re.MULTILINE)
    return found[1] if found else ""


def programs_in(folder):
    """Yields a program for each version that a file of folder/<lesson's folder>/ defines.

    The file's name, up to a hyphen, is that of the mistake.
    """
    for path in sorted(folder.glob("*_*/*.cpp"), key=lambda path: (path.parent.name, path.stem)):
        source = path.read_text()
        lesson_folder = path.parent.name
        for version in versions_of(source, lesson_folder.split("_", 1)[1]):
            yield Program(
                path, lesson_folder, version, path.stem.split("-")[0], evidence_of(source)
            )


def mistakes():
    for path in sorted(
        KIT.glob("solutions/*/mistakes/*.cpp"), key=lambda path: (path.parts[-3], path.stem)
    ):
        source = path.read_text()
        folder = path.parts[-3]
        for version in versions_of(source, folder.split("_", 1)[1]):
            yield Program(path, folder, version, path.stem.split("-")[0], evidence_of(source))


def right_programs():
    for path in sorted(KIT.glob("solutions/*/*.cpp")):
        yield Program(path, path.parent.name, path.stem, NONE, "")
    for path in sorted(KIT.glob("tests/submissions/honest_*/*/*.cpp")):
        yield Program(path, path.parent.name, path.stem, NONE, "")


def rounds(programs):
    """Sorts programs into submissions, which have at most one for each lesson's version."""
    slots = collections.defaultdict(list)
    for program in programs:
        slots[program.folder, program.version].append(program)
    return [
        [program for program in row if program] for row in itertools.zip_longest(*slots.values())
    ]


def grade(programs, scratch):
    submission, out = scratch / "submission", scratch / "out"
    for old in submission.glob("*/*.cpp"):
        old.unlink()
    for program in programs:
        target = submission / program.folder / f"{program.version}.cpp"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(program.path.read_bytes())
    command = [
        GRADER,
        "grade",
        "--submission",
        submission,
        "--out",
        out,
        "--cache",
        KIT / "build/cache",
        "--fresh",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    result = json.loads((out / "result.json").read_text())
    folders = {lesson["name"]: lesson["folder"] for lesson in result["lessons"]}
    return {
        (folders[version["lesson"]], version["version"]): Outcome(
            version["verdict"], version["diagnosis"] or NONE, version["message"]
        )
        for version in result["versions"]
    }


def grade_all(programs):
    outcomes = {}
    plan = rounds(programs)
    with tempfile.TemporaryDirectory() as scratch:
        for number, programs_of_round in enumerate(plan, 1):
            print(f"\r{number} of {len(plan)} gradings ", end="", file=sys.stderr, flush=True)
            found = grade(programs_of_round, Path(scratch))
            for program in programs_of_round:
                outcomes[program] = found[program.folder, program.version]
    print(file=sys.stderr)
    return outcomes


def table(outcomes):
    yield "| lesson | program | version | verdict | named | |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for program, outcome in sorted(
        outcomes.items(),
        key=lambda item: (
            item[0].folder,
            item[0].expected == NONE,
            item[0].path.stem,
            item[0].version,
        ),
    ):
        sign = "✓" if outcome.diagnosis == program.expected else "✗"
        name = (
            program.path.relative_to(KIT)
            if program.expected == NONE and program.path.is_relative_to(KIT)
            else program.path.stem
        )
        verdict = outcome.verdict.replace("_", " ")
        cells = [program.folder[3:], name, program.version, verdict, outcome.diagnosis, sign]
        yield f"| {' | '.join(map(str, cells))} |"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", type=Path, help="file whose table is replaced")
    parser.add_argument("--only", nargs="+", help="mistakes of these names")
    parser.add_argument("--programs", nargs="+", type=Path, help="folders of other programs")
    parser.add_argument("--messages", action="store_true", help="what the student reads, too")
    arguments = parser.parse_args()
    if arguments.programs:
        programs = [program for folder in arguments.programs for program in programs_in(folder)]
    else:
        programs = [*mistakes(), *right_programs()]
    if arguments.only:
        programs = [program for program in programs if program.expected in arguments.only]
    outcomes = grade_all(programs)
    lines = list(table(outcomes))
    right = sum(outcome.diagnosis == program.expected for program, outcome in outcomes.items())
    misnamed = sum(
        outcome.diagnosis not in (program.expected, NONE) for program, outcome in outcomes.items()
    )
    lines += ["", f"{right} of {len(outcomes)} as they should be, {misnamed} misnamed."]
    text = "\n".join(lines) + "\n"
    print(text)
    if arguments.messages:
        for program, outcome in outcomes.items():
            print(f"{program.path.stem} ({program.version}): {outcome.message}\n")
    if arguments.write:
        mark = "<!-- table -->\n"
        intro = arguments.write.read_text().split(mark)[0]
        arguments.write.write_text(f"{intro}{mark}\n{text}")
    return 0 if right == len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
