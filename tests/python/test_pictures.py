from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from functools import partial

import make_data
import numpy as np
import pytest
from conftest import HERE
from make_data import slow_thing
from matplotlib.testing.compare import compare_images
from matplotlib.text import Text

from plots import complexity, mismatch, scaling, style
from plots.result import load

BASELINE = HERE / "baseline"
# Text is tested in the SVG. Pictures without it differ only in the edges of lines.
TOLERANCE_RMS = 4


def complexity_of(kind, result, lesson):
    return complexity.FIGURES[kind](lesson, complexity.curves_of(result, lesson))


def scaling_of(result, lesson):
    return scaling.figure(lesson, scaling.curves_of(result, lesson), result.machine.cores)


def mismatch_of(version, result, lesson):
    found = result.version(lesson, version)
    return mismatch.figure(lesson, found, found.mismatch)


def wrong(rows, cols, actual):
    """Returns a change after which slow_thing, parallel answers with these pixels."""

    def change(tree):
        tree["versions"][1]["mismatch"] = make_data.picture(rows, cols, 2, actual)

    return change


def without(*names):
    """Returns a change after which the speed-up of slow_thing, parallel lacks these fields."""

    def change(tree):
        for at in tree["versions"][1]["speedup"]:
            at.update(dict.fromkeys(names))

    return change


def unchanged(tree):
    pass


PICTURES = {
    "tutorial_slow_thing": (
        "solutions",
        "slow_thing",
        partial(complexity_of, "tutorial"),
        unchanged,
    ),
    "exercise_silly_sum": ("solutions", "silly_sum", partial(complexity_of, "tutorial"), unchanged),
    "tutorial_silly_sum": ("solutions", "silly_sum", partial(complexity_of, "plain"), unchanged),
    "loglog": ("solutions", "silly_sum", partial(complexity_of, "loglog"), unchanged),
    "scaling": ("solutions", "slow_thing", scaling_of, unchanged),
    "scaling_predicted_only": (
        "solutions",
        "slow_thing",
        scaling_of,
        without("wall", "wall_low", "wall_high"),
    ),
    "scaling_wall_only": ("solutions", "slow_thing", scaling_of, without("virtual", "low", "high")),
    "mismatch_lost_band": ("half_done", "slow_thing", partial(mismatch_of, "parallel"), unchanged),
    "mismatch_swapped_axes": (
        "half_done",
        "slow_thing",
        partial(mismatch_of, "parallel"),
        wrong(7, 11, lambda rows, cols, x, y: slow_thing(rows, cols, y, x)),
    ),
    "mismatch_untouched": (
        "half_done",
        "slow_thing",
        partial(mismatch_of, "parallel"),
        wrong(64, 64, lambda rows, cols, x, y: float((x * 7 + y * 13) % 256)),
    ),
    "mismatch_one_pixel": (
        "half_done",
        "slow_thing",
        partial(mismatch_of, "parallel"),
        wrong(1, 1, lambda *_: 1.0),
    ),
    "mismatch_one_row": (
        "half_done",
        "slow_thing",
        partial(mismatch_of, "parallel"),
        wrong(1, 13, lambda rows, cols, x, y: slow_thing(rows, cols, x, y) if y < 6 else 0.0),
    ),
    "mismatch_one_column": (
        "half_done",
        "slow_thing",
        partial(mismatch_of, "parallel"),
        wrong(13, 1, lambda rows, cols, x, y: slow_thing(rows, cols, x, y) + (x == 5)),
    ),
    "mismatch_not_finite": (
        "half_done",
        "slow_thing",
        partial(mismatch_of, "parallel"),
        wrong(
            10,
            10,
            lambda rows, cols, x, y: float("inf") if x == y else slow_thing(rows, cols, x, y),
        ),
    ),
    "mismatch_huge": (
        "half_done",
        "slow_thing",
        partial(mismatch_of, "parallel"),
        wrong(
            10, 10, lambda rows, cols, x, y: 1e20 if (x + y) % 3 else slow_thing(rows, cols, x, y)
        ),
    ),
}


@pytest.fixture
def drawn(recorded, written):
    """Returns a function that draws one of PICTURES."""

    def draw(name):
        data, lesson_name, figure_of, change = PICTURES[name]
        tree = recorded(data)
        change(tree)
        result = load(written(tree))
        return partial(figure_of, result, result.lesson(lesson_name))

    return draw


def without_text(draw):
    figure = draw()
    for text in figure.findobj(Text):
        text.set_visible(False)
    return figure


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_looks_like_its_baseline(name, drawn, tmp_path):
    """PLOTS_NEW_BASELINE=1 writes the baselines anew: look at them before they are committed."""
    actual = tmp_path / f"{name}.png"
    actual.write_bytes(style.to_png(partial(without_text, drawn(name)), dots_per_inch=60))
    baseline = BASELINE / actual.name
    if os.environ.get("PLOTS_NEW_BASELINE"):
        BASELINE.mkdir(exist_ok=True)
        baseline.write_bytes(actual.read_bytes())
    # It is copied, since the comparison writes its difference beside the expected file.
    expected = tmp_path / f"{name}-expected.png"
    expected.write_bytes(baseline.read_bytes())
    assert compare_images(str(expected), str(actual), TOLERANCE_RMS) is None


def svg_text(svg):
    texts = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [" ".join(text.itertext()).strip() for text in texts]


@pytest.mark.parametrize(
    "name", ["tutorial_slow_thing", "loglog", "scaling", "mismatch_not_finite"]
)
def test_the_svg_is_the_same_each_time_and_has_no_date(name, drawn):
    svg = style.to_svg(drawn(name))
    assert svg == style.to_svg(drawn(name))
    assert not re.search(r"20\d\d-\d\d-\d\d", svg)


