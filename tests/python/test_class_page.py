"""The class page, from recorded results of one student each."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, entry, recorded_path, write_class

from plots import class_page, page, result

HOSTILE = "<script>alert(1)</script> \" onmouseover='x' {{ 7 * 7 }}"


Make = Callable[[list[dict[str, Any]]], Path]


@pytest.fixture
def class_folder(tmp_path: Path) -> Make:
    return lambda entries: write_class(tmp_path, entries)


def rendered(folder: Path, *, pseudonyms: bool = False) -> str:
    return class_page.render(
        folder, class_page.read(folder / "class.json"), pseudonyms=pseudonyms
    ).html


FOUR = [entry("a", "Ada"), entry("b", "Bo"), entry("c", "Cy"), entry("d", "Di")]


def test_every_student_has_a_row_and_a_link_to_the_own_page(class_folder: Make) -> None:
    page = rendered(class_folder(FOUR))
    for student in FOUR:
        assert f'<a href="students/{student["key"]}/index.html">{student["name"]}</a>' in page
    assert page.count("<tr data-student=") == 4
    assert "4 students" in page


def test_curves_belong_to_students_and_the_reference_to_none(class_folder: Make) -> None:
    page = rendered(class_folder(FOUR))
    curves = re.findall(r'<polyline class="curve" data-student="([0-9]+)"', page)
    assert set(curves) <= {"1", "2", "3", "4"}
    assert len(curves) > 8
    assert '<polyline class="reference" stroke="#6b7280"' in page


def test_the_lecturers_word_replaces_the_points_and_is_told(class_folder: Make) -> None:
    word = {"slow_thing/serial": {"points": 3.5, "reason": "was ill"}}
    page = rendered(class_folder([entry("a", "Ada", overrides=word)]))
    assert 'data-value="3.5"' in page
    assert "✎ was ill" in page


def test_one_without_a_result_is_there_with_the_reason(class_folder: Make) -> None:
    page = rendered(
        class_folder(
            [*FOUR, entry("e", "Ed", graded=False, messages=["holds no file of any lesson"])]
        )
    )
    assert "Ed" in page
    assert "holds no file of any lesson" in page


def test_one_without_a_grade_has_no_points_and_counts_in_no_average(class_folder: Make) -> None:
    page = rendered(
        class_folder(
            [
                entry("a", "Ada", score=80.0),
                entry("e", "Ed", graded=False, score=None, messages=["not graded: why"]),
            ]
        )
    )
    row = page.split("Ed<")[1].split("</tr>")[0]
    assert 'data-value="-1">not graded</td>' in row
    assert "not graded: why" in row
    assert "0 <" not in row
    assert '<span class="number">80</span>' in page
    assert "2 students, median 80; 1 not graded" in page


def test_one_who_handed_in_nothing_is_told_from_one_without_a_grade(class_folder: Make) -> None:
    nothing = entry("e", "Ed", graded=False, score=None, handed_in=False)
    ungraded = entry("f", "Flo", graded=False, score=None)
    page = rendered(class_folder([*FOUR, nothing, ungraded]))
    assert re.search("Ed.*\n.*\n.*>nothing handed in<", page)
    assert re.search("Flo.*\n.*\n.*>not graded<", page)


def test_the_curves_axes_have_numbers(class_folder: Make) -> None:
    page = rendered(class_folder(FOUR))
    for plot in page.split("<figure")[1:]:
        assert len(re.findall(r"<text [^>]*>[0-9]", plot)) > 3


def test_a_class_in_which_nobody_is_graded_is_shown(class_folder: Make) -> None:
    word = {"slow_thing/serial": {"points": 3.5, "reason": "on paper"}}
    page = rendered(class_folder([entry("e", "Ed", graded=False, score=None, overrides=word)]))
    assert "1 student, none graded" in page


def test_the_lecturers_word_stands_where_there_is_no_result(class_folder: Make) -> None:
    word = {"slow_thing/serial": {"points": 3.5, "reason": "on paper"}}
    page = rendered(
        class_folder([*FOUR, entry("e", "Ed", graded=False, score=3.5, overrides=word)])
    )
    row = page.split("Ed<")[1].split("</tr>")[0]
    assert "✎ on paper" in row
    assert row.count('data-value="3.5"') == 2


def changed(name: str, *path: Any, to: Any) -> str:
    tree = json.loads(recorded_path(name).read_text(encoding="utf-8"))
    node = tree
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = to
    return json.dumps(tree)


# Files that may lie in a result's place, and what is said of each.
BROKEN = {
    "empty": (b"", "isn't valid JSON"),
    "bytes": (b"\x00\xff\xfe garbage \x1b[31m", "isn't valid JSON"),
    "cut off": (recorded_path("solutions").read_bytes()[:5000], "isn't valid JSON"),
    "nested": (b"[" * 100_000, "isn't valid JSON"),
    "another type": (b'"score"', "isn't an object"),
    "a text for a number": (
        changed("solutions", "score", to="97").encode(),
        "score isn't a number",
    ),
    "not a number": (
        changed("solutions", "versions", 0, "score", to=math.nan).encode(),
        "versions[0].score isn't a finite number",
    ),
    "infinite": (
        changed("solutions", "versions", 0, "score", to=math.inf).encode(),
        "versions[0].score isn't a finite number",
    ),
    "negative": (
        changed("solutions", "versions", 0, "score", to=-1).encode(),
        "versions[0].score is -1",
    ),
    "a list for an object": (
        changed("solutions", "versions", 0, "checks", 0, to=[]).encode(),
        "versions[0].checks[0] isn't an object",
    ),
    "another schema": (changed("solutions", "schema", to=2).encode(), "schema isn't one of 1"),
    "missing": (None, "there is no such file"),
}


@pytest.mark.parametrize(("content", "why"), BROKEN.values(), ids=BROKEN)
def test_a_broken_result_is_told_in_its_students_row_and_takes_no_page_away(
    class_folder: Make, content: bytes | None, why: str
) -> None:
    folder = class_folder(FOUR)
    result = folder / "students" / "b" / "result.json"
    result.unlink() if content is None else result.write_bytes(content)
    command = [
        sys.executable,
        "-m",
        "plots.class_page",
        str(folder / "class.json"),
        "-o",
        str(folder / "index.html"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("could not be shown: Bo: students/b/result.json: ")
    assert why in done.stderr
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("<tr data-student=") == 4
    row = page.split("Bo<")[1].split("</tr>")[0]
    assert '<span class="remark">could not be shown</span>' in row
    assert "could not be shown: students/b/result.json: " in row
    assert "could not be shown" not in rendered(folder, pseudonyms=True).replace(
        '<span class="remark">could not be shown</span>', ""
    )


@pytest.mark.parametrize("path", [("verdict",), ("flags", 0), ("checks", 0, "outcome")])
def test_names_of_a_newer_kit_stand_as_they_are(class_folder: Make, path: tuple[Any, ...]) -> None:
    folder = class_folder(FOUR)
    tree = json.loads(recorded_path("solutions").read_text(encoding="utf-8"))
    tree["versions"][0]["flags"] = ["work_removed"]
    node = tree["versions"][0]
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = "newer_<b>name"
    (folder / "students" / "b" / "result.json").write_text(json.dumps(tree), encoding="utf-8")
    drawn = class_page.render(folder, class_page.read(folder / "class.json"), pseudonyms=False)
    assert drawn.broken == []
    assert "newer &lt;b&gt;name" in drawn.html or path[0] == "checks"
    assert "newer &lt;b&gt;name" in page.render(
        result.load(folder / "students" / "b" / "result.json")
    )


@pytest.mark.parametrize("number", [5e-324, 1e-300, 1e300, 1.7e308])
def test_numbers_that_no_clock_shows_are_left_out_of_the_curves(
    class_folder: Make, number: float
) -> None:
    folder = class_folder(FOUR)
    tree = json.loads(recorded_path("solutions").read_text(encoding="utf-8"))
    for version in tree["versions"]:
        for at in version["sweep"] or ():
            at["time_s"] = at["reference_s"] = number
            at["rows"] = 10**300
        for at in version["speedup"] or ():
            at["virtual"] = number
    (folder / "students" / "b" / "result.json").write_text(json.dumps(tree), encoding="utf-8")
    assert rendered(folder).count("<tr data-student=") == 4


def test_names_are_only_text(class_folder: Make) -> None:
    page = rendered(class_folder([entry("a", HOSTILE, messages=[HOSTILE]), *FOUR[1:]]))
    assert "<script>alert" not in page
    assert page.count("<script>") == 1
    assert "49" not in page.split("<main>")[1].split("Students</h2>")[1].split("</th>")[0]


def test_pseudonyms_leave_no_name_number_or_link(class_folder: Make) -> None:
    entries = [
        entry(f"key-{index}", f"Surname-{index}", messages=[f"Surname-{index}/x: not taken"])
        for index in range(4)
    ]
    page = rendered(class_folder(entries), pseudonyms=True)
    assert "Surname" not in page
    assert "key-" not in page
    assert "href" not in page
    assert page.count("<tr data-student=") == 4


def test_five_hundred_students_fit_into_five_megabytes(class_folder: Make) -> None:
    entries = [entry(f"k{index}", f"Student Number {index}") for index in range(500)]
    start = time.process_time()
    page = rendered(class_folder(entries))
    assert len(page.encode()) < 5_000_000
    assert page.count("<tr data-student=") == 500
    print(
        f"{len(page.encode()) / 1e6:.2f} MB, "
        f"drawn in {time.process_time() - start:.1f} s of CPU time"
    )


@pytest.mark.skipif(shutil.which("tidy") is None, reason="no tidy")
def test_it_is_valid_html(class_folder: Make, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(rendered(class_folder(FOUR)))
    checked = subprocess.run(
        ["tidy", "-q", "-e", str(page)], capture_output=True, text=True, check=False
    )
    problems = [line for line in checked.stderr.splitlines() if "aria-sort" not in line]
    assert problems == []


@pytest.mark.parametrize("content", ["{", "[]", '{"schema": 2}', '{"schema": 1, "students": []}'])
def test_what_is_no_class_is_named_in_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "class.json").write_text(content)
    command = [
        sys.executable,
        "-m",
        "plots.class_page",
        str(tmp_path / "class.json"),
        "-o",
        str(tmp_path / "x.html"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {tmp_path / 'class.json'}: isn't ")
    assert done.stderr.count("\n") == 1
