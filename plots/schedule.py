"""Draws a schedule on which a version fails: a lane for each thread, time downwards.

    python -m plots.schedule result.json -o schedule.svg

Each step names its line, and the lines stand below the lanes. A red arrow is a switch that the
failure needs: the thread before could have gone on. A dotted lane waits; a cross ends the lane of a
thread that never goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from plots import cli, style, words
from plots.result import FailingSchedule, Lesson, Step, Version, load

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LANE_IN = 1.62
LEFT_IN = 0.1
STEP_IN = 0.19
HEAD_IN = 0.86  # title, subtitle and the names of the lanes
LINE_IN = 0.155  # a line of source
MOST_STEPS = 34
MOST_LANES = 6
MOST_LINES = 10
LONGEST_CODE = 88  # letters
COLOURS = (style.INK, "#00639c", "#a63f00", "#00735a", "#8a4a78", "#5b5b00")


@dataclass(frozen=True)
class Shown:
    """The steps that are drawn, and how many of them are left out before and after."""

    steps: tuple[Step, ...]
    before: int
    after: int


def figure(lesson: Lesson, version: Version, schedule: FailingSchedule) -> Figure:
    """Draws the schedule of a lesson's version."""
    shown = steps_shown(schedule)
    lanes = sorted({step.thread for step in shown.steps})[:MOST_LANES]
    lines = _lines(shown)
    lanes_in = len(shown.steps) * STEP_IN + 0.3
    width_in = max(4.9, 2 * LEFT_IN + LANE_IN * len(lanes))
    height_in = HEAD_IN + lanes_in + 0.12 + LINE_IN * len(lines)
    picture = style.new_figure(width_in, height_in)
    style.title(picture, f"{lesson.name}, {version.version}: a schedule on which it fails")
    style.subtitle(picture, _circumstances(schedule, shown))
    axes = picture.add_axes((0, 1 - (HEAD_IN + lanes_in) / height_in, 1, lanes_in / height_in))
    axes.set_axis_off()
    axes.set_xlim(0, width_in)
    axes.set_ylim(lanes_in / STEP_IN - 0.6, -0.6)
    _draw_lanes(axes, shown, lanes)
    _write_lines(picture, lines)
    return picture


def steps_shown(schedule: FailingSchedule) -> Shown:
    """Chooses the last steps, from shortly before the first switch on if that is later."""
    steps = schedule.steps
    switches = [index for index, step in enumerate(steps) if step.is_switch]
    first = max(0, switches[0] - 4) if switches else 0
    if len(steps) - first > MOST_STEPS and switches:  # what comes after the switches explains less
        last = min(len(steps), first + MOST_STEPS)
    else:
        first = max(first, len(steps) - MOST_STEPS)
        last = len(steps)
    return Shown(steps[first:last], first, len(steps) - last)


def lane_name(thread: int) -> str:
    """Names a thread as the messages do."""
    return "the caller" if thread == 0 else f"thread {thread}"


def _circumstances(schedule: FailingSchedule, shown: Shown) -> str:
    text = f"{schedule.rows}×{schedule.cols} pixels, {words.count(schedule.threads, 'thread')}"
    if shown.before or shown.after:
        text += f"; {words.count(shown.before + shown.after, 'more step')} before and after"
    return f"{text}. SCHEDULE={_short(schedule.name, 40)}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _lines(shown: Shown) -> list[tuple[int, str]]:
    lines = sorted({(step.line, step.code) for step in shown.steps if step.line and step.code})
    return [(line, _short(code, LONGEST_CODE)) for line, code in lines[:MOST_LINES]]


def _draw_lanes(axes: Axes, shown: Shown, lanes: list[int]) -> None:
    steps = shown.steps
    last = {step.thread: index for index, step in enumerate(steps)}
    for lane, thread in enumerate(lanes):
        x = _x(lane)
        colour = COLOURS[lane % len(COLOURS)]
        axes.text(x - 0.06, -1.2, lane_name(thread), size=8.5, weight="bold", color=colour)
        own = [index for index, step in enumerate(steps) if step.thread == thread]
        for index, following in zip(own, [*own[1:], None]):
            waits = steps[index].what.startswith("waits")
            end = following if following is not None else len(steps) - 0.2
            runs_on = following == index + 1
            if following is None and (steps[index].what == "ends" or shown.after):
                continue
            axes.plot(
                [x, x],
                [index, end],
                color=colour,
                linewidth=2.4 if runs_on else 0.9,
                linestyle=":" if waits else "-",
                solid_capstyle="butt",
            )
        final = steps[last[thread]]
        if final.what.startswith("waits") and not shown.after:
            axes.plot([x], [len(steps) - 0.2], "x", markersize=6, color=style.WRONG, mew=1.8)
    for index, step in enumerate(steps):
        if step.thread not in lanes:
            continue
        lane = lanes.index(step.thread)
        colour = style.WRONG if "beside the image" in step.what else COLOURS[lane % len(COLOURS)]
        axes.plot([_x(lane)], [index], marker="o", markersize=3.4, color=colour, linestyle="none")
        line = f"{step.line}: " if step.line else ""
        axes.text(
            _x(lane) + 0.08,
            index,
            _short(line + step.what, 34),
            size=6.8,
            va="center",
            color=colour,
        )
        if index and steps[index - 1].thread in lanes and steps[index - 1].thread != step.thread:
            _draw_switch(axes, index, lanes.index(steps[index - 1].thread), lane, step.is_switch)


def _draw_switch(axes: Axes, index: int, source: int, target: int, is_needed: bool) -> None:
    axes.annotate(
        "",
        (_x(target), index - 0.12),
        (_x(source), index - 0.88),
        arrowprops={
            "arrowstyle": "->",
            "color": style.WRONG if is_needed else style.GREY,
            "linewidth": 1.5 if is_needed else 0.5,
            "shrinkA": 1,
            "shrinkB": 2,
        },
    )


def _x(lane: int) -> float:
    return LEFT_IN + 0.08 + lane * LANE_IN


def _write_lines(picture: Figure, lines: list[tuple[int, str]]) -> None:
    height_in = picture.get_figheight()
    for index, (line, code) in enumerate(lines):
        bottom_in = LINE_IN * (len(lines) - index - 1) + 0.05
        picture.text(
            LEFT_IN / picture.get_figwidth(),
            bottom_in / height_in,
            f"{line}: {code}",
            size=6.2,
            family="monospace",
            va="bottom",
        )


def describe(lesson: Lesson, version: Version, schedule: FailingSchedule) -> str:
    """Says in words what the picture shows, for readers who can't see it."""
    shown = steps_shown(schedule)
    told = "; ".join(
        f"{lane_name(step.thread)} {step.what}" + (f" (line {step.line})" if step.line else "")
        for step in shown.steps
    )
    return f"A schedule on which {lesson.name}, {version.version} fails: {told}."


def main() -> None:
    """Draws the schedule of the first version that has one."""
    parser = cli.picture_parser("schedule", "Draws a schedule on which a version fails.")
    arguments = parser.parse_args()
    result = load(arguments.result)
    pictures = (
        partial(figure, lesson, version, version.schedule)
        for lesson in result.chosen(arguments.lesson)
        for version in result.versions_of(lesson)
        if version.schedule
    )
    missing = f"{arguments.result}: there is no schedule{cli.of(arguments.lesson, None)} to draw"
    cli.write_first_picture(arguments.output, pictures, missing)


if __name__ == "__main__":
    cli.run(main)
