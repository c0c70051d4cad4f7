"""Compute time over image size: in goes a lesson's measured versions, out comes a picture.

    python -m plots.complexity result.json --lesson silly_sum -o complexity.svg

`tutorial` is the plot of the tutorial, normal and parallel on sizes up to 40x40; `linear` has all
versions and the reference; `loglog` has the fitted curves, from which the growth is read.
"""

# Debian 12's matplotlib has no types.
# mypy: disable-error-code="import"

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from plots import cli, style, words
from plots.result import Exponent, Lesson, Measurement, Result, ResultError, Version, load

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import Locator

TUTORIAL_PIXELS = 40 * 40
TUTORIAL_NAMES = {"serial": "normal", "parallel": "parallel"}

# left, bottom, width, height in parts of the figure: the right is for the labels
FRAME = (0.14, 0.14, 0.495, 0.72)


@dataclass(frozen=True)
class Curve:
    """A version's sweep with its largest number of threads, by growing size."""

    version: str
    line: style.Line
    threads: int
    points: tuple[Measurement, ...]
    exponent: Exponent | None

    @property
    def last(self) -> Measurement:
        return self.points[-1]

    @property
    def label(self) -> str:
        return self.version if self.threads == 1 else f"{self.version}, {self.threads} threads"

    def up_to(self, pixels: int) -> Curve | None:
        points = tuple(point for point in self.points if point.pixels <= pixels)
        return Curve(self.version, self.line, self.threads, points, self.exponent) if points else None


def curves_of(result: Result, lesson: Lesson) -> list[Curve]:
    versions = result.versions_of(lesson)
    curves = (_curve(version, index) for index, version in enumerate(versions))
    return [curve for curve in curves if curve]


def _curve(version: Version, index: int) -> Curve | None:
    threads = max((point.threads for point in version.sweep or ()), default=1)
    # a time of 0 is below the clock's resolution, and has no place on a logarithmic scale
    points = [point for point in version.sweep or () if point.threads == threads and point.time_s > 0]
    if not points:
        return None
    points.sort(key=lambda point: point.pixels)
    line = style.line_of(version.version, index)
    return Curve(version.version, line, threads, tuple(points), version.exponent)


def tutorial_curves(curves: Sequence[Curve]) -> list[Curve]:
    return _up_to(TUTORIAL_PIXELS, [curve for curve in curves if curve.version in TUTORIAL_NAMES])


def linear_curves(curves: Sequence[Curve]) -> list[Curve]:
    """All of them, up to the largest size that the least measured one reaches."""
    return _up_to(min(curve.last.pixels for curve in curves), curves)


def _up_to(pixels: int, curves: Sequence[Curve]) -> list[Curve]:
    cut = (curve.up_to(pixels) for curve in curves)
    return [curve for curve in cut if curve]


def tutorial_figure(lesson: Lesson, curves: Sequence[Curve]) -> Figure:
    figure, axes = _framed(f"{lesson.name}: sizes up to 40×40 pixels")
    shown = tutorial_curves(curves)
    unit = _linear_axes(axes, shown)
    for curve in shown:
        _plot_points(axes, curve, unit, linestyle=curve.line.dashes)
    style.label_ends(axes, [_end_label(curve, _tutorial_text(curve), unit) for curve in shown])
    return figure


def _tutorial_text(curve: Curve) -> str:
    return f"{TUTORIAL_NAMES[curve.version]}\n{_last_time(curve)}"


def linear_figure(lesson: Lesson, curves: Sequence[Curve]) -> Figure:
    figure, axes = _framed(f"{lesson.name}: all versions and the reference")
    shown = linear_curves(curves)
    unit = _linear_axes(axes, shown)
    for curve in shown:
        _plot_reference(axes, curve, unit)
        _plot_points(axes, curve, unit, linestyle=curve.line.dashes)
    style.label_ends(axes, [_end_label(curve, f"{curve.label}\n{_last_time(curve)}", unit) for curve in shown])
    _reference_note(axes, shown)
    return figure


def loglog_figure(lesson: Lesson, curves: Sequence[Curve]) -> Figure:
    figure, axes = _framed(f"{lesson.name}: how the time grows")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("Image size in pixels")
    axes.set_ylabel("Compute time")
    axes.xaxis.set_major_formatter(lambda pixels, _: _pixels(pixels))
    axes.yaxis.set_major_formatter(lambda time_s, _: words.duration(time_s))
    axes.minorticks_off()
    for curve in curves:
        _plot_reference(axes, curve, 1.0)
        _plot_points(axes, curve, 1.0, linestyle="none")
        _plot_fit(axes, curve)
    style.label_ends(axes, [_end_label(curve, _growth_text(curve), 1.0) for curve in curves])
    _reference_note(axes, curves)
    return figure


FIGURES: dict[str, Callable[[Lesson, Sequence[Curve]], "Figure"]] = {
    "tutorial": tutorial_figure,
    "linear": linear_figure,
    "loglog": loglog_figure,
}


def _framed(title: str) -> tuple[Figure, Axes]:
    figure = style.new_figure()
    style.title(figure, title)
    return figure, figure.add_axes(FRAME)


