"""Gives all pictures one style, and writes them as SVG or PNG.

Every version has a colour, a marker and a kind of line, so colour-blind readers and those of a
black-and-white print can tell the versions apart. The colours are Okabe and Ito's, darkened until
text in them has a contrast of 4.5 to 1 on white.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1f2933"
GREY = "#6b7280"
FAINT = "#dfe3e8"
WRONG = "#b3261e"

WIDTH_IN, HEIGHT_IN = 4.8, 3.6

_RC: dict[str, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "text.parse_math": False,  # a `$` in a name is only a `$`
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": 9,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "lines.linewidth": 1.6,
    "lines.markersize": 5,
    "hatch.linewidth": 0.7,
    "figure.facecolor": "white",
    "svg.fonttype": "none",
    "svg.hashsalt": "kit",
    "svg.image_inline": True,
}


@dataclass(frozen=True)
class Line:
    """How a curve is drawn: a colour such as #0065a3, and Matplotlib's names of the rest."""

    colour: str
    marker: str
    dashes: str


_LINES = {
    "serial": Line("#0065a3", "o", "-"),
    "parallel": Line("#b34700", "s", "--"),
    "optimized": Line("#00735c", "^", "-."),
}
_OTHER_LINES = (Line("#8b3f75", "D", ":"), Line("#5b4b00", "v", "-"), Line("#3d4a99", "P", "--"))


def line_of(version: str, index: int) -> Line:
    """Returns the line of a version; `index` picks one for a version without its own."""
    return _LINES.get(version) or _OTHER_LINES[index % len(_OTHER_LINES)]


@contextmanager
def applied() -> Iterator[None]:
    """Sets the style inside a with statement, in which a picture is drawn and written."""
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        # A reader's browser has the letters that the font lacks with which text is measured.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_RC)
        yield


def new_figure(width_in: float = WIDTH_IN, height_in: float = HEIGHT_IN) -> Figure:
    """Returns an empty figure; its size is in inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width_in, height_in))


def to_svg(draw: Callable[[], Figure]) -> str:
    """Draws a picture as SVG. Its text stays text, and the same numbers give the same SVG."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = io.StringIO()
    with applied():
        no_metadata = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        FigureCanvasSVG(draw()).print_svg(buffer, metadata=no_metadata)
    return buffer.getvalue()


def to_png(draw: Callable[[], Figure], dots_per_inch: int = 144) -> bytes:
    """Draws a picture as PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    buffer = io.BytesIO()
    with applied():
        canvas = FigureCanvasAgg(draw())
        canvas.figure.set_dpi(dots_per_inch)
        canvas.print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()


def to_bytes(draw: Callable[[], Figure], suffix: str) -> bytes:
    """Draws a picture as PNG if the suffix is .png, else as SVG."""
    return to_png(draw) if suffix == ".png" else to_svg(draw).encode()


def title(figure: Figure, text: str) -> None:
    """Writes a title above the axes."""
    figure.text(0.005, 1 - 0.1 / figure.get_figheight(), text, weight="bold", size=10, va="top")


def subtitle(figure: Figure, text: str) -> None:
    """Writes a second line below the title."""
    figure.text(0.005, 1 - 0.32 / figure.get_figheight(), text, color=GREY, size=8, va="top")


@dataclass(frozen=True)
class EndLabel:
    """A text beside the end of a curve, which is at `x` and `y` in data coordinates."""

    text: str
    colour: str
    x: float
    y: float


_LEADER: dict[str, Any] = {
    "arrowstyle": "-",
    "lw": 0.6,
    "shrinkA": 1,
    "shrinkB": 4,
    "relpos": (0, 0.5),
}


def label_ends(axes: Axes, labels: Sequence[EndLabel], size_pt: float = 7.5) -> None:
    """Writes each label right of the axes, as near to its curve as the other labels allow.

    Call it last: it needs the axes' final limits.
    """
    axes.get_xlim(), axes.get_ylim()  # settles limits that are still to be chosen
    height_pt = axes.get_position().height * axes.figure.get_figheight() * 72
    wanted = [_axes_fraction(axes, label) for label in labels]
    heights = [(label.text.count("\n") + 1.6) * size_pt * 1.3 / height_pt for label in labels]
    for label, y in zip(labels, spread(wanted, heights)):
        axes.annotate(
            label.text,
            (label.x, label.y),
            (1.07, y),
            textcoords=axes.transAxes,
            color=label.colour,
            size=size_pt,
            va="center",
            linespacing=1.3,
            annotation_clip=False,
            arrowprops={**_LEADER, "color": label.colour},
        )


def _axes_fraction(axes: Axes, label: EndLabel) -> float:
    return float(
        axes.transAxes.inverted().transform(axes.transData.transform((label.x, label.y)))[1]
    )


def spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Places boxes of these heights, each with its middle as near to the wanted one as it can be.

    Returns the middles in the same order. The boxes don't overlap, and none leaves the range from
    0 to 1 if all fit into it; if they don't, the lowest ones go below 0.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    middles = list(wanted)
    floor = 0.0
    for index in order:
        middles[index] = max(wanted[index], floor + heights[index] / 2)
        floor = middles[index] + heights[index] / 2
    ceiling = 1.0
    for index in reversed(order):
        middles[index] = min(middles[index], ceiling - heights[index] / 2)
        ceiling = middles[index] - heights[index] / 2
    return middles
