"""Draws a wrong answer: the expected image, the actual one and their difference.

    python -m plots.mismatch result.json -o mismatch.svg

Expected and actual have one colour scale. In the difference a right pixel is white, and a wrong
pixel is never pale, however little it is off. Pixels that aren't finite numbers are hatched.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from plots import cli, style, words
from plots.result import Lesson, Mismatch, Result, Version, load

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    Pixels = NDArray[np.float64]  # rows × columns; not a number where a pixel isn't finite

Box = tuple[float, float, float, float]  # left, bottom, width, height

RIGHT_ULP = 4  # a right answer may be off by so many units in the last place
LARGEST_DRAWN = 1e300  # so that sums of pixels are finite
PALEST = 0.35  # how much of the full colour the smallest difference has

WIDTH_IN = 4.9
LEFT_IN = 0.36
PANEL_IN = 1.38  # side by side
PANEL_NAMES = ("expected", "actual", "actual − expected")
STRIP_IN = 3.75  # one below the other
HEAD_IN = 0.76  # title, subtitle and the name of the first panel
FOOT_IN = 0.3  # the note on the first wrong pixel


@dataclass(frozen=True)
class Panels:
    """Three axes of one size, and the places of their colour bars."""

    figure: Figure
    axes: list[Axes]
    value_bar: Box
    difference_bar: Box


def figure(lesson: Lesson, version: Version, mismatch: Mismatch) -> Figure:
    """Draws the mismatch of a lesson's version."""
    expected, actual = _image(mismatch, mismatch.expected), _image(mismatch, mismatch.actual)
    panels = _strips(mismatch) if mismatch.cols >= 3 * mismatch.rows else _side_by_side(mismatch)
    style.title(panels.figure, f"{lesson.name}, {version.version}: {_counts(mismatch)}")
    style.subtitle(
        panels.figure,
        f"{mismatch.rows}×{mismatch.cols} pixels, {words.count(mismatch.threads, 'thread')}",
    )
    _draw_values(panels, expected, actual)
    _draw_difference(panels, expected, actual)
    for axes, name, image in zip(
        panels.axes, PANEL_NAMES, (expected, actual, actual / 2 - expected / 2)
    ):
        axes.set_title(name, size=8.5, loc="left", pad=4)
        _hatch_not_finite(axes, image)
        _mark_first(axes, mismatch)
        _set_ticks(axes, mismatch)
    _name_axes(panels)
    _note_first(panels.figure, mismatch)
    return panels.figure


def _image(mismatch: Mismatch, pixels: tuple[float | None, ...]) -> Pixels:
    import numpy as np

    return np.array(pixels, dtype=float).reshape(mismatch.rows, mismatch.cols)


def _side_by_side(mismatch: Mismatch) -> Panels:
    panel_height_in = PANEL_IN * min(max(mismatch.rows / mismatch.cols, 0.5), 1.4)
    bottom_in = FOOT_IN + 0.62
    picture = style.new_figure(WIDTH_IN, HEAD_IN + panel_height_in + bottom_in)
    lefts_in = (LEFT_IN, LEFT_IN + PANEL_IN + 0.1, WIDTH_IN - PANEL_IN - 0.12)
    bar_in = (FOOT_IN + 0.26, 0.08)
    return Panels(
        picture,
        [
            picture.add_axes(_parts(picture, left_in, bottom_in, PANEL_IN, panel_height_in))
            for left_in in lefts_in
        ],
        _parts(picture, lefts_in[0], bar_in[0], lefts_in[1] + PANEL_IN - lefts_in[0], bar_in[1]),
        _parts(picture, lefts_in[2], bar_in[0], PANEL_IN, bar_in[1]),
    )


def _strips(mismatch: Mismatch) -> Panels:
    """Places the three panels one below the other, for images much wider than tall."""
    strip_in = min(max(STRIP_IN * mismatch.rows / mismatch.cols, 0.3), 1.2)
    step_in = strip_in + 0.3
    bottom_in = FOOT_IN + 0.28
    picture = style.new_figure(WIDTH_IN, HEAD_IN + strip_in + 2 * step_in + bottom_in)
    bottoms_in = [bottom_in + above * step_in for above in (2, 1, 0)]
    bar_in = (LEFT_IN + STRIP_IN + 0.1, 0.08)
    return Panels(
        picture,
        [
            picture.add_axes(_parts(picture, LEFT_IN, bottom_in, STRIP_IN, strip_in))
            for bottom_in in bottoms_in
        ],
        _parts(picture, bar_in[0], bottoms_in[1], bar_in[1], step_in + strip_in),
        _parts(picture, bar_in[0], bottoms_in[2], bar_in[1], strip_in),
    )


def _parts(
    picture: Figure, left_in: float, bottom_in: float, width_in: float, height_in: float
) -> Box:
    """Converts a box from inches to parts of the figure."""
    width, height = picture.get_size_inches()
    return left_in / width, bottom_in / height, width_in / width, height_in / height


