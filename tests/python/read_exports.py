"""Reads what `make class` wrote into a folder as other tools read it, and says what it found.

    read_exports.py FOLDER STUDENT
    read_exports.py FOLDER WORKSHEET.csv    the file that was filled in

The exit code is 1 if a file isn't what its reader expects, and 77 without the module jsonschema.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import importers

try:
    import jsonschema
except ImportError:
    sys.exit(77)
try:
    import junitparser
except ImportError:
    junitparser = None

SCHEMAS = Path(__file__).parent / "data"
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
MOODLE = [
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
]


def table(path: Path) -> list[list[str]]:
    """Returns the rows, which must all have as many cells as the first."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, strict=True))
    if any(len(row) != len(rows[0]) for row in rows):
        raise SystemExit(f"{path.name}: rows of different lengths")
    return rows


def document(path: Path, schema: str) -> Any:
    found = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(
        json.loads((SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8"))
    ).validate(found)
    return found


def students_of(folder: Path) -> dict[str, str]:
    """Returns the names of those that have a platform's number, by it."""
    students = json.loads((folder / "class.json").read_text(encoding="utf-8"))["students"]
    return {each["id"]: each["name"] for each in students if each["id"].isdigit()}


def upload_to_canvas(folder: Path, known: dict[str, str]) -> None:
    data = (folder / "canvas.csv").read_bytes()
    assignment = table(folder / "canvas.csv")[0][-1]
    numbers = {int(number): name for number, name in known.items()}
    done = importers.canvas(data, numbers, {1: assignment})
    taken = sum(1 for grade in done.grades.values() if grade)
    print(f"canvas takes {taken} grades and doesn't know {len(done.new_students)} students")


def upload_to_moodle(folder: Path, known: dict[str, str]) -> None:
    data = (folder / "moodle.csv").read_bytes()
    before = importers.Before(1, datetime(2026, 10, 1))
    first = importers.moodle(data, dict.fromkeys(known))
    again = importers.moodle(data, dict.fromkeys(known, before))
    ticked = importers.moodle(data, dict.fromkeys(known, before), ignore_modified=True)
    print(
        f"moodle takes {len(first.grades)} grades, of those who have one {len(again.grades)},",
        f"and with the box ticked {len(ticked.grades)}",
    )


def read_junit(path: Path) -> None:
    suites = ElementTree.parse(path).getroot()
    names = [suite.get("name") for suite in suites]
    if len(set(names)) < len(names) or any(suites.iter("error")):
        raise SystemExit(f"junit.xml: suites {names}, or an error that is the student's")
    for timed in (*suites.iter("testsuite"), *suites.iter("testcase")):
        float(timed.attrib["time"])
    for failure in suites.iter("failure"):
        if failure.attrib["message"] not in (failure.text or ""):
            raise SystemExit("junit.xml: a failure's message isn't in its text")
    outcomes = Counter(
        next((child.tag for child in case if child.tag in ("failure", "skipped")), "passed")
        for case in suites.iter("testcase")
    )
    print("junit", dict(sorted(outcomes.items())))
    for suite in junitparser.JUnitXml.fromfile(str(path)) if junitparser else ():
        before = suite.tests, suite.failures, suite.errors, suite.skipped
        suite.update_statistics()
        if before != (suite.tests, suite.failures, suite.errors, suite.skipped):
            raise SystemExit(f"junit.xml: the counts of {suite.name} aren't those of its cases")


def main(folder: Path, student: str) -> None:
    canvas = table(folder / "canvas.csv")
    if canvas[0][:-1] != CANVAS or canvas[1][0].strip() != "Points Possible":
        raise SystemExit(f"canvas.csv: {canvas[:2]}")
    print(
        "canvas",
        len(canvas) - 2,
        "students, at most",
        float(canvas[1][-1]),
        "points:",
        sum(float(row[-1] or 0) for row in canvas[2:]),
    )
    moodle = table(folder / "moodle.csv")
    if moodle[0] != MOODLE:
        raise SystemExit(f"moodle.csv: {moodle[0]}")
    print(
        "moodle",
        len(moodle) - 1,
        "students:",
        sum(float(row[MOODLE.index("Grade")] or 0) for row in moodle[1:]),
    )
    print("gradebook", len(table(folder / "gradebook.csv")) - 1, "students")
    known = students_of(folder)
    upload_to_canvas(folder, known)
    upload_to_moodle(folder, known)

    own = folder / "students" / student
    read_junit(own / "junit.xml")
    gradescope = document(own / "gradescope.json", "gradescope")
    print(
        "gradescope",
        gradescope["score"],
        [test["status"] for test in gradescope["tests"]].count("failed"),
        "failed",
    )
    classroom50 = document(own / "classroom50.json", "classroom50")
    if any(test["score"] > test["max-score"] for test in classroom50["tests"]):
        raise SystemExit("classroom50.json: more points than there are")
    print(
        "classroom50",
        classroom50["classroom"],
        classroom50["score"],
        "of",
        classroom50["max-score"],
    )


def read_filled(folder: Path, worksheet: Path) -> None:
    """Compares a worksheet with what it became, and uploads that."""
    delimiter = csv.Sniffer().sniff(worksheet.read_text(encoding="utf-8-sig"), ",;\t").delimiter
    is_canvas = worksheet.read_text(encoding="utf-8-sig").startswith("Student")
    path = folder / ("canvas.csv" if is_canvas else "moodle.csv")
    before, after = (
        list(csv.reader(file.open(newline="", encoding="utf-8-sig"), delimiter=delimiter))
        for file in (worksheet, path)
    )
    if [len(row) for row in before] != [len(row) for row in after]:
        raise SystemExit(f"{path.name} has other rows than {worksheet.name}")
    changed = Counter(
        after[0][column]
        for row, filled in zip(before, after)
        for column, (old, new) in enumerate(zip(row, filled))
        if old != new
    )
    print("changed", dict(sorted(changed.items())))
    known = students_of(folder)
    if is_canvas:
        assignments = {int(name.split("(")[-1].rstrip(")")): name for name in changed}
        numbers = {int(number): name for number, name in known.items()}
        done = importers.canvas(path.read_bytes(), numbers, assignments)
        print("canvas takes", {f"{who}": grade for (who, _), grade in done.grades.items()})
        return
    german = importers.moodle(
        path.read_bytes(), dict.fromkeys(known), importers.GERMAN, most=20, separator=delimiter
    )
    print("moodle takes", german.grades)


if __name__ == "__main__":
    if sys.argv[2].endswith(".csv"):
        read_filled(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), sys.argv[2])
