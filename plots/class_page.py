"""Writes the page of a class from class.json and the students' result.json: one HTML file.

    python -m plots.class_page class/class.json -o class/index.html

With --pseudonyms the file has no name, number or link. Matplotlib doesn't draw these curves: they
are elements of the page, so a reader can point at a curve to see whose it is. The page doesn't
trust names: the template escapes them, and the page's policy allows no script but its own.
"""

from __future__ import annotations

import json
import math
import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plots import cli, style, words
from plots.page import TEMPLATES, Verdict, digest, environment, meaning_of, verdict_of
from plots.result import Lesson, Result, ResultError, Version, load, plain

# The size of a plot, and the margins around its frame, in the units of the SVG.
WIDTH, HEIGHT = 440, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 12, 12, 40
POINT_DIGITS = 1  # decimals of a coordinate
SCORE_BINS = 10


@dataclass(frozen=True)
class Cell:
    """What a student has for one version."""

    verdict: Verdict
    score: float | None  # None: not graded
    word: str | None  # the lecturer's reason for points in place of the grader's


@dataclass(frozen=True)
class Column:
    lesson: str
    version: str


@dataclass(frozen=True)
class Student:
    number: int
    name: str
    id: str
    page: str | None  # the address of the student's own page
    score: float | None  # None: not graded
    overrides: dict[str, Any]  # the lecturer's points and reasons by "lesson/version"
    messages: list[str]
    result: Result | None
    broken: str | None  # why the student's result can't be shown
    handed_in: bool  # something, gradable or not

    def cells(self, columns: Sequence[Column], *, tell_reason: bool) -> list[Cell]:
        """Returns a cell for each column. Without tell_reason, it hides the lecturer's reasons."""
        return [_cell(self, column, tell_reason=tell_reason) for column in columns]


@dataclass(frozen=True)
class Flagged:
    """A flag of a version, and the students whose version has it."""

    name: str
    version: str
    meaning: str
    students: list[Student]


@dataclass(frozen=True)
class Curve:
    student: int | None  # None: the reference, or the ideal
    line: style.Line
    points: str  # "x,y" of each point, with blanks between them


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Plot:
    """Curves in a frame. Their coordinates are those of the SVG."""

    title: str
    x_label: str
    y_label: str
    description: str
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    curves: list[Curve]
    versions: list[tuple[str, style.Line]]


@dataclass(frozen=True)
class Page:
    html: str
    broken: list[tuple[str, str]]  # each student whose result can't be shown, and why


def render(folder: Path, class_: dict[str, Any], *, pseudonyms: bool) -> Page:
    """Returns the page of the class whose class.json, as `read` returns it, is in this folder.

    With pseudonyms, students are numbered at random and the page tells nothing else about them.
    A student whose result.json is missing or broken is shown without it.
    """
    students = _students(folder, class_, pseudonyms=pseudonyms)
    results = [student.result for student in students if student.result]
    lessons = results[0].lessons if results else ()
    columns = (
        [Column(version.lesson, version.version) for version in results[0].versions]
        if results
        else []
    )
    cells = {
        student.number: student.cells(columns, tell_reason=not pseudonyms) for student in students
    }
    css = "".join(
        (TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "class.css")
    )
    script = (TEMPLATES / "class.js").read_text(encoding="utf-8")
    scores = [student.score for student in students if student.score is not None]
    html = (
        environment()
        .get_template("class.html.j2")
        .render(
            css=css,
            css_hash=digest(css),
            script=script,
            script_hash=digest(script),
            students=students,
            cells=cells,
            columns=columns,
            lessons=lessons,
            pseudonyms=pseudonyms,
            graded=len(scores),
            mean=statistics.fmean(scores) if scores else None,
            median=statistics.median(scores) if scores else None,
            histogram=_histogram(scores),
            mistakes=_mistakes(results),
            flags=_flags(students),
            plots=_plots(students, lessons),
            width=WIDTH,
            height=HEIGHT,
            left=LEFT,
            bottom=HEIGHT - BOTTOM,
            right=WIDTH - RIGHT,
            top=TOP,
            verdicts=_verdicts_used(cells.values()),
            seed=class_["seed"],
        )
    )
    return Page(html, [(student.name, student.broken) for student in students if student.broken])


def _students(folder: Path, class_: dict[str, Any], *, pseudonyms: bool) -> list[Student]:
    entries = list(class_["students"])
    if pseudonyms:
        # Numbers in the order of class.json, which follows the names, would tell who is who.
        random.SystemRandom().shuffle(entries)
    students = []
    for number, entry in enumerate(entries, start=1):
        result, broken = _load(folder, entry["key"]) if entry["graded"] else (None, None)
        messages = (
            []
            if pseudonyms
            else [*entry["messages"], *([f"could not be shown: {broken}"] if broken else [])]
        )
        students.append(
            Student(
                number=number,
                name=f"Student {number}" if pseudonyms else entry["name"],
                id="" if pseudonyms else entry["id"],
                page=None
                if pseudonyms or not result
                else quote(f"students/{entry['key']}/index.html"),
                score=entry["score"],
                overrides=entry["overrides"],
                messages=messages,
                result=result,
                broken=broken,
                handed_in=entry.get("handed_in", True),
            )
        )
    return students


