"""What Moodle and Canvas make of a file that is uploaded: the rules of their importers, replayed.

The rules are those of

- Moodle 5.1, in public/: mod/assign/feedback/offline/importgradeslib.php (806e2d49) finds columns
  and rows, locallib.php there (0bd8f1fd) says which grades count, lib/csvlib.class.php (0963d225)
  reads the table, and mod/assign/gradingtable.php (0ade5ccf) is what wrote it. In brackets: commits
- Canvas: lib/gradebook_importer.rb (00b222d7) and lib/gradebook_exporter.rb (0140a2ef)

Moodle's locallib.php at that commit, on the way to 5.2, takes no grade of 0 for a changed one. That
isn't replayed here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class Refused(Exception):
    """The platform takes nothing of the file."""


@dataclass(frozen=True)
class Language:
    """What a Moodle that speaks it calls the columns that its importer looks for."""

    participant: str
    identifier: str
    grade: str
    modified: str
    feedback: str
    decimal_mark: str


ENGLISH = Language(
    "Participant ", "Identifier", "Grade", "Last modified (grade)", "Feedback comments", "."
)
GERMAN = Language(
    "Teilnehmer/in",
    "ID",
    "Bewertung",
    "Zuletzt geändert (Bewertung)",
    "Feedback als Kommentar",
    ",",
)


@dataclass(frozen=True)
class Before:
    """A grade that Moodle has already, if only as the place of a comment or a feedback file."""

    grade: float | None
    at: datetime
    locked: bool = False


@dataclass
class Import:
    """What comes of a file, by the participant's number."""

    grades: dict[str, float] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)  # why no grade is taken


def moodle(
    data: bytes,
    participants: Mapping[str, Before | None],
    language: Language = ENGLISH,
    *,
    most: float = 100,
    separator: str = ",",
    ignore_modified: bool = False,
) -> Import:
    """Uploads a grading worksheet; `ignore_modified` is the box of the form for it."""
    rows = php_rows(data.decode("utf-8-sig"), separator)
    if not rows:
        raise Refused("it is empty")
    if any(len(row) != len(rows[0]) for row in rows):
        raise Refused("a row has more or fewer columns than the first")
    columns = {name: index for index, name in enumerate(rows[0])}  # of two with one name, the last
    for name in (language.identifier, language.grade, language.modified):
        if name not in columns:
            raise Refused(f"there is no column {name}")
    result = Import()
    for row in rows[1:]:
        # The word is cut off by its length: in another language, the rest is a wrong number.
        number = row[columns[language.identifier]][len(language.participant) :]
        if number not in participants:
            continue
        before = participants[number]
        grade = php_number(row[columns[language.grade]], language.decimal_mark)
        modified = php_time(row[columns[language.modified]])
        outdated = before is not None and before.at.timestamp() > modified + 60
        reason = _why_not(grade, most, before, outdated and not ignore_modified)
        if reason:
            result.skipped[number] = reason
        elif grade is not None:
            result.grades[number] = grade
        # A comment is taken of a locked row, too.
        if columns.get(language.feedback) and (ignore_modified or not outdated):
            result.comments[number] = row[columns[language.feedback]]
    return result


def _why_not(grade: float | None, most: float, before: Before | None, outdated: bool) -> str | None:
    if grade is None:
        return "no grade"
    if before and before.grade == grade:
        return "the same grade"
    if outdated:
        return "outdated"
    if before and before.locked:
        return "locked"
    if not 0 <= grade <= most:
        return "out of range"
    return None


def php_rows(text: str, separator: str) -> list[list[str]]:
    """Splits a table as PHP does: behind a backslash, a quote doesn't end the cell."""
    text = re.sub(r"\r\n?", "\n", text).strip(" \n\r\0\v" + ("" if separator == "\t" else "\t"))
    rows: list[list[str]] = []
    row: list[str] = []
    cell, quoted = "", False
    i = 0
    while i < len(text):
        c = text[i]
        if quoted and c == "\\" and text[i + 1 : i + 2] == '"':
            cell += '\\"'
            i += 1
        elif quoted and text[i : i + 2] == '""':
            cell += '"'
            i += 1
        elif c == '"' and (quoted or not cell.strip()):
            quoted = not quoted
            cell = cell if not quoted else ""
        elif not quoted and c in (separator, "\n"):
            row.append(cell)
            cell = ""
            if c == "\n":
                rows.append(row)
                row = []
        else:
            cell += c
        i += 1
    rows.append([*row, cell])
    return [row for row in rows if row != [""]]


