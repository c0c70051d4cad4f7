"""The class page, from recorded results of one student each."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, entry, write_class

from plots import class_page

HOSTILE = "<script>alert(1)</script> \" onmouseover='x' {{ 7 * 7 }}"


Make = Callable[[list[dict[str, Any]]], Path]


@pytest.fixture
def class_folder(tmp_path: Path) -> Make:
    return lambda entries: write_class(tmp_path, entries)


def rendered(folder: Path, *, pseudonyms: bool = False) -> str:
    return class_page.render(folder, class_page.read(folder / "class.json"), pseudonyms=pseudonyms)


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
    page = rendered(class_folder([*FOUR, entry("e", "Ed", graded=False, messages=["holds no file of any lesson"])]))
    assert "Ed" in page
    assert "holds no file of any lesson" in page


def test_names_are_only_text(class_folder: Make) -> None:
    page = rendered(class_folder([entry("a", HOSTILE, messages=[HOSTILE]), *FOUR[1:]]))
    assert "<script>alert" not in page
    assert page.count("<script>") == 1
    assert "49" not in page.split("<main>")[1].split("Students</h2>")[1].split("</th>")[0]


def test_pseudonyms_leave_no_name_number_or_link(class_folder: Make) -> None:
    entries = [entry(f"key-{index}", f"Surname-{index}", messages=[f"Surname-{index}/x: not taken"]) for index in range(4)]
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
    print(f"{len(page.encode()) / 1e6:.2f} MB, drawn in {time.process_time() - start:.1f} s of CPU time")


@pytest.mark.skipif(shutil.which("tidy") is None, reason="no tidy")
def test_it_is_valid_html(class_folder: Make, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(rendered(class_folder(FOUR)))
    checked = subprocess.run(["tidy", "-q", "-e", str(page)], capture_output=True, text=True, check=False)
    problems = [line for line in checked.stderr.splitlines() if "aria-sort" not in line]
    assert problems == []


@pytest.mark.parametrize("content", ["{", "[]", '{"schema": 2}', '{"schema": 1, "students": []}'])
def test_what_is_no_class_is_named_in_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "class.json").write_text(content)
    command = [sys.executable, "-m", "plots.class_page", str(tmp_path / "class.json"), "-o", str(tmp_path / "x.html")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {tmp_path / 'class.json'}: isn't ")
    assert done.stderr.count("\n") == 1