def _load(folder: Path, key: str) -> tuple[Result | None, str | None]:
    """Returns a student's result, or why it can't be shown: the others' are shown all the same."""
    path = folder / "students" / key / "result.json"
    try:
        return load(path), None
    except ResultError as error:
        return None, plain(str(error)).replace(f"{folder}/", "")


def _cell(student: Student, column: Column, *, tell_reason: bool) -> Cell:
    word = student.overrides.get(f"{column.lesson}/{column.version}")
    versions = student.result.versions if student.result else ()
    version = next(
        (
            each
            for each in versions
            if (each.lesson, each.version) == (column.lesson, column.version)
        ),
        None,
    )
    reason = (word["reason"] if tell_reason else "changed by the lecturer") if word else None
    score = word["points"] if word else version.score if version else None
    return Cell(verdict_of(version.verdict if version else None), score, reason)


def _verdicts_used(cells: Iterable[list[Cell]]) -> list[tuple[Verdict, int]]:
    counts = Counter(cell.verdict for row in cells for cell in row)
    return counts.most_common()


def _histogram(scores: Sequence[float]) -> list[tuple[str, int, float]]:
    """Returns each bin's range of scores, its number of students, and its height from 0 to 100."""
    width = 100 / SCORE_BINS
    counts = Counter(min(int(score / width), SCORE_BINS - 1) for score in scores)
    most = max(counts.values(), default=1)
    return [
        (f"{b * width:.0f}–{(b + 1) * width:.0f}", counts[b], 100 * counts[b] / most)
        for b in range(SCORE_BINS)
    ]


def _mistakes(results: Iterable[Result]) -> list[tuple[str, int]]:
    """Returns the twelve commonest known mistakes, and how many students made each."""
    counts: Counter[str] = Counter()
    for result in results:
        counts.update(
            sorted({version.diagnosis for version in result.versions if version.diagnosis})
        )
    return [(words.spaced(mistake), count) for mistake, count in counts.most_common(12)]


def _flags(students: Iterable[Student]) -> list[Flagged]:
    flagged: dict[tuple[str, str], list[Student]] = {}
    for student in students:
        for version in student.result.versions if student.result else ():
            for flag in version.flags:
                flagged.setdefault((flag, f"{version.lesson}::{version.version}"), []).append(
                    student
                )
    return [
        Flagged(words.spaced(flag), version, meaning_of(flag), whose)
        for (flag, version), whose in flagged.items()
    ]


def _plots(students: Sequence[Student], lessons: Sequence[Lesson]) -> list[Plot]:
    plots = []
    for lesson in lessons:
        graded = [
            (student.number, student.result.versions_of(lesson))
            for student in students
            if student.result
        ]
        for plot in (_complexity(lesson, graded), _scaling(lesson, graded)):
            if plot:
                plots.append(plot)
    return plots


def _drawable(number: float) -> bool:
    """Tells whether a number has a place on a logarithmic axis; every real measurement has."""
    return 1e-12 < number < 1e12


Graded = Sequence[tuple[int, Sequence[Version]]]
Series = tuple[int | None, style.Line, list[tuple[float, float]]]


def _complexity(lesson: Lesson, graded: Graded) -> Plot | None:
    series: list[Series] = []
    reference: dict[str, dict[int, list[float]]] = {}
    lines: dict[str, style.Line] = {}
    for number, versions in graded:
        for index, version in enumerate(versions):
            points = [
                (float(at.pixels), at.time_s)
                for at in version.sweep or ()
                if _drawable(at.pixels) and _drawable(at.time_s)
            ]
            if len(points) < 2:
                continue
            lines[version.version] = style.line_of(version.version, index)
            series.append((number, lines[version.version], points))
            for at in version.sweep or ():
                if at.reference_s and _drawable(at.pixels) and _drawable(at.reference_s):
                    reference.setdefault(version.version, {}).setdefault(at.pixels, []).append(
                        at.reference_s
                    )
    for name, times in reference.items():
        middle = [(float(pixels), statistics.median(times[pixels])) for pixels in sorted(times)]
        series.append((None, style.Line(style.GREY, "", lines[name].dashes), middle))
    return _frame(
        f"{lesson.name}: time of one call",
        "pixels",
        "time",
        series,
        lines,
        _time_ticks,
    )