def _draw_values(panels: Panels, expected: Pixels, actual: Pixels) -> None:
    import numpy as np

    expected, actual = (
        np.clip(image, -LARGEST_DRAWN, LARGEST_DRAWN) for image in (expected, actual)
    )
    low, high = _scale(expected, actual)
    colours = _value_colours()
    for axes, image in zip(panels.axes, (expected, actual)):
        # A pixel far outside the scale is drawn as one just outside of it.
        near = np.clip(image, 2 * low - high, 2 * high - low)
        drawn = axes.imshow(
            near, cmap=colours, vmin=low, vmax=high, interpolation="none", aspect="auto"
        )
    below, above = bool(np.any(actual < low)), bool(np.any(actual > high))
    extend = {(True, True): "both", (True, False): "min", (False, True): "max"}.get(
        (below, above), "neither"
    )
    _colour_bar(panels, drawn, panels.value_bar, [low, high], extend)


def _scale(expected: Pixels, actual: Pixels) -> tuple[float, float]:
    """Returns the least and the greatest value of the colour scale.

    It is the range of all finite pixels, or that of the expected ones alone if the actual ones
    would more than double it.
    """
    import numpy as np

    finite = expected[np.isfinite(expected)]
    both = np.concatenate([finite, actual[np.isfinite(actual)]])
    if both.size == 0:
        return 0.0, 1.0
    wide = (float(both.min()), float(both.max()))
    if finite.size == 0 or np.ptp(finite) == 0 or np.ptp(both) <= 2 * np.ptp(finite):
        return wide if wide[0] < wide[1] else (wide[0], wide[0] + 1)
    return float(finite.min()), float(finite.max())


def _draw_difference(panels: Panels, expected: Pixels, actual: Pixels) -> None:
    shown, largest = visible_difference(expected, actual)
    drawn = panels.axes[2].imshow(
        shown, cmap=_difference_colours(), vmin=-1, vmax=1, interpolation="none", aspect="auto"
    )
    if largest > 0:
        _colour_bar(panels, drawn, panels.difference_bar, [-1, 0, 1], "neither", scale=largest)


def visible_difference(expected: Pixels, actual: Pixels) -> tuple[Pixels, float]:
    """Returns actual - expected in parts of its largest size, and that size.

    The images have one shape, and so has the result. Its pixels are 0 where the answer is right,
    not a number where one of the two isn't, and else from PALEST to 1 in size. The largest size
    is 0 if no pixel differs.
    """
    import numpy as np

    # The halves are subtracted, since the difference of two finite numbers may not be finite.
    halved = actual / 2 - expected / 2
    is_right = np.abs(halved) <= RIGHT_ULP / 2 * np.spacing(np.abs(expected))
    largest = float(np.nanmax(np.abs(halved), initial=0.0))
    parts = np.abs(halved) / (largest or 1.0)
    shown = np.sign(halved) * (PALEST + (1 - PALEST) * parts)
    shown[is_right] = 0
    return shown, min(2 * largest, sys.float_info.max)


def _value_colours() -> Any:
    import matplotlib

    colours = matplotlib.colormaps["cividis"].copy()
    colours.set_extremes(bad="white", under="#d9d2e9", over="#b34700")
    return colours


def _difference_colours() -> Any:
    """Returns the colours of the difference: blue, white for a right pixel, orange."""
    from matplotlib.colors import LinearSegmentedColormap

    ends = [(0.0, "#004b87"), (0.5, "white"), (1.0, "#a63f00")]
    colours = LinearSegmentedColormap.from_list("difference", ends, N=257)
    colours.set_bad("white")
    return colours


def _colour_bar(
    panels: Panels, drawn: Any, place: Box, ticks: list[float], extend: str, scale: float = 1.0
) -> None:
    upright = place[3] * panels.figure.get_figheight() > place[2] * panels.figure.get_figwidth()
    bar = panels.figure.colorbar(
        drawn,
        cax=panels.figure.add_axes(place),
        orientation="vertical" if upright else "horizontal",
        extend=extend,
        extendfrac=0.06,
        ticks=ticks,
    )
    bar.outline.set_linewidth(0.6)
    bar.set_ticks(ticks, labels=[words.exact(tick * scale) for tick in ticks])
    bar.ax.tick_params(labelsize=7, length=2, pad=2)
    if not upright:  # the outer labels end at the ends of the bar
        labels = bar.ax.get_xticklabels()
        labels[0].set_horizontalalignment("left")
        labels[-1].set_horizontalalignment("right")


def _hatch_not_finite(axes: Axes, image: Pixels) -> None:
    import numpy as np
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    cells = [
        Path(
            [
                (x - 0.5, y - 0.5),
                (x + 0.5, y - 0.5),
                (x + 0.5, y + 0.5),
                (x - 0.5, y + 0.5),
                (0, 0),
            ],
            closed=True,
        )
        for y, x in zip(*np.nonzero(~np.isfinite(image)))
    ]
    if cells:
        hatched = Path.make_compound_path(*cells)
        axes.add_patch(
            PathPatch(
                hatched, facecolor="#f3f4f6", edgecolor=style.WRONG, hatch="xxxx", linewidth=0
            )
        )


