"""Draws the speed-up of a lesson's versions over threads.

    python -m plots.scaling result.json -o scaling.svg

The predicted speed-up comes from work and span, so it doesn't depend on this machine's cores. The
speed-up by the wall clock does: beside a prediction, it is shown up to as many threads as there
are cores. Either may be missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from plots import cli, style, words
from plots.result import Lesson, Result, Speedup, load

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FRAME = (0.095, 0.14, 0.555, 0.72)


@dataclass(frozen=True)
class Point:
    """A speed-up with its interval: low <= speedup <= high."""

    threads: int
    speedup: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """A version's speed-up, predicted or by the wall clock; the points are sorted by threads."""

    version: str
    line: style.Line
    predicted: bool
    points: tuple[Point, ...]
    parallelism: float | None = None  # work over span, measured with the most threads

    @property
    def last(self) -> Point:
        return self.points[-1]


def curves_of(result: Result, lesson: Lesson) -> list[Curve]:
    """Returns what there is to draw of a lesson, and no curve without points.

    A version has up to two curves: the predicted one, then the one by the wall clock.
    """
    curves = []
    for index, version in enumerate(result.versions_of(lesson)):
        line = style.line_of(version.version, index)
        measured = sorted(version.speedup or (), key=lambda at: at.threads)
        predicted = [_point(at, at.predicted, at.low, at.high) for at in measured]
        wall = [
            _point(at, at.wall, at.wall_low, at.wall_high)
            for at in measured
            if at.predicted is None or at.threads <= result.machine.cores
        ]
        curves.append(
            Curve(
                version.version,
                line,
                True,
                tuple(point for point in predicted if point),
                _parallelism(measured),
            )
        )
        curves.append(Curve(version.version, line, False, tuple(point for point in wall if point)))
    return [curve for curve in curves if curve.points]


def _parallelism(measured: Sequence[Speedup]) -> float | None:
    most = measured[-1] if measured else None
    if most is None or not most.span_s:
        return None
    return max(1.0, most.work_s / most.span_s)


def bounds(parallelism: float, cores: int) -> tuple[float, float]:
    """Returns the least and the most speed-up of a program on so many cores.

    `parallelism` is its work over its span, and at least 1. The lower bound is Brent's theorem,
    the upper one follows from the laws of work and span.
    """
    return 1 / ((1 - 1 / parallelism) / cores + 1 / parallelism), min(cores, parallelism)


def _point(
    at: Speedup, speedup: float | None, low: float | None, high: float | None
) -> Point | None:
    """Returns the point if it was measured; a bound that wasn't is the speed-up itself."""
    if speedup is None:
        return None
    return Point(
        at.threads,
        speedup,
        min(speedup, speedup if low is None else low),
        max(speedup, speedup if high is None else high),
    )


def figure(lesson: Lesson, curves: Sequence[Curve], cores: int) -> Figure:
    """Draws one or more curves of `curves_of`, measured on a machine with so many cores."""
    picture = style.new_figure()
    style.title(picture, f"{lesson.name}: speed-up over threads")
    axes = picture.add_axes(FRAME)
    most = max(point.threads for curve in curves for point in curve.points)
    top = _top(curves, most, cores)
    _set_axes(axes, curves, most, top)
    axes.plot(
        [0, 2 * most], [0, 2 * most], color=style.GREY, linewidth=1, linestyle=(0, (5, 3)), zorder=1
    )
    if not any(curve.predicted for curve in curves) and cores < most:
        axes.axhline(cores, color=style.GREY, linewidth=0.9, linestyle=":", zorder=1)
    for curve in curves:
        _plot_bounds(axes, curve)
        _plot(axes, curve)
    ideal = style.EndLabel(
        "ideal: as many times\nas there are threads", style.GREY, min(most, top), min(most, top)
    )
    for curve in curves:
        if curve.last.threads < most:
            _label_beside(axes, curve, cores)
    at_the_edge = [_end_label(curve, cores) for curve in curves if curve.last.threads == most]
    style.label_ends(axes, [ideal, *at_the_edge])
    return picture