def php_number(text: str, decimal_mark: str) -> float | None:
    """Takes the number that the text begins with, else 0; nothing if there is no text."""
    text = text.strip().replace(" ", "").replace(decimal_mark, ".")
    if not text:
        return None
    found = re.match(r"[-+]?(\d+\.?\d*|\.\d+)", text)
    return float(found[0]) if found else 0.0


def php_time(text: str) -> float:
    """Reads an English date as Moodle writes it; 1970 for any other text, as in other languages."""
    try:
        return datetime.strptime(text, "%A, %d %B %Y, %I:%M %p").timestamp()
    except ValueError:
        return 0


@dataclass
class CanvasImport:
    """What comes of a file, by the numbers of student and assignment. It asks about new ones."""

    grades: dict[tuple[int, int], str] = field(default_factory=dict)
    new_students: list[str] = field(default_factory=list)
    new_assignments: list[str] = field(default_factory=list)
    points: dict[int | str, str] = field(default_factory=dict)


TOTALS = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")


def canvas(
    data: bytes, students: Mapping[int, str], assignments: Mapping[int, str]
) -> CanvasImport:
    """Uploads a gradebook to a course with these students and assignments, by their numbers."""
    text = data.decode("utf-8-sig")
    lines = [
        line
        for line in text.splitlines(keepends=True)
        if not re.fullmatch(r"[;, ]+", line.strip("\r\n"))
    ]
    rows = list(csv.reader(lines, delimiter=_canvas_delimiter(text), strict=True))
    head = rows[0]
    first_last = head[:2] == ["LastName", "FirstName"]
    if not (len(head) > 3 and ("Student" in head[0] and "ID" in head[1] or first_last)):
        raise Refused("the header names no students")
    if "Section" not in head:
        raise Refused("the header names no section")
    result = CanvasImport()
    columns: dict[int, int | str] = {}
    for index, name in enumerate(head[head.index("Section") + 1 :], head.index("Section") + 1):
        if TOTALS.search(name):
            continue
        columns[index] = _canvas_assignment(name, assignments)
        if isinstance(columns[index], str):
            result.new_assignments.append(name)
    for row in rows[1:]:
        cells = [_canvas_number(cell) for cell in row]
        if "Points Possible" in cells[0]:
            result.points = {columns[index]: cells[index] for index in columns if cells[index]}
        elif not all(re.fullmatch(r"(?i)\s*(Muted|Manual Posting.*)?\s*", cell) for cell in cells):
            student = _canvas_student(cells, first_last, students)
            if isinstance(student, str):
                result.new_students.append(student)
                continue
            for index, assignment in columns.items():
                read_only = "read only" in result.points.get(assignment, "")
                if isinstance(assignment, int) and not read_only:
                    result.grades[student, assignment] = cells[index].strip()
    return result


def _canvas_delimiter(text: str) -> str:
    """Takes the semicolon if it alone makes the first three lines equally long, or longer."""
    fields = {}
    for delimiter in ";,":
        rows = csv.reader(text.splitlines()[:3], delimiter=delimiter)
        lengths = {len(row) for row in rows}
        fields[delimiter] = lengths.pop() if len(lengths) == 1 else 0
    return ";" if fields[";"] > fields[","] else ","


def _canvas_number(cell: str) -> str:
    """Takes the last mark in a number for the decimal one, in any column."""
    if not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    *before, last = re.split("[.,]", cell)
    return f"{''.join(before)}.{last}" if before else last


def _canvas_assignment(name: str, assignments: Mapping[int, str]) -> int | str:
    found = re.fullmatch(r".* \((\d+)\)", name)
    if found and int(found[1]) in assignments:
        return int(found[1])
    return next((number for number, title in assignments.items() if title == name), name)


def _canvas_student(cells: list[str], first_last: bool, students: Mapping[int, str]) -> int | str:
    number, name = (cells[2], f"{cells[1]} {cells[0]}") if first_last else (cells[1], cells[0])
    digits = re.match(r"\s*(\d+)", number)  # "12th group" is student 12
    if digits and int(digits[1]) in students:
        return int(digits[1])
    return next((found for found, known in students.items() if known == name), name)