def _mark_first(axes: Axes, mismatch: Mismatch) -> None:
    """Draws a frame around the first wrong pixel, never too small to see.

    The frame is red between white lines, so that it shows on every colour.
    """
    from matplotlib.patches import Rectangle

    width, height = max(1.0, mismatch.cols / 16), max(1.0, mismatch.rows / 16)
    corner = (mismatch.first_col - width / 2, mismatch.first_row - height / 2)
    for colour, width_pt in (("white", 3.2), (style.WRONG, 1.6)):
        axes.add_patch(
            Rectangle(
                corner,
                width,
                height,
                fill=False,
                edgecolor=colour,
                linewidth=width_pt,
                clip_on=False,
                zorder=4,
            )
        )


def _set_ticks(axes: Axes, mismatch: Mismatch) -> None:
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set_visible(True)
    axes.set_xticks(sorted({0, mismatch.cols - 1}))
    axes.set_yticks(sorted({0, mismatch.rows - 1}))
    axes.tick_params(labelsize=7, length=2, pad=2)


def _name_axes(panels: Panels) -> None:
    """Labels rows at the left edge and columns at the bottom edge; all panels have the same."""
    edges = [axes.get_position() for axes in panels.axes]
    for axes, edge in zip(panels.axes, edges):
        is_left = edge.x0 == min(other.x0 for other in edges)
        is_bottom = edge.y0 == min(other.y0 for other in edges)
        axes.tick_params(labelleft=is_left, labelbottom=is_bottom)
        if is_bottom:
            axes.set_xlabel("column", size=7.5, labelpad=-7 if len(axes.get_xticks()) > 1 else 0)
    panels.axes[0].set_ylabel(
        "row", size=7.5, labelpad=-5 if len(panels.axes[0].get_yticks()) > 1 else 0
    )


def _counts(mismatch: Mismatch) -> str:
    total = mismatch.rows * mismatch.cols
    return f"{mismatch.wrong_pixels} of {words.count(total, 'pixel')} wrong"


def first_wrong(mismatch: Mismatch) -> str:
    """Says where the first wrong pixel is, and what was expected there."""
    index = mismatch.first_row * mismatch.cols + mismatch.first_col
    expected, actual = (_value(pixels[index]) for pixels in (mismatch.expected, mismatch.actual))
    where = f"row {mismatch.first_row}, column {mismatch.first_col}"
    return f"{where}: expected {expected}, actual {actual}"


def _value(pixel: float | None) -> str:
    return "not finite" if pixel is None else words.exact(pixel)


def _note_first(picture: Figure, mismatch: Mismatch) -> None:
    note = f"First wrong pixel (red frame), {first_wrong(mismatch)}"
    picture.text(
        0.005, 0.07 / picture.get_figheight(), note, size=7.5, va="bottom", color=style.WRONG
    )


def describe(lesson: Lesson, version: Version, mismatch: Mismatch) -> str:
    """Says in words what the picture shows, for readers who can't see it."""
    expected, actual = _image(mismatch, mismatch.expected), _image(mismatch, mismatch.actual)
    shown, _ = visible_difference(expected, actual)
    wrong = ~(shown == 0)
    rows, columns = _spans(wrong.any(axis=1)), _spans(wrong.any(axis=0))
    return (
        f"Expected, actual and difference of {lesson.name}, {version.version}, on a "
        f"{mismatch.rows}×{mismatch.cols} image with {words.count(mismatch.threads, 'thread')}: "
        f"{_counts(mismatch)}, in rows {rows} and columns {columns}. "
        f"The first is {first_wrong(mismatch)}."
    )


def _spans(is_wrong: NDArray[np.bool_]) -> str:
    """Lists the indices of the true elements, with neighbours joined: "0 to 3, 7"."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_wrong, [False]]).astype(int)))
    spans = [(first, end - 1) for first, end in zip(edges[::2], edges[1::2])]
    return (
        ", ".join(f"{first}" if first == last else f"{first} to {last}" for first, last in spans)
        or "none"
    )


def _chosen(
    result: Result, lesson_name: str | None, version_name: str | None
) -> Iterator[tuple[Lesson, Version]]:
    for lesson in result.chosen(lesson_name):
        versions = (
            result.versions_of(lesson)
            if version_name is None
            else [result.version(lesson, version_name)]
        )
        yield from ((lesson, version) for version in versions)


def main() -> None:
    parser = cli.picture_parser("mismatch", "Draws a wrong answer beside the expected one.")
    parser.add_argument(
        "--version",
        help="a version's name, such as parallel (default: the first that has this picture)",
    )
    arguments = parser.parse_args()
    result = load(arguments.result)
    pictures = (
        partial(figure, lesson, version, version.mismatch)
        for lesson, version in _chosen(result, arguments.lesson, arguments.version)
        if version.mismatch
    )
    where = cli.of(arguments.lesson, arguments.version)
    missing = f"{arguments.result}: there is no wrong answer{where} to draw"
    cli.write_first_picture(arguments.output, pictures, missing)


if __name__ == "__main__":
    cli.run(main)