def _top(curves: Sequence[Curve], most: int, cores: int) -> float:
    """Returns the largest speed-up to show.

    A curve by the wall clock would lie flat at the bottom if the ideal of many threads were shown.
    """
    highest = max(point.high for curve in curves for point in curve.points)
    if any(curve.predicted for curve in curves):
        return max(most, highest)
    return max(highest, min(most, 2 * cores))


def _set_axes(axes: Axes, curves: Sequence[Curve], most: int, top: float) -> None:
    ticks = sorted({1, *(point.threads for curve in curves for point in curve.points)})
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.set_xlim(0, 1.04 * most)
    axes.set_ylim(0, 1.06 * top)
    axes.set_xlabel("Threads")
    axes.set_ylabel("Speed-up")


def _plot_bounds(axes: Axes, curve: Curve) -> None:
    if curve.parallelism is None:
        return
    cores = list(range(1, curve.last.threads + 1))
    low, high = zip(*(bounds(curve.parallelism, count) for count in cores), strict=True)
    axes.fill_between(cores, low, high, color=style.GREY, alpha=0.18, linewidth=0, zorder=0)


def _plot(axes: Axes, curve: Curve) -> None:
    speedups = [point.speedup for point in curve.points]
    below = [point.speedup - point.low for point in curve.points]
    above = [point.high - point.speedup for point in curve.points]
    axes.errorbar(
        [point.threads for point in curve.points],
        speedups,
        [below, above],
        color=curve.line.colour if curve.predicted else style.INK,
        marker=curve.line.marker if curve.predicted else "o",
        markerfacecolor=None if curve.predicted else "white",
        linestyle="-" if curve.predicted else ":",
        elinewidth=1,
        capsize=2,
        zorder=3,
    )


def _end_label(curve: Curve, cores: int) -> style.EndLabel:
    colour = curve.line.colour if curve.predicted else style.INK
    text = f"{curve.version}, {_kind(curve, cores)}:\n{_last(curve)}"
    return style.EndLabel(text, colour, curve.last.threads, curve.last.speedup)


def _label_beside(axes: Axes, curve: Curve, cores: int) -> None:
    """Writes the text of a curve that ends inside the frame right of its last point."""
    is_low = curve.last.speedup < 0.15 * axes.get_ylim()[1]
    axes.annotate(
        f"{_describe_kind(curve, cores)}: {words.factor(curve.last.speedup)}",
        (curve.last.threads, curve.last.speedup),
        (6, 12 if is_low else -5),
        textcoords="offset points",
        size=7.5,
        va="bottom" if is_low else "top",
        zorder=4,
    )


def _kind(curve: Curve, cores: int) -> str:
    return "predicted" if curve.predicted else f"wall clock\non {words.count(cores, 'core')}"


def _last(curve: Curve) -> str:
    low, high = (
        words.factor(bound).removesuffix("×") for bound in (curve.last.low, curve.last.high)
    )
    return f"{words.factor(curve.last.speedup)} ({low} to {high})"


def describe(lesson: Lesson, curves: Sequence[Curve], cores: int) -> str:
    """Says in words what the picture shows, for readers who can't see it."""
    facts = [
        f"{curve.version}, {_describe_kind(curve, cores)}: {_describe_points(curve)}"
        for curve in curves
    ]
    return f"Speed-up of {lesson.name} over threads, with the ideal line. {'; '.join(facts)}."


def _describe_kind(curve: Curve, cores: int) -> str:
    return (
        "predicted speed-up" if curve.predicted else f"wall clock on {words.count(cores, 'core')}"
    )


def _describe_points(curve: Curve) -> str:
    return ", ".join(
        f"{words.factor(point.speedup)} with {point.threads}" for point in curve.points
    )


def main() -> None:
    arguments = cli.picture_parser("scaling", "Draws speed-up over threads.").parse_args()
    result = load(arguments.result)
    pictures = (
        partial(figure, lesson, curves, result.machine.cores)
        for lesson in result.chosen(arguments.lesson)
        if (curves := curves_of(result, lesson))
    )
    missing = f"{arguments.result}: no speed-up{cli.of(arguments.lesson)} was measured"
    cli.write_first_picture(arguments.output, pictures, missing)


if __name__ == "__main__":
    cli.run(main)