def _linear_axes(axes: Axes, curves: Sequence[Curve]) -> float:
    """Sets both axes from 0, and gives the length in seconds of the unit of time."""
    longest_s = max(max(point.high_s, point.reference_s or 0) for curve in curves for point in curve.points)
    unit_s, unit = words.time_unit(longest_s)
    axes.set_xlim(0, 1.04 * max(curve.last.pixels for curve in curves))
    axes.set_ylim(0, 1.06 * longest_s / unit_s)
    axes.set_xlabel("Image size in pixels")
    axes.set_ylabel(f"Compute time in {unit}")
    axes.xaxis.set_major_locator(_few_ticks())
    axes.xaxis.set_major_formatter(lambda pixels, _: _pixels(pixels))
    return unit_s


def _few_ticks() -> Locator:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(5, integer=True)


def _plot_points(axes: Axes, curve: Curve, unit_s: float, linestyle: str) -> None:
    """The medians, with a bar from the fastest to the slowest repetition."""
    time = np.array([point.time_s for point in curve.points])
    low = np.array([min(point.low_s or point.time_s, point.time_s) for point in curve.points])
    high = np.array([max(point.high_s, point.time_s) for point in curve.points])
    axes.errorbar(
        [point.pixels for point in curve.points], time / unit_s, [(time - low) / unit_s, (high - time) / unit_s],
        color=curve.line.colour, marker=curve.line.marker, linestyle=linestyle,
        elinewidth=1, capsize=2, zorder=3,
    )  # fmt: skip


def _plot_fit(axes: Axes, curve: Curve) -> None:
    """The fitted curve, or the measured points joined where nothing was fitted."""
    if curve.exponent:
        pixels = np.geomspace(curve.points[0].pixels, curve.last.pixels, 60)
        fit = curve.exponent
        with np.errstate(over="ignore"):
            time_s = fit.fixed_s + fit.scale_s * pixels**fit.value
    else:
        pixels = np.array([point.pixels for point in curve.points])
        time_s = np.array([point.time_s for point in curve.points])
    axes.plot(pixels, time_s, color=curve.line.colour, linestyle=curve.line.dashes, zorder=2)


def _plot_reference(axes: Axes, curve: Curve, unit_s: float) -> None:
    measured = [(point.pixels, point.reference_s) for point in curve.points if point.reference_s]
    axes.plot(
        [pixels for pixels, _ in measured], [time_s / unit_s for _, time_s in measured],
        color=style.GREY, marker=curve.line.marker, markerfacecolor="white", linestyle=curve.line.dashes,
        linewidth=0.9, markersize=4, zorder=1,
    )  # fmt: skip


def _reference_note(axes: Axes, curves: Sequence[Curve]) -> None:
    if any(point.reference_s for curve in curves for point in curve.points):
        axes.text(1.07, 1.05, "grey, hollow: the reference", transform=axes.transAxes, color=style.GREY, size=7.5)


def _end_label(curve: Curve, text: str, unit_s: float) -> style.EndLabel:
    return style.EndLabel(text, curve.line.colour, curve.last.pixels, curve.last.time_s / unit_s)


def _last_time(curve: Curve) -> str:
    return f"{curve.last.rows}×{curve.last.cols}: {words.duration(curve.last.time_s)}"


def _growth_text(curve: Curve) -> str:
    fit = curve.exponent
    if not fit:
        return f"{curve.label}\nno exponent: too few sizes"
    slower = words.growth(fit.value).replace("doubling the pixels ", "doubling the pixels\n")
    return f"{curve.label}\nexponent {words.interval(fit.value, fit.low, fit.high)}\n{slower}"


def _pixels(pixels: float) -> str:
    for size, name in ((1e6, "M"), (1e3, "k")):
        if pixels >= 10 * size or (pixels >= size and pixels % size == 0):
            return f"{words.short(pixels / size)}{name}"
    return words.short(pixels)


def describe(kind: str, lesson: Lesson, curves: Sequence[Curve]) -> str:
    """The picture in words, for those who don't see it."""
    if kind == "loglog":
        facts = [f"{curve.label}: {_describe_growth(curve)}" for curve in curves]
        return f"Compute time over image size of {lesson.name}, both axes logarithmic. {'; '.join(facts)}."
    shown = tutorial_curves(curves) if kind == "tutorial" else linear_curves(curves)
    facts = [f"{curve.label}, {_last_time(curve)}" for curve in shown]
    return f"Compute time over image size in pixels of {lesson.name}, both axes linear. {'; '.join(facts)}."


def _describe_growth(curve: Curve) -> str:
    fit = curve.exponent
    if not fit:
        return "too few sizes for an exponent"
    return f"exponent {words.interval(fit.value, fit.low, fit.high)}, {words.growth(fit.value)}"


def kinds(curves: Sequence[Curve]) -> list[str]:
    """The pictures that these curves are enough for."""
    if not curves:
        return []
    return [kind for kind in FIGURES if kind != "tutorial" or tutorial_curves(curves)]


def main() -> None:
    parser = cli.picture_parser("complexity", "Draws compute time over image size.")
    parser.add_argument("--plot", choices=FIGURES, default="loglog", help="default: loglog")
    arguments = parser.parse_args()
    result = load(arguments.result)
    lesson = result.lesson(arguments.lesson)
    curves = curves_of(result, lesson)
    if arguments.plot not in kinds(curves):
        raise ResultError(f"{arguments.result}: nothing of {lesson.name} was measured for this picture")
    cli.write_picture(arguments.output, lambda: FIGURES[arguments.plot](lesson, curves))


if __name__ == "__main__":
    cli.run(main)
