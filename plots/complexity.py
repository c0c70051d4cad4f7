"""Draws the compute time of a lesson's versions over the image size.

    python -m plots.complexity result.json -o complexity.svg

There are three pictures. `loglog` shows all versions, the reference, and the fitted curves whose
slopes are the exponents. The other two are those of the tutorial, and end at 40x40 pixels: `plain`
shows the plain loops alone, if their time doesn't grow like the number of pixels, and `tutorial`
shows the versions that it calls normal and parallel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from plots import cli, style, words
from plots.result import Exponent, Lesson, Measurement, Result, Version, load

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import Locator

TUTORIAL_PIXELS = 40 * 40
TUTORIAL_NAMES = {"serial": "normal", "parallel": "parallel"}

# The axes' left, bottom, width and height in parts of the figure. The labels go to their right.
FRAME = (0.155, 0.14, 0.48, 0.72)


@dataclass(frozen=True)
class Curve:
    """A version's times with its largest number of threads, sorted by size; at least one."""

    version: str
    line: style.Line
    points: tuple[Measurement, ...]
    exponent: Exponent | None
    stated_exponent: float

    @property
    def last(self) -> Measurement:
        return self.points[-1]

    @property
    def label(self) -> str:
        return _with_threads(self.version, self)

    def up_to(self, pixels: int) -> Curve | None:
        """Returns the curve without larger images, or None if no point is left."""
        points = tuple(point for point in self.points if point.pixels <= pixels)
        return replace(self, points=points) if points else None


def curves_of(result: Result, lesson: Lesson) -> list[Curve]:
    """Returns a curve for each version of the lesson that was timed."""
    versions = result.versions_of(lesson)
    curves = (_curve(version, index) for index, version in enumerate(versions))
    return [curve for curve in curves if curve]


def _curve(version: Version, index: int) -> Curve | None:
    threads = max((point.threads for point in version.sweep or ()), default=1)
    # A time of 0 is below the clock's resolution, and a logarithmic axis has no place for it.
    points = [
        point for point in version.sweep or () if point.threads == threads and point.time_s > 0
    ]
    if not points:
        return None
    points.sort(key=lambda point: point.pixels)
    line = style.line_of(version.version, index)
    return Curve(version.version, line, tuple(points), version.exponent, version.stated_exponent)


def _with_threads(name: str, curve: Curve) -> str:
    return ", ".join(filter(None, [name, curve.last.threads_text]))


def tutorial_curves(curves: Sequence[Curve]) -> list[Curve]:
    """Returns the curves of `tutorial`: the tutorial's versions, up to its largest image."""
    cut = (curve.up_to(TUTORIAL_PIXELS) for curve in curves if curve.version in TUTORIAL_NAMES)
    return [curve for curve in cut if curve]


def plain_curves(curves: Sequence[Curve]) -> list[Curve]:
    """Returns the curve of `plain`, or none if the plain loops' time grows like the pixels."""
    return [
        curve
        for curve in tutorial_curves(curves)
        if curve.version == "serial" and curve.stated_exponent != 1
    ]


def plain_figure(lesson: Lesson, curves: Sequence[Curve]) -> Figure:
    """Draws `plain`, if `kinds` has it for these curves of `curves_of`."""
    return _scattered(f"{lesson.name}: the plain loops", plain_curves(curves))


def tutorial_figure(lesson: Lesson, curves: Sequence[Curve]) -> Figure:
    """Draws `tutorial`, if `kinds` has it for these curves of `curves_of`."""
    shown = tutorial_curves(curves)
    names = " and ".join(TUTORIAL_NAMES[curve.version] for curve in shown)
    return _scattered(f"{lesson.name}: {names}", shown)


def _scattered(title: str, curves: Sequence[Curve]) -> Figure:
    """Draws points without lines on linear axes, as the tutorial does."""
    figure, axes = _framed(title)
    unit = _linear_axes(axes, curves)
    for curve in curves:
        _plot_points(axes, curve, unit, markersize=7)
    style.label_ends(
        axes, [_end_label(curve, _tutorial_text(curve, curves), unit) for curve in curves]
    )
    return figure


def _tutorial_text(curve: Curve, curves: Sequence[Curve]) -> str:
    name = _with_threads(TUTORIAL_NAMES[curve.version], curve)
    return "\n".join([name, _last_time(curve), *_against_normal(curve, curves)])


