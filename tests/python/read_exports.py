"""Reads what `make class` wrote into a folder as other tools read it, and says what it found.

    read_exports.py FOLDER STUDENT

The exit code is 1 if a file isn't what its reader expects, and 77 without the module junitparser.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema

try:
    import junitparser
except ImportError:
    sys.exit(77)

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

    own = folder / "students" / student
    suites = junitparser.JUnitXml.fromfile(str(own / "junit.xml"))
    outcomes = [
        type(case.result[0]).__name__ if case.result else "Passed"
        for suite in suites
        for case in suite
    ]
    for suite in suites:
        before = suite.tests, suite.failures, suite.errors, suite.skipped
        suite.update_statistics()
        if before != (suite.tests, suite.failures, suite.errors, suite.skipped):
            raise SystemExit(f"junit.xml: the counts of {suite.name} aren't those of its cases")
    print("junit", {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))})
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


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
