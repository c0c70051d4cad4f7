"""The report page in Chromium, as a reader has it before them."""

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

SIZES = {"phone": browser.PHONE, "laptop": browser.LAPTOP}

# Every text, with the contrast of its colour to the ground behind it, by WCAG 2.1.
CONTRASTS = """
const channels = colour => colour.match(/[0-9.]+/g).map(Number);
const isSeen = colour => (channels(colour)[3] ?? 1) > 0;
const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const luminance = colour => channels(colour).slice(0, 3).map(part => linear(part / 255))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
const ground = element => {
    for (; element; element = element.parentElement)
        if (isSeen(getComputedStyle(element).backgroundColor)) return getComputedStyle(element).backgroundColor;
    return "rgb(255, 255, 255)";
};
const found = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [dark, light] = [getComputedStyle(element).color, ground(element)].map(luminance).sort((a, b) => a - b);
    found.push([(light + 0.05) / (dark + 0.05), texts.currentNode.data]);
}
return found;
"""
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
def chromium(tmp_path_factory):
    with browser.started(tmp_path_factory.mktemp("profile")) as chromium:
        yield chromium


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The page of each recorded result, as a file."""
    folder = tmp_path_factory.mktemp("pages")
    for name in RECORDED:
        (folder / f"{name}.html").write_text(
            page.render(load(recorded_path(name))), encoding="utf-8"
        )
    return lambda name: folder / f"{name}.html"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", RECORDED)
def test_it_opens_without_complaint_or_request_and_fits(name, size, chromium, pages):
    chromium.requests()
    chromium.complaints()
    chromium.open(pages(name), SIZES[size])
    assert chromium.complaints() == []
    asked = chromium.requests()
    assert pages(name).as_uri() in asked
    assert [
        address for address in asked if not address.startswith(("data:", pages(name).as_uri()))
    ] == []
    assert (
        chromium.run("return [...document.images].filter(image => !image.naturalWidth).length") == 0
    )
    assert chromium.run("return document.documentElement.scrollWidth") <= SIZES[size][0]


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
    contrasts = chromium.run(CONTRASTS)
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
