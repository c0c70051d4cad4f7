from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import time
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from urllib.parse import unquote

import make_data
import pytest
from conftest import HERE, RECORDED

from plots import page, vocabulary, words
from plots.result import load

VOID = {"meta", "img", "br", "hr", "link", "input"}
MB = 1_000_000


class Reader(HTMLParser):
    """The elements and the text of a page; every element must be closed in turn."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def rendered():
    return {name: page.render(load(HERE / "data" / f"{name}.json")) for name in RECORDED}


@pytest.fixture
def render(written):
    return lambda tree: page.render(load(written(tree)))


def words_of(html):
    return " ".join(Reader(html).text.split())


@pytest.mark.parametrize("name", RECORDED)
def test_the_page_is_well_formed_offline_and_without_script(name, rendered):
    assert_inert(rendered[name])


def assert_inert(html):
    reader = Reader(html)
    tags = {tag for tag, _ in reader.elements}
    assert not tags & {"script", "iframe", "object", "embed", "link", "base", "form"}
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in reader.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        for name in ("src", "href"):
            address = attributes.get(name) or "#"
            assert address.startswith("data:image/svg+xml,") or address == "#" or address[1:] in ids
    for svg in pictures(reader):
        elements = [element.tag.rpartition("}")[2] for element in ET.fromstring(svg).iter()]
        assert not set(elements) & {"script", "foreignObject", "a", "iframe"}


@pytest.mark.skipif(not shutil.which("tidy"), reason="there is no tidy: ./setup installs it")
@pytest.mark.parametrize("name", RECORDED)
def test_the_page_is_valid_html(name, rendered, recorded, render):
    for html in (rendered[name], render(poisoned_result(recorded(name)))):
        tidy = ["tidy", "-quiet", "-errors", "-utf8", "--show-body-only", "no"]
        found = subprocess.run(tidy, input=html.encode(), capture_output=True)
        assert (found.returncode, found.stderr.decode()) == (0, "")


def pictures(reader):
    return [
        unquote(image["src"].removeprefix("data:image/svg+xml,")) for image in reader.all("img")
    ]


@pytest.mark.parametrize("name", RECORDED)
def test_the_policy_allows_nothing_but_this_style_sheet_and_data_images(name, rendered):
    html = rendered[name]
    style_sheet = re.search(r"<style>(.*?)</style>", html, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style_sheet.encode()).digest()).decode()
    (policy,) = (meta["content"] for meta in Reader(html).all("meta") if "http-equiv" in meta)
    assert policy.split("; ")[:3] == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
    ]


@pytest.mark.parametrize("name", RECORDED)
def test_every_picture_says_what_it_shows(name, rendered):
    images = Reader(rendered[name]).all("img")
    assert len({image["alt"] for image in images}) == len(images)
    assert all(len(image["alt"]) > 60 for image in images)


def test_the_pictures_of_a_whole_grading(rendered):
    counts = {name: len(Reader(html).all("img")) for name, html in rendered.items()}
    assert counts == {"stubs": 0, "half_done": 5, "solutions": 7, "verdicts": 0}


@pytest.mark.parametrize("name", RECORDED)
def test_the_page_is_small_soon_ready_and_the_same_again(name, rendered):
    start_s = time.process_time()
    again = page.render(load(HERE / "data" / f"{name}.json"))
    assert time.process_time() - start_s < 3
    assert again == rendered[name]
    assert len(again.encode()) < MB


def test_stubs_are_told_how_to_begin(rendered):
    text = words_of(rendered["stubs"])
    assert "0 of 100 points" in text
    assert "Open lessons/01_slow_thing/serial.cpp." in text
    assert "Type make grade" in text


def test_what_to_do_first_is_the_graders_word():
    drawn = page.render(
        load(HERE / "data" / "half_done.json"), ["silly_sum::parallel", "slow_thing::optimized"]
    )
    text = words_of(drawn)
    assert "What to do next silly_sum, parallel ✗ race" in text
    assert "Then: slow_thing, optimized." in text


def test_the_verdicts_are_counted_beside_the_score(rendered):
    assert "0 of 100 points ○ 6 to write" in words_of(rendered["stubs"])
    assert "32 of 100 points ✓ 3 passed ✗ 3 to mend" in words_of(rendered["half_done"])


def test_a_lesson_without_curves_promises_none(recorded, render):
    tree = recorded("verdicts")
    tree["versions"], tree["lessons"] = tree["versions"][6:], tree["lessons"][2:]
    text = words_of(render(tree))
    assert "finds lost_remainder" in text
    assert "Curves" not in text


def test_a_command_in_a_sentence_is_code(recorded, render):
    tree = recorded("stubs")
    tree["versions"][0]["message"] = "See it: make try LESSON=a SEED=7. Or make grade, then <b>."
    html = render(tree)
    assert (
        "See it: <code>make try LESSON=a SEED=7</code>. Or <code>make grade</code>, then &lt;b&gt;."
        in html
    )


def test_nothing_is_left_to_do_when_all_points_are_earned(rendered):
    assert "Nothing: every version is right" in words_of(rendered["solutions"])


def test_verdicts_flags_checks_and_seeds_are_words(rendered):
    text = words_of(rendered["half_done"])
    for phrase in (
        "✓ pass",
        "✗ race",
        "✗ build error",
        "For a person to look at. This version does less than the plain loops",
        "all 11 right",
        "23 of 55 right; race: 32",
        "known mistake: lost remainder",
        "make grade SEED=4117 FRESH=1",
        "make grade SEED=4105 FRESH=1 LESSON=silly_sum VERSION=serial",
    ):
        assert phrase in text, phrase


def test_what_the_wall_clock_did_not_measure_is_not_shown(recorded, render):
    tree = recorded("solutions")
    assert "speed-up by wall clock on 2 cores" in words_of(render(tree))
    for version in tree["versions"]:
        for at in version["speedup"] or ():
            at.update(wall=None, wall_low=None, wall_high=None)
    text = words_of(render(tree))
    assert "wall clock" not in text
    assert "predicted speed-up" in text


@pytest.mark.parametrize(("inputs", "is_handout"), [("fresh", False), ("recorded", True)])
def test_a_handouts_grading_says_that_the_official_one_uses_other_inputs(
    inputs, is_handout, recorded, render
):
    tree = recorded("solutions")
    tree["inputs"] = inputs
    assert ("official grade uses other inputs" in words_of(render(tree))) == is_handout


@pytest.mark.parametrize(
    ("isolation", "is_self_check"),
    [("limits", True), ("sandbox", False), ("container", False)],
)
def test_a_grading_without_a_sandbox_is_called_a_self_check(
    isolation, is_self_check, recorded, render
):
    tree = recorded("stubs")
    tree["isolation"] = isolation
    assert ("self-check, not secure" in words_of(render(tree))) == is_self_check


def test_a_never_graded_version_and_an_empty_result_are_shown(recorded, render):
    tree = recorded("stubs")
    tree["versions"][0].update(
        verdict=None, graded_at=None, seed=None, message="", next=None, checks=[], rubric=[]
    )
    assert "not graded yet" in words_of(render(tree))
    tree.update(versions=[], lessons=[])
    assert "Nothing was graded." in words_of(render(tree))


@pytest.mark.parametrize(
    "outcome",
    sorted({*vocabulary.VERDICT_KINDS, vocabulary.NOT_CHECKED} - {"pass", "not_started"}),
)
def test_every_outcome_of_a_check_is_told(outcome, recorded, render):
    tree = recorded("solutions")
    for check in tree["versions"][0]["checks"]:
        check["outcome"] = outcome if check["flavour"] == "checked" else "pass"
    assert re.search(rf"0 of (\d+) right; {words.spaced(outcome)}: \1", Reader(render(tree)).text)


@pytest.mark.parametrize("verdict", [verdict for verdict in page.VERDICTS if verdict])
def test_every_verdict_has_its_words(verdict, recorded, render):
    tree = recorded("stubs")
    tree["versions"][0]["verdict"] = verdict
    assert f"serial {page.VERDICTS[verdict].sign} {page.VERDICTS[verdict].words}" in words_of(
        render(tree)
    )


def test_the_command_quotes_what_a_shell_would_read(recorded, render):
    tree = recorded("stubs")
    tree["submission"] = "a b; rm -rf $HOME"
    assert "make grade SEED=4117 FRESH=1 SUBMISSION='a b; rm -rf $HOME'" in words_of(render(tree))


def test_long_output_is_cut_and_says_so(recorded, render):
    tree = recorded("stubs")
    tree["versions"][0]["output"] = "x" * 5 * MB
    html = render(tree)
    assert len(html) < MB
    assert "and 4988000 more characters, in result.json" in words_of(html)


def pixels(expected, actual):
    """Returns the fields of a mismatch of one row."""
    return {
        "rows": 1,
        "cols": len(expected),
        "first_row": 0,
        "first_col": 0,
        "expected": expected,
        "actual": actual,
    }


def sweep(*points):
    names = ("rows", "cols", "threads", "time_s", "low_s", "high_s", "reference_s")
    return [dict(zip(names, point)) | {"cores": 2} for point in points]


def speedups(*points):
    names = ("threads", "virtual", "low", "high", "wall", "wall_low", "wall_high", "runnable")
    rest = {"work_s": 0, "span_s": None, "inflation": 1}
    return [dict(zip(names, point)) | rest for point in points]


ODD_NUMBERS = [
    ("mismatch", pixels([0.0], [1.7e308])),
    ("mismatch", pixels([0.0, 1.0], [1.7e308, -1.7e308])),
    ("mismatch", pixels([1.7e308], [-1.7e308])),
    ("mismatch", pixels([None, None], [None, None])),
    ("mismatch", pixels([1.0, None], [None, 1.0])),
    ("mismatch", pixels([0.0], [5e-324])),
    ("mismatch", pixels([1.0], [1.0])),
    ("sweep", sweep()),
    ("sweep", sweep((10, 10, 1, 1e-3, 0, 2e-3, None))),
    ("sweep", sweep((10, 10, 1, 0, 0, 0, 0))),
    ("sweep", sweep((10, 10, 1, 1e-3, 2e-3, 5e-4, 1e-3), (10, 10, 2, 1e-3, 1e-3, 1e-3, 1e-3))),
    ("exponent", {"value": 2000, "low": 0, "high": 5000, "fixed_s": 0, "scale_s": 1}),
    ("exponent", {"value": 0, "low": 0, "high": 0, "fixed_s": 0, "scale_s": 0}),
    ("speedup", speedups()),
    ("speedup", speedups((2, *[None] * 7))),
    ("speedup", speedups((1, 1, *[None] * 6), (2, *[None] * 3, 1.5, *[None] * 3))),
    ("speedup", speedups((2, *[0] * 7))),
]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("field", "odd"), ODD_NUMBERS)
def test_odd_numbers_are_drawn_without_a_warning(field, odd, recorded, render):
    version = (tree := recorded("half_done"))["versions"][1]
    version["sweep"] = sweep(
        (10, 10, 1, 1e-3, 1e-3, 1e-3, None), (20, 20, 1, 4e-3, 4e-3, 4e-3, None)
    )
    version[field] = {**version["mismatch"], **odd} if field == "mismatch" else odd
    tree["versions"] = [version]
    assert_inert(render(tree))


def poisoned(node):
    """Returns the tree with hostile text wherever the schema allows free text."""
    fixed = {"verdict", "outcome", "flavour", "isolation", "inputs"}
    if isinstance(node, dict):
        return {key: item if key in fixed else poisoned(item) for key, item in node.items()}
    if isinstance(node, list):
        return [poisoned(item) for item in node]
    if isinstance(node, str):
        return make_data.HOSTILE
    return node


def poisoned_result(tree):
    tree = poisoned(tree)
    for version in tree["versions"]:
        version["flags"] = []
    tree["lessons"] = tree["lessons"][:1]
    return tree


@pytest.mark.parametrize("name", RECORDED)
def test_hostile_text_in_every_field_is_inert_in_the_page_and_its_pictures(name, recorded, render):
    html = render(poisoned_result(recorded(name)))
    assert_inert(html)
    assert "\x1b" not in html
    assert (
        "<script>alert(1)</script> </svg></style> $\\frac{1}{0}$ \\x1b[31mred" in Reader(html).text
    )
    for svg in pictures(Reader(html)):
        text = "".join(ET.fromstring(svg).itertext())
        assert "</svg></style> $\\frac{1}{0}$" in text


def test_words_between_backticks_are_code_and_still_inert(recorded, render):
    tree = recorded("stubs")
    tree["versions"][0]["message"] = "type `<b onclick=x>` now"
    assert "<code>&lt;b onclick=x&gt;</code>" in render(tree)