def _scaling(lesson: Lesson, graded: Graded) -> Plot | None:
    series: list[Series] = []
    lines: dict[str, style.Line] = {}
    threads: set[int] = set()
    for number, versions in graded:
        for index, version in enumerate(versions):
            points = [
                (float(at.threads), at.predicted)
                for at in version.speedup or ()
                if at.predicted and _drawable(at.threads) and _drawable(at.predicted)
            ]
            if len(points) < 2:
                continue
            threads |= {int(x) for x, _ in points}
            lines[version.version] = style.line_of(version.version, index)
            series.append((number, lines[version.version], points))
    if not series:
        return None
    series.append(
        (
            None,
            style.Line(style.GREY, "", ":"),
            [(float(count), float(count)) for count in sorted(threads)],
        )
    )
    return _frame(
        f"{lesson.name}: predicted speed-up",
        "threads",
        "speed-up",
        series,
        lines,
        _factor_ticks,
    )


def _time_ticks(low: float, high: float) -> list[tuple[float, str]]:
    ticks = [
        10.0**power
        for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ]
    return [(tick, words.round_duration(tick)) for tick in ticks[:: max(1, len(ticks) // 6)]]


def _factor_ticks(low: float, high: float) -> list[tuple[float, str]]:
    return [
        (tick, f"{tick:g}×")
        for tick in (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
        if low <= tick <= 1.01 * high
    ]


def _count_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Returns powers of two for a few threads, else round numbers."""
    most_threads = 64
    if high <= most_threads:
        return [(tick, f"{tick:g}") for tick in (1, 2, 4, 8, 16, 32) if low <= tick <= high]
    decades = range(math.floor(math.log10(low)), math.floor(math.log10(high)) + 1)
    steps = (1, 2, 5) if high / low < 100 else (1,)
    ticks = [step * 10.0**power for power in decades for step in steps]
    return [(tick, words.short(tick)) for tick in ticks if low <= tick <= high]


def _frame(
    title: str,
    x_label: str,
    y_label: str,
    series: Sequence[Series],
    lines: dict[str, style.Line],
    y_ticks: Any,
) -> Plot | None:
    """Scales the series to a frame whose axes are logarithmic; None if there is no point."""
    points = [point for _, _, each in series for point in each]
    if not points:
        return None
    x_low, x_high = min(x for x, _ in points), max(x for x, _ in points)
    y_low, y_high = min(y for _, y in points), max(y for _, y in points)

    def scale(value: float, low: float, high: float, start: float, end: float) -> float:
        share = (math.log(value) - math.log(low)) / (math.log(high / low) or 1)
        return round(start + share * (end - start), POINT_DIGITS)

    def x_at(value: float) -> float:
        return scale(value, x_low, x_high, LEFT, WIDTH - RIGHT)

    def y_at(value: float) -> float:
        return scale(value, y_low, y_high, HEIGHT - BOTTOM, TOP)

    def inside(ticks: list[tuple[float, str]], low: float, high: float) -> list[tuple[float, str]]:
        return [tick for tick in ticks if low <= 1.001 * tick[0] and tick[0] <= 1.001 * high]

    students = len({number for number, _, _ in series if number is not None})
    return Plot(
        title=title,
        x_label=x_label,
        y_label=y_label,
        description=f"{title} over {x_label}, a curve for each version of "
        f"{words.count(students, 'student')}, and a grey one for comparison",
        x_ticks=[
            Tick(x_at(at), text) for at, text in inside(_count_ticks(x_low, x_high), x_low, x_high)
        ],
        y_ticks=[
            Tick(y_at(at), text) for at, text in inside(y_ticks(y_low, y_high), y_low, y_high)
        ],
        curves=[
            Curve(number, line, " ".join(f"{x_at(x)},{y_at(y)}" for x, y in each))
            for number, line, each in series
        ],
        versions=list(lines.items()),
    )


def read(path: Path) -> dict[str, Any]:
    """Reads a class.json; raises ResultError if it can't be read or isn't one with students."""
    try:
        class_ = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ResultError(f"{path}: there is no such file; run `make class` first") from None
    except OSError as error:
        raise ResultError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise ResultError(f"{path}: isn't JSON: {error}") from None
    if not isinstance(class_, dict) or class_.get("schema") != 1 or not class_.get("students"):
        raise ResultError(f"{path}: isn't a class.json of this kit; run `make class` again")
    return class_


def main() -> None:
    parser = cli.Parser(
        prog="python -m plots.class_page", description="Writes the page of a class."
    )
    parser.add_argument(
        "class_json", type=Path, help="class.json of a class, beside its folder students/"
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="file to write, such as index.html"
    )
    parser.add_argument(
        "--pseudonyms", action="store_true", help="no names, numbers or links in the file"
    )
    arguments = parser.parse_args()
    class_ = read(arguments.class_json)
    page = render(arguments.class_json.parent, class_, pseudonyms=arguments.pseudonyms)
    cli.write(arguments.output, page.html.encode())
    for name, why in page.broken:
        print(f"could not be shown: {plain(name)}: {why}", file=sys.stderr)


if __name__ == "__main__":
    cli.run(main)