def test_the_growth_stands_beside_its_curve_in_words(drawn):
    text = svg_text(style.to_svg(drawn("loglog")))
    assert "exponent 1.98 (1.95 to 2.06)" in text
    assert "makes it 4.0× slower" in text
    assert "Image size in pixels" in text


def test_the_tutorials_plot_has_the_tutorials_names_and_sizes(drawn):
    text = svg_text(style.to_svg(drawn("tutorial_slow_thing")))
    assert {"normal", "parallel, 2 threads", "Image size in pixels", "Compute time in ms"} <= set(
        text
    )
    assert any(re.fullmatch(r"1\.9\d× as fast as normal", line) for line in text)
    curves = complexity.tutorial_curves(
        complexity.curves_of(*result_and_lesson("solutions", "slow_thing"))
    )
    assert [[point.rows for point in curve.points] for curve in curves] == [[10, 20, 30, 40]] * 2


@pytest.mark.parametrize(
    ("data", "lesson", "kinds"),
    [
        ("solutions", "slow_thing", ["loglog", "tutorial"]),
        ("solutions", "silly_sum", ["loglog", "plain", "tutorial"]),
        ("half_done", "silly_sum", ["loglog", "plain"]),
        ("stubs", "silly_sum", []),
    ],
)
def test_the_plain_loops_have_their_own_plot_where_they_are_not_linear(data, lesson, kinds):
    assert complexity.kinds(complexity.curves_of(*result_and_lesson(data, lesson))) == kinds


def result_and_lesson(name, lesson):
    result = load(HERE / "data" / f"{name}.json")
    return result, result.lesson(lesson)


def test_a_version_without_a_fit_is_drawn_and_says_so(recorded, written):
    tree = recorded("solutions")
    tree["versions"][0]["exponent"] = None
    result = load(written(tree))
    svg = style.to_svg(partial(complexity_of, "loglog", result, result.lesson("slow_thing")))
    assert "no exponent: too few sizes" in svg_text(svg)


def test_threads_that_had_one_core_say_so(recorded, written):
    tree = recorded("solutions")
    for version in tree["versions"]:
        for point in version["sweep"] or ():
            point["cores"] = 1
    result = load(written(tree))
    labels = [curve.label for curve in complexity.curves_of(result, result.lesson("slow_thing"))]
    assert labels == ["serial", "parallel, 2 threads on one core", "optimized"]


def test_times_below_the_clocks_resolution_are_left_out(recorded, written):
    tree = recorded("solutions")
    for version in tree["versions"][:3]:
        for at in version["sweep"]:
            at.update(time_s=0, low_s=0, high_s=0)
    result = load(written(tree))
    assert complexity.curves_of(result, result.lesson("slow_thing")) == []


def test_the_wall_clock_is_shown_where_there_are_cores():
    curves = scaling.curves_of(*result_and_lesson("solutions", "slow_thing"))
    assert [(curve.predicted, [point.threads for point in curve.points]) for curve in curves] == [
        (True, [2, 4, 8, 16]),
        (False, [2]),
    ]


def test_the_wall_clock_names_the_cores(drawn):
    text = svg_text(style.to_svg(drawn("scaling_wall_only")))
    assert "on 2 cores:" in text
    assert not any("predicted" in line for line in text)


def test_a_right_pixel_is_zero_and_a_wrong_one_never_pale():
    expected = np.array([[1.0, 1e6, 0.0, 3.0, 5.0]])
    actual = np.array([[np.nextafter(1.0, 2), 2e6, 1e-9, 3.0, np.nan]])
    shown, largest = mismatch.visible_difference(expected, actual)
    assert largest == 1e6
    assert shown[0, [0, 3]].tolist() == [0, 0]
    assert shown[0, 1] == 1
    assert mismatch.PALEST <= shown[0, 2] < 0.36
    assert np.isnan(shown[0, 4])


def test_the_largest_doubles_have_a_difference():
    shown, largest = mismatch.visible_difference(np.array([[-1.7e308]]), np.array([[1.7e308]]))
    assert shown.tolist() == [[1]]
    assert np.isfinite(largest)


def test_the_words_of_a_mismatch_tell_the_lost_band():
    result, lesson = result_and_lesson("half_done", "slow_thing")
    version = result.version(lesson, "parallel")
    text = mismatch.describe(lesson, version, version.mismatch)
    assert (
        "11×7 image with 3 threads: 14 of 77 pixels wrong, in rows 9 to 10 and columns 0 to 6"
        in text
    )
    assert "row 9, column 0: expected 900\u202f000" in text


@pytest.mark.parametrize(
    ("wanted", "heights", "middles"),
    [
        ([0.2, 0.8], [0.2, 0.2], [0.2, 0.8]),
        ([0.5, 0.5], [0.2, 0.2], [0.5, 0.7]),
        ([1.0, 0.9], [0.2, 0.2], [0.9, 0.7]),
        ([0.0], [0.2], [0.1]),
    ],
)
def test_labels_keep_apart_and_inside(wanted, heights, middles):
    assert style.spread(wanted, heights) == pytest.approx(middles)


def test_every_version_has_its_own_colour_marker_and_dashes():
    lines = [style.line_of(name, 0) for name in ("serial", "parallel", "optimized")]
    for look in ("colour", "marker", "dashes"):
        assert len({getattr(line, look) for line in lines}) == 3


LINES = [
    style.line_of(name, index)
    for name in ("serial", "parallel", "optimized", "other")
    for index in range(3)
]


@pytest.mark.parametrize(
    "colour", {style.INK, style.GREY, style.WRONG, *(line.colour for line in LINES)}
)
def test_text_in_every_colour_can_be_read_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def luminance(colour):
    """Returns the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
