"""The report page in Chromium, as a reader sees it."""

from __future__ import annotations

import browser
import pytest
from conftest import RECORDED, recorded_path

from plots import page
from plots.result import load

MISSING = browser.what_is_missing()
pytestmark = pytest.mark.skipif(
    MISSING is not None, reason=f"{MISSING}: ./setup --browser installs it"
)

FOCUSED = """
const element = document.activeElement, look = getComputedStyle(element);
return [[...document.querySelectorAll("*")].indexOf(element), look.outlineStyle !== "none"];
"""
FOCUSABLE = """
const all = [...document.querySelectorAll("*")];
return all.filter(element => element.matches("a[href], summary, pre") && element.checkVisibility())
    .map(element => all.indexOf(element));
"""
ADD_SCRIPT = """
const script = document.createElement("script");
script.textContent = "document.title = 'it ran'";
document.head.append(script);
return document.title;
"""
ADD_IMAGE = """
const image = new Image();
image.src = "http://127.0.0.1:9/picture.png";
document.body.append(image);
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Returns a function that gives the file with the page of a recorded result."""
    folder = tmp_path_factory.mktemp("pages")
    for name in RECORDED:
        (folder / f"{name}.html").write_text(
            page.render(load(recorded_path(name))), encoding="utf-8"
        )
    return lambda name: folder / f"{name}.html"


@pytest.mark.parametrize("size", browser.SIZES)
@pytest.mark.parametrize("name", RECORDED)
def test_it_opens_without_complaint_or_request_and_fits(name, size, chromium, pages):
    chromium.requests()
    chromium.complaints()
    chromium.open(pages(name), browser.SIZES[size])
    assert chromium.complaints() == []
    asked = chromium.requests()
    assert pages(name).as_uri() in asked
    assert [
        address for address in asked if not address.startswith(("data:", pages(name).as_uri()))
    ] == []
    assert (
        chromium.run("return [...document.images].filter(image => !image.naturalWidth).length") == 0
    )
    assert chromium.run("return document.documentElement.scrollWidth") <= browser.SIZES[size][0]


@pytest.mark.parametrize("change", [ADD_SCRIPT, ADD_IMAGE])
def test_the_policy_lets_no_script_run_and_nothing_be_fetched(change, chromium, pages):
    chromium.open(pages("stubs"))
    chromium.complaints()
    assert chromium.run(change) != "it ran"
    assert any("Content Security Policy" in complaint for complaint in chromium.complaints())


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("name", RECORDED)
def test_every_text_stands_out_from_its_ground(name, medium, chromium, pages):
    chromium.open(pages(name), medium=medium)
    contrasts = chromium.run(browser.CONTRASTS)
    assert len(contrasts) > 50
    assert [(contrast, text) for contrast, text in contrasts if contrast < 4.5] == []


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(chromium, pages):
    from selenium.webdriver.common.keys import Keys

    chromium.open(pages("half_done"))
    expected = chromium.run(FOCUSABLE)
    reached = []
    for _ in expected:
        chromium.press(Keys.TAB)
        place, is_marked = chromium.run(FOCUSED)
        assert is_marked
        reached.append(place)
    assert reached == expected


def test_the_keyboard_unfolds_the_tools_own_words(chromium, pages):
    from selenium.webdriver.common.keys import Keys

    chromium.open(pages("half_done"))
    chromium.run("document.querySelector('details:not([open]) summary').focus()")
    before = chromium.run("return document.querySelectorAll('details[open]').length")
    chromium.press(Keys.ENTER)
    assert chromium.run("return document.querySelectorAll('details[open]').length") == before + 1