def _against_normal(curve: Curve, curves: Sequence[Curve]) -> list[str]:
    """Compares a curve with that of normal at its largest size, if both were measured there."""
    for normal in curves:
        for point in normal.points:
            if normal.version == "serial" != curve.version and point.pixels == curve.last.pixels:
                return [f"{words.factor(point.time_s / curve.last.time_s)} as fast as normal"]
    return []


def loglog_figure(lesson: Lesson, curves: Sequence[Curve]) -> Figure:
    """Draws `loglog` from one or more curves of `curves_of`."""
    figure, axes = _framed(f"{lesson.name}: how the time grows")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("Image size in pixels")
    axes.set_ylabel("Compute time")
    axes.xaxis.set_major_formatter(lambda pixels, _: _pixels(pixels))
    axes.yaxis.set_major_formatter(lambda time_s, _: words.round_duration(time_s))
    axes.minorticks_off()
    for curve in curves:
        _plot_reference(axes, curve, 1.0)
        _plot_points(axes, curve, 1.0)
        _plot_fit(axes, curve)
    axes.set_xlim(*_with_room([point.pixels for curve in curves for point in curve.points]))
    axes.yaxis.set_major_locator(_decades(*axes.get_ylim()))
    style.label_ends(axes, [_end_label(curve, _growth_text(curve), 1.0) for curve in curves])
    _reference_note(axes, curves)
    return figure


FIGURES: dict[str, Callable[[Lesson, Sequence[Curve]], "Figure"]] = {
    "loglog": loglog_figure,
    "plain": plain_figure,
    "tutorial": tutorial_figure,
}


def _framed(title: str) -> tuple[Figure, Axes]:
    figure = style.new_figure()
    style.title(figure, title)
    return figure, figure.add_axes(FRAME)


def _linear_axes(axes: Axes, curves: Sequence[Curve]) -> float:
    """Starts both axes at 0 and returns the length of the unit of time in seconds."""
    longest_s = max(max(point.high_s, point.time_s) for curve in curves for point in curve.points)
    unit_s, unit = words.time_unit(longest_s)
    axes.set_xlim(0, 1.04 * max(curve.last.pixels for curve in curves))
    axes.set_ylim(0, 1.06 * longest_s / unit_s)
    axes.set_xlabel("Image size in pixels")
    axes.set_ylabel(f"Compute time in {unit}")
    axes.xaxis.set_major_locator(_few_ticks())
    axes.xaxis.set_major_formatter(lambda pixels, _: _pixels(pixels))
    return unit_s


def _decades(low: float, high: float) -> Locator:
    """Returns a tick at each power of ten, and at steps between them if there are only a few."""
    from matplotlib.ticker import LogLocator

    return LogLocator(subs=(1,) if high > 100 * low else (1, 2, 5))


def _with_room(values: Sequence[float]) -> tuple[float, float]:
    """Returns the limits of a logarithmic axis of these values, with room at both ends.

    Matplotlib's own limits depend on its version: 3.10 counts error bars among the data.
    """
    low, high = min(values), max(values)
    room = (high / low) ** 0.05 if high > low else 10
    return low / room, high * room


def _few_ticks() -> Locator:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(5, integer=True)


def _plot_points(axes: Axes, curve: Curve, unit_s: float, markersize: float = 5) -> None:
    """Draws the medians, each with a bar from the fastest to the slowest repetition."""
    below_s = [max(0.0, at.time_s - (at.low_s or at.time_s)) for at in curve.points]
    above_s = [max(0.0, at.high_s - at.time_s) for at in curve.points]
    axes.errorbar(
        [point.pixels for point in curve.points],
        [point.time_s / unit_s for point in curve.points],
        [[time_s / unit_s for time_s in below_s], [time_s / unit_s for time_s in above_s]],
        color=curve.line.colour,
        marker=curve.line.marker,
        markersize=markersize,
        linestyle="none",
        elinewidth=1,
        capsize=2,
        zorder=3,
    )


def _plot_fit(axes: Axes, curve: Curve) -> None:
    """Draws the fitted curve, or joins the points if the exponent isn't certain."""
    import numpy as np

    fit = curve.exponent
    if fit and words.is_certain(fit.low, fit.high):
        pixels = np.geomspace(curve.points[0].pixels, curve.last.pixels, 60)
        with np.errstate(over="ignore"):
            time_s = fit.fixed_s + fit.scale_s * pixels**fit.value
    else:
        pixels = np.array([point.pixels for point in curve.points])
        time_s = np.array([point.time_s for point in curve.points])
    axes.plot(pixels, time_s, color=curve.line.colour, linestyle=curve.line.dashes, zorder=2)


