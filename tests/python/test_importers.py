"""Tests of the replayed importers: what they take, and what they skip."""

from __future__ import annotations

from datetime import datetime

import pytest
from importers import ENGLISH, GERMAN, Before, Refused, canvas, moodle, php_number, php_rows

HEAD = "Identifier,Grade,Last modified (grade),Feedback comments\n"
OCTOBER = datetime(2026, 10, 1)


def rows(*lines: str) -> bytes:
    return (HEAD + "".join(line + "\n" for line in lines)).encode()


def test_moodle_takes_a_grade_where_there_is_none() -> None:
    done = moodle(
        rows("Participant 7,86.50,-,fine", "Participant 8,,,", "Participant 9,1,,"),
        {"7": None, "8": None},
    )
    assert done.grades == {"7": 86.5}
    assert done.skipped == {"8": "no grade"}
    assert done.comments == {"7": "fine", "8": ""}


def test_moodle_skips_a_row_that_is_older_than_its_grade() -> None:
    before = {"7": Before(3, OCTOBER)}
    old, current = "Participant 7,5,,", 'Participant 7,5,"Thursday, 1 October 2026, 12:00 AM",'
    assert moodle(rows(old), before).skipped == {"7": "outdated"}
    assert moodle(rows(old), before, ignore_modified=True).grades == {"7": 5}
    assert moodle(rows(current), before).grades == {"7": 5}


def test_moodle_takes_the_date_of_another_language_for_none() -> None:
    head = "ID,Bewertung,Zuletzt geändert (Bewertung)\n"
    row = 'Teilnehmer/in7,"17,30","Donnerstag, 1. Oktober 2026, 00:00"\n'
    assert moodle((head + row).encode(), {"7": None}, GERMAN).grades == {"7": 17.3}
    assert moodle((head + row).encode(), {"7": Before(3, OCTOBER)}, GERMAN).skipped == {
        "7": "outdated"
    }


@pytest.mark.parametrize(
    ("grade", "before", "reason"),
    [
        ("3.00", Before(3, OCTOBER), "the same grade"),
        ("5", Before(3, OCTOBER, locked=True), "locked"),
        ("120", None, "out of range"),
    ],
)
def test_moodle_skips_other_rows(grade: str, before: Before | None, reason: str) -> None:
    done = moodle(rows(f"Participant 7,{grade},,words"), {"7": before}, ignore_modified=True)
    assert done.skipped == {"7": reason}
    assert done.comments == {"7": "words"}, "of a locked row, too"


def test_moodle_refuses_a_file_of_another_language_or_with_an_odd_row() -> None:
    with pytest.raises(Refused, match="Identifier"):
        moodle("ID,Bewertung,Zuletzt geändert (Bewertung)\n".encode(), {}, ENGLISH)
    with pytest.raises(Refused, match="columns"):
        moodle(rows("Participant 7,5,-"), {"7": None})


def test_php_keeps_a_quote_behind_a_backslash_in_the_cell() -> None:
    assert php_rows('a,"b ""c""",d\n\n"e\\"f",\n', ",") == [["a", 'b "c"', "d"], ['e\\"f', ""]]


def test_moodle_loses_all_rows_behind_a_cell_that_ends_in_a_backslash() -> None:
    done = moodle(rows('Participant 7,5,-,"C:\\"', "Participant 8,5,-,"), {"7": None, "8": None})
    assert list(done.grades) == ["7"]


def test_php_takes_the_number_that_a_text_begins_with() -> None:
    assert [php_number(text, ".") for text in ("", "85.5", "85,50", "'-")] == [None, 85.5, 85, 0]
    assert [php_number(text, ",") for text in ("85,50", "85.50")] == [85.5, 85.5]


STUDENTS = {7: "Lovelace, Ada", 12: "Hopper, Grace"}


def test_canvas_finds_students_by_number_then_by_name() -> None:
    text = (
        "Student,ID,SIS Login ID,Section,Lab (5)\n    Points Possible,,,,10.00\n"
        'x,7,,,1\n"Hopper, Grace",?,,,2\nnobody,,,,3\nodd,12th group,,,4\n'
    )
    done = canvas(text.encode(), STUDENTS, {5: "Lab"})
    assert done.grades == {(7, 5): "1", (12, 5): "4"}, "the last row is taken for student 12"
    assert done.new_students == ["nobody"]
    assert done.points == {5: "10.00"}


def test_canvas_reads_semicolons_decimal_commas_and_rows_that_are_no_students() -> None:
    text = (
        "Student;ID;SIS Login ID;Section;Lab (5);Lab Final Score\n;;;;Manual Posting;\n"
        "    Points Possible;;;;10,00;(read only)\nx;7;;;8,65;9,00\n;;;;;\n"
    )
    done = canvas(text.encode(), STUDENTS, {5: "Lab"})
    assert done.grades == {(7, 5): "8.65"}
    assert done.new_students == done.new_assignments == []


def test_canvas_makes_a_new_assignment_of_an_unknown_column() -> None:
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Slow Things\n"
        "    Points Possible,,,,,100\nx,7,,,,5.00\n"
    )
    assert canvas(text.encode(), STUDENTS, {5: "Lab"}).new_assignments == ["Slow Things"]
    assert canvas(text.encode(), STUDENTS, {5: "Slow Things"}).grades == {(7, 5): "5.00"}
    with pytest.raises(Refused):
        canvas(b"Name,ID,Section,Lab (5)\n", STUDENTS, {})
