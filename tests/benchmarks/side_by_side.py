#!/usr/bin/python3
"""Times the course's Python, joblib and numba against the kit's C++, and checks their answers.

    tests/benchmarks/side_by_side.py [-o picture.svg] [--compiler g++]
"""

import argparse
import os
import tempfile
from dataclasses import dataclass
from typing import Callable

import numpy as np
import python_versions as py
import timing

from plots import words

RECTANGLE = (6, 4)
RUNS = [("slow_thing", 10), ("slow_thing", 40), ("silly_sum", 40)]

RIGHT, SQUARES_ONLY, WRONG = "right", "right on squares only", "WRONG"


@dataclass
class Entry:
    name: str
    answer: Callable  # image → image after a call
    seconds: Callable  # image → time for a call


@dataclass
class Row:
    lesson: str
    edge: int
    name: str
    seconds: float
    ratio: float  # the plain Python's time over this version's
    kind: str  # RIGHT, SQUARES_ONLY or WRONG
    verdict: str


def main():
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory() as folder:
        program = timing.Program(arguments.compiler, folder)
        rows = [row for lesson, edge in RUNS for row in measure(lesson, edge, program)]
    print(
        f"{timing.machine()}; {timing.compiler_name(arguments.compiler)}, "
        f"{' '.join(timing.TIMED[:3])}\n"
    )
    print_rows(rows)
    call_s = py.seconds(py.nothing, timing.random_image(1, 1))
    print(
        "\nnumba's times include the call from Python, "
        f"which takes {words.duration(call_s)} by itself."
    )
    if arguments.output:
        draw(rows, arguments)


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="also draw the table, as .svg or .png"
    )
    parser.add_argument(
        "--compiler", default=os.environ.get("CXX", "g++"), help="default: $CXX, else g++"
    )
    return parser.parse_args()


def measure(lesson, edge, program):
    image = timing.random_image(edge, edge)
    plain_s = None
    for entry in python_entries(lesson) + cpp_entries(lesson, program):
        kind, verdict = judge(entry, lesson, image)
        seconds = entry.seconds(image)
        plain_s = plain_s or seconds  # the first entry's
        yield Row(lesson, edge, entry.name, seconds, plain_s / seconds, kind, verdict)


def python_entries(lesson):
    versions = {
        "slow_thing": {
            "Python": py.slow_thing,
            "joblib": py.slow_thing_joblib,
            "numba": py.slow_thing_numba,
            "numba, loop mended": py.slow_thing_numba_loop_mended,
            "numba, all mended": py.slow_thing_numba_mended,
        },
        "silly_sum": {
            "Python": py.silly_sum,
            "numba": py.silly_sum_numba,
            "numba, all mended": py.silly_sum_numba_mended,
        },
    }[lesson]

    def python_entry(name, version):
        def answer(image):
            # slow_thing starts from zeros, as in the course, so that unwritten pixels show.
            work = np.zeros_like(image) if lesson == "slow_thing" else image.copy()
            version(work)
            return work

        return Entry(name, answer, lambda image: py.seconds(version, image))

    return [python_entry(name, version) for name, version in versions.items()]


def cpp_entries(lesson, program):
    def cpp_entry(version):
        subject, threads = f"{lesson}/{version}", os.cpu_count() if version == "parallel" else 1

        def seconds(image):
            what = f"{subject}/{image.shape[0]}x{image.shape[1]}/{threads}"
            return min(program.seconds(what, rounds=10)[what])

        name = f"C++ {version}" + (f", {threads} threads" if version == "parallel" else "")
        return Entry(name, lambda image: program.answer(subject, image, threads), seconds)

    return [cpp_entry(version) for version in timing.VERSIONS]


def judge(entry, lesson, image):
    difference = find_difference(entry, lesson, image)
    if difference:
        return WRONG, f"WRONG: {difference}"
    difference = find_difference(entry, lesson, timing.random_image(*RECTANGLE))
    if difference:
        return SQUARES_ONLY, f"WRONG on {RECTANGLE[0]}×{RECTANGLE[1]}: {difference}"
    return RIGHT, "right"


def find_difference(entry, lesson, image):
    try:
        return timing.first_difference(entry.answer(image), timing.right_answer(lesson, image))
    except IndexError as error:
        return f"IndexError, {error}"


def print_rows(rows):
    header = ["lesson", "image", "version", "time", "faster than Python", "answer"]
    cells = [
        [
            row.lesson,
            f"{row.edge}×{row.edge}",
            row.name,
            words.duration(row.seconds),
            words.factor(row.ratio),
            row.verdict,
        ]
        for row in rows
    ]
    timing.print_table(header, cells, right_aligned=["time", "faster than Python"])


def draw(rows, arguments):
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.fonttype"] = "none"
    matplotlib.rcParams["hatch.linewidth"] = 1.5
    from matplotlib import pyplot
    from matplotlib.patches import Patch

    styles = {
        RIGHT: {"facecolor": "#3b6ea5", "edgecolor": "#3b6ea5"},
        SQUARES_ONLY: {"facecolor": "#ffffff", "edgecolor": "#d98200", "hatch": "//"},
        WRONG: {"facecolor": "#ffffff", "edgecolor": "#c1121f", "hatch": "xx"},
    }
    groups = [[row for row in rows if (row.lesson, row.edge) == run] for run in RUNS]
    figure, panels = pyplot.subplots(
        len(groups),
        1,
        sharex=True,
        figsize=(9, 8.4),
        height_ratios=[len(group) for group in groups],
    )
    for panel, group in zip(panels, groups):
        names = range(len(group))
        for position, row in zip(names, group):
            panel.barh(position, row.seconds, height=0.72, **styles[row.kind])
            label = f" {words.duration(row.seconds)}"
            if row.kind == WRONG:
                label += f": {row.verdict.removeprefix('WRONG: ')}"
            panel.text(
                row.seconds,
                position,
                label,
                va="center",
                fontsize=9,
                color="#c1121f" if row.kind == WRONG else "#222222",
            )
        panel.set_yticks(names, [row.name for row in group])
        panel.invert_yaxis()
        panel.set_title(
            f"{group[0].lesson}, {group[0].edge}×{group[0].edge} pixels", loc="left", fontsize=11
        )
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(axis="y", length=0)
        panel.set_xscale("log")

    panels[-1].set_xlim(1e-8, 3e2)
    ticks = [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10]
    panels[-1].set_xticks(ticks, [words.round_duration(tick) for tick in ticks])
    panels[-1].minorticks_off()
    panels[-1].set_xlabel("time for one call (logarithmic; shorter is faster)")
    handles = [Patch(label=kind, **styles[kind]) for kind in (RIGHT, SQUARES_ONLY, WRONG)]
    handles[-1].set_label("wrong")
    figure.legend(handles=handles, loc="upper right", ncols=3, frameon=False, fontsize=9)
    what = f"{timing.machine()}; {timing.compiler_name(arguments.compiler)}"
    caption = f"{what}. Shortest time of several calls."
    figure.text(0.01, 0.008, caption, fontsize=8, color="#555555")
    figure.tight_layout(rect=(0, 0.025, 1, 0.97))
    figure.savefig(arguments.output, dpi=160)


if __name__ == "__main__":
    main()
