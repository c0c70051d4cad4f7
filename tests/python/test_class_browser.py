"""The class page in Chromium: it opens without complaint, and sorting, searching and picking work, with the keyboard too."""

from __future__ import annotations

import browser
import pytest
from conftest import entry, write_class
from test_browser import CONTRASTS, SIZES, chromium  # noqa: F401 (a fixture)

from plots import class_page

MISSING = browser.what_is_missing()
pytestmark = pytest.mark.skipif(
    MISSING is not None, reason=f"{MISSING}: ./setup --browser installs it"
)
NAMES = "[...document.querySelectorAll('tbody tr')].filter(row => !row.hidden).map(row => row.cells[0].textContent.trim())"


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


@pytest.mark.parametrize("size", SIZES)
def test_it_opens_without_complaint_or_request_and_fits(size, chromium, page):  # noqa: F811
    chromium.requests()
    chromium.complaints()
    chromium.open(page, SIZES[size])
    assert chromium.complaints() == []
    assert [
        address for address in chromium.requests() if not address.startswith(page.as_uri())
    ] == []
    assert chromium.run("return document.documentElement.scrollWidth") <= SIZES[size][0]


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_every_text_stands_out_from_its_ground(medium, chromium, page):  # noqa: F811
    chromium.open(page, medium=medium)
    contrasts = chromium.run(CONTRASTS)
    assert len(contrasts) > 100
    assert [(contrast, text) for contrast, text in contrasts if contrast < 4.5] == []


def test_the_keyboard_sorts_by_points(chromium, page):  # noqa: F811
    from selenium.webdriver.common.keys import Keys

    chromium.open(page)
    chromium.run(
        "[...document.querySelectorAll('thead button')].find(button => button.textContent === 'Points').focus()"
    )
    points = "return [...document.querySelectorAll('tbody td.number')].map(cell => Number(cell.dataset.value))"
    chromium.press(Keys.ENTER)
    assert chromium.run(points) == sorted(chromium.run(points))
    chromium.press(Keys.ENTER)
    assert chromium.run(points) == sorted(chromium.run(points), reverse=True)


def test_searching_leaves_the_rows_that_fit(chromium, page):  # noqa: F811
    chromium.open(page)
    chromium.run("document.getElementById('search').focus()")
    chromium.press("student 07")
    assert chromium.run(f"return {NAMES}") == ["Student 07"]
    assert chromium.run("return document.getElementById('found').textContent") == "1 of 12"


def test_picking_a_student_brings_out_the_curves(chromium, page):  # noqa: F811
    chromium.open(page)
    chromium.run(
        "const pick = document.getElementById('pick'); pick.value = '3'; pick.dispatchEvent(new Event('change'))"
    )
    chosen = chromium.run(
        "return [...document.querySelectorAll('.curve.chosen')].map(curve => curve.dataset.student)"
    )
    assert chosen
    assert set(chosen) == {"3"}
    assert chromium.run("return document.getElementById('picked').textContent") == "Student 02"
    assert chromium.run("return document.querySelector('.plots').classList.contains('narrowed')")