def _plot_reference(axes: Axes, curve: Curve, unit_s: float) -> None:
    measured = [(point.pixels, point.reference_s) for point in curve.points if point.reference_s]
    axes.plot(
        [pixels for pixels, _ in measured],
        [time_s / unit_s for _, time_s in measured],
        color=style.GREY,
        marker=curve.line.marker,
        markerfacecolor="white",
        linestyle=curve.line.dashes,
        linewidth=0.9,
        markersize=4,
        zorder=1,
    )


def _reference_note(axes: Axes, curves: Sequence[Curve]) -> None:
    if any(point.reference_s for curve in curves for point in curve.points):
        axes.text(
            1.07,
            1.05,
            "grey, hollow: the reference",
            transform=axes.transAxes,
            color=style.GREY,
            size=7.5,
        )


def _end_label(curve: Curve, text: str, unit_s: float) -> style.EndLabel:
    return style.EndLabel(text, curve.line.colour, curve.last.pixels, curve.last.time_s / unit_s)


def _last_time(curve: Curve) -> str:
    return f"{curve.last.rows}×{curve.last.cols}: {words.duration(curve.last.time_s)}"


def _growth_text(curve: Curve) -> str:
    fit = curve.exponent
    if not fit:
        return f"{curve.label}\nno exponent: too few sizes"
    found = words.exponent(fit.value, fit.low, fit.high).replace(", for", ",\nfor")
    if not words.is_certain(fit.low, fit.high):
        return f"{curve.label}\n{found}"
    slower = words.growth(fit.value).replace("doubling the pixels ", "doubling the pixels\n")
    return f"{curve.label}\n{found}\n{slower}"


def _pixels(pixels: float) -> str:
    for size, name in ((1e6, "M"), (1e3, "k")):
        if pixels >= 10 * size or (pixels >= size and pixels % size == 0):
            return f"{words.short(pixels / size)}{name}"
    return words.short(pixels)


def describe(kind: str, lesson: Lesson, curves: Sequence[Curve]) -> str:
    """Says in words what the picture of this kind shows, for readers who can't see it."""
    if kind == "loglog":
        facts = [f"{curve.label}: {_describe_growth(curve)}" for curve in curves]
        what = f"Compute time over image size of {lesson.name}, both axes logarithmic"
        return f"{what}. {'; '.join(facts)}."
    shown = tutorial_curves(curves) if kind == "tutorial" else plain_curves(curves)
    facts = [
        ", ".join([curve.label, _last_time(curve), *_against_normal(curve, shown)])
        for curve in shown
    ]
    what = f"Compute time over image size in pixels of {lesson.name}, both axes linear"
    return f"{what}. {'; '.join(facts)}."


def _describe_growth(curve: Curve) -> str:
    fit = curve.exponent
    if not fit:
        return "too few sizes for an exponent"
    found = words.exponent(fit.value, fit.low, fit.high)
    return f"{found}, {words.growth(fit.value)}" if words.is_certain(fit.low, fit.high) else found


def kinds(curves: Sequence[Curve]) -> list[str]:
    """Returns the names of the pictures that can be drawn from these curves."""
    plain, tutorial = plain_curves(curves), tutorial_curves(curves)
    enough = {"loglog": bool(curves), "plain": bool(plain), "tutorial": len(tutorial) > len(plain)}
    return [kind for kind in FIGURES if enough[kind]]


def main() -> None:
    parser = cli.picture_parser("complexity", "Draws compute time over image size.")
    parser.add_argument("--plot", choices=FIGURES, default="loglog", help="default: loglog")
    arguments = parser.parse_args()
    result = load(arguments.result)
    pictures = (
        partial(FIGURES[arguments.plot], lesson, curves)
        for lesson in result.chosen(arguments.lesson)
        if arguments.plot in kinds(curves := curves_of(result, lesson))
    )
    missing = f"{arguments.result}: nothing{cli.of(arguments.lesson)} was measured for this picture"
    cli.write_first_picture(arguments.output, pictures, missing)


if __name__ == "__main__":
    cli.run(main)
