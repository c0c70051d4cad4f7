"""Draws a cache line that several threads use at once: its bytes, and which thread uses which.

    python -m plots.false_sharing result.json -o false_sharing.svg

A row for each thread, a column for each of the line's 64 bytes. Full cells are stored to, light
ones only loaded. At the right stands how often the thread used the line.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from plots import cli, style, words
from plots.result import FalseSharing, Lesson, LineOwner, Version, load
from plots.schedule import COLOURS, lane_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BYTES = 64
BYTE_IN = 0.066
ROW_IN = 0.21
LEFT_IN = 0.78
RIGHT_IN = 1.3
HEAD_IN = 0.95
FOOT_IN = 0.3
MOST_OWNERS = 16
LONGEST_CODE = 76  # letters


def figure(lesson: Lesson, version: Version, sharing: FalseSharing) -> Figure:
    """Draws the cache line of a lesson's version that is used the most."""
    owners = owners_shown(sharing)
    rows_in = ROW_IN * len(owners)
    width_in = LEFT_IN + BYTES * BYTE_IN + RIGHT_IN
    height_in = HEAD_IN + rows_in + FOOT_IN
    picture = style.new_figure(width_in, height_in)
    style.title(picture, f"{lesson.name}, {version.version}: who uses one cache line")
    style.subtitle(picture, _circumstances(sharing))
    axes = picture.add_axes((0, FOOT_IN / height_in, 1, rows_in / height_in))
    axes.set_axis_off()
    axes.set_xlim(-LEFT_IN / BYTE_IN, BYTES + RIGHT_IN / BYTE_IN)
    axes.set_ylim(len(owners), 0)
    _draw_grid(axes, len(owners))
    for row, owner in enumerate(owners):
        _draw_owner(axes, row, owner)
    if sharing.line:
        picture.text(
            0.1 / width_in,
            0.07 / height_in,
            _short(f"{sharing.line}: {sharing.code}"),
            size=6.2,
            family="monospace",
        )
    return picture


def owners_shown(sharing: FalseSharing) -> list[LineOwner]:
    """Chooses those that use the line the most, in the order of their bytes."""
    most = sorted(sharing.owners, key=lambda owner: -(owner.loads + owner.stores))[:MOST_OWNERS]
    return sorted(most, key=lambda owner: (first_byte(owner), owner.thread))


def first_byte(owner: LineOwner) -> int:
    """Returns the first byte that the thread uses."""
    used = [index for index in range(BYTES) if owner.stored[index] or owner.loaded[index]]
    return used[0] if used else BYTES


def _circumstances(sharing: FalseSharing) -> str:
    kind = "measured" if sharing.transfer_is_measured else "assumed"
    return (
        f"{words.count(sharing.threads, 'thread')}; a line takes "
        f"{words.duration(sharing.transfer_s)} to another core and back ({kind})"
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CODE else text[: LONGEST_CODE - 1] + "…"


def _draw_grid(axes: Axes, rows: int) -> None:
    axes.plot([0, BYTES, BYTES, 0, 0], [0, 0, rows, rows, 0], color=style.INK, linewidth=1)
    for byte in range(8, BYTES, 8):
        axes.plot([byte, byte], [0, rows], color=style.GREY, linewidth=0.4)
    for byte in range(0, BYTES + 1, 8):
        axes.annotate(
            f"{byte}",
            (byte, 0),
            (0, 2),
            textcoords="offset points",
            size=6,
            ha="center",
            va="bottom",
            color=style.GREY,
        )


def _draw_owner(axes: Axes, row: int, owner: LineOwner) -> None:
    colour = COLOURS[owner.thread % len(COLOURS)]
    for byte in range(BYTES):
        if owner.stored[byte] or owner.loaded[byte]:
            axes.broken_barh(
                [(byte, 1)],
                (row + 0.12, 0.76),
                facecolor=colour,
                alpha=1 if owner.stored[byte] else 0.35,
                linewidth=0,
            )
    axes.text(
        -1, row + 0.5, lane_name(owner.thread), size=7.5, ha="right", va="center", color=colour
    )
    axes.text(BYTES + 1, row + 0.5, _uses(owner), size=6.8, va="center", color=colour)


def _uses(owner: LineOwner) -> str:
    parts = []
    if owner.stores:
        parts.append(f"{_rounded(owner.stores)} stores")
    if owner.loads:
        parts.append(f"{_rounded(owner.loads)} loads")
    return ", ".join(parts)


def _rounded(count: int) -> str:
    """Writes a count with two digits: 880 000 becomes 880k."""
    for size, letter in ((10**6, "M"), (10**3, "k")):
        if count >= size:
            return (
                f"{count / size:.2g}{letter}" if count < 100 * size else f"{count // size}{letter}"
            )
    return str(count)


def describe(lesson: Lesson, version: Version, sharing: FalseSharing) -> str:
    """Says in words what the picture shows, for readers who can't see it."""
    told = "; ".join(
        f"{lane_name(owner.thread)}, bytes {_bytes(owner)}: {_uses(owner)}"
        for owner in owners_shown(sharing)
    )
    return f"A cache line that threads of {lesson.name}, {version.version} use at once: {told}."


def _bytes(owner: LineOwner) -> str:
    used = [index for index in range(BYTES) if owner.stored[index] or owner.loaded[index]]
    return f"{used[0]} to {used[-1]}" if used else "none"


def main() -> None:
    """Draws the cache line of the first version that has one."""
    parser = cli.picture_parser("false sharing", "Draws a cache line that threads use at once.")
    arguments = parser.parse_args()
    result = load(arguments.result)
    pictures = (
        partial(figure, lesson, version, version.false_sharing)
        for lesson in result.chosen(arguments.lesson)
        for version in result.versions_of(lesson)
        if version.false_sharing
    )
    missing = f"{arguments.result}: there is no cache line{cli.of(arguments.lesson, None)} to draw"
    cli.write_first_picture(arguments.output, pictures, missing)


if __name__ == "__main__":
    cli.run(main)
