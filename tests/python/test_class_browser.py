"""The class page in Chromium: sorting, searching and picking work, with the keyboard too."""

from __future__ import annotations

import browser
import pytest
from conftest import entry, write_class

from plots import class_page

MISSING = browser.what_is_missing()
pytestmark = pytest.mark.skipif(
    MISSING is not None, reason=f"{MISSING}: ./setup --browser installs it"
)
NAMES = """
return [...document.querySelectorAll("tbody tr")]
    .filter(row => !row.hidden).map(row => row.cells[0].textContent.trim());
"""
POINTS = """
return [...document.querySelectorAll("tbody td.number")].map(cell => Number(cell.dataset.value));
"""
FOCUS_ON_POINTS = """
[...document.querySelectorAll("thead button")]
    .find(button => button.textContent === "Points").focus();
"""
PICK = """
const pick = document.getElementById("pick");
pick.value = "3";
pick.dispatchEvent(new Event("change"));
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A class of twelve."""
    folder = tmp_path_factory.mktemp("class")
    write_class(
        folder,
        [
            entry(f"k{number}", f"Student {number:02}", score=(number * 37) % 100)
            for number in range(12)
        ],
    )
    path = folder / "index.html"
    path.write_text(
        class_page.render(folder, class_page.read(folder / "class.json"), pseudonyms=False).html,
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("size", browser.SIZES)
def test_it_opens_without_complaint_or_request_and_fits(size, chromium, page):
    chromium.requests()
    chromium.complaints()
    chromium.open(page, browser.SIZES[size])
    assert chromium.complaints() == []
    assert [
        address for address in chromium.requests() if not address.startswith(page.as_uri())
    ] == []
    assert chromium.run("return document.documentElement.scrollWidth") <= browser.SIZES[size][0]


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_every_text_stands_out_from_its_ground(medium, chromium, page):
    chromium.open(page, medium=medium)
    contrasts = chromium.run(browser.CONTRASTS)
    assert len(contrasts) > 100
    assert [(contrast, text) for contrast, text in contrasts if contrast < 4.5] == []


def test_the_keyboard_sorts_by_points(chromium, page):
    from selenium.webdriver.common.keys import Keys

    chromium.open(page)
    chromium.run(FOCUS_ON_POINTS)
    chromium.press(Keys.ENTER)
    assert chromium.run(POINTS) == sorted(chromium.run(POINTS))
    chromium.press(Keys.ENTER)
    assert chromium.run(POINTS) == sorted(chromium.run(POINTS), reverse=True)


def test_searching_leaves_the_rows_that_fit(chromium, page):
    chromium.open(page)
    chromium.run("document.getElementById('search').focus()")
    chromium.press("student 07")
    assert chromium.run(NAMES) == ["Student 07"]
    assert chromium.run("return document.getElementById('found').textContent") == "1 of 12"


def test_picking_a_student_brings_out_the_curves(chromium, page):
    chromium.open(page)
    chromium.run(PICK)
    chosen = chromium.run(
        "return [...document.querySelectorAll('.curve.chosen')].map(curve => curve.dataset.student)"
    )
    assert chosen
    assert set(chosen) == {"3"}
    assert chromium.run("return document.getElementById('picked').textContent") == "Student 02"
    assert chromium.run("return document.querySelector('.plots').classList.contains('narrowed')")
