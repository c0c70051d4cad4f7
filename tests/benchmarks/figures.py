#!/usr/bin/python3
"""Prints, for each compiler, the figures of the optimized solutions and their targets.

    tests/benchmarks/figures.py [--compilers g++ clang++] [--rounds 40]

The figures show how near the solutions come to the machine's limits, by how much they beat numba,
and that no compiler solves the serial loops. The exit code is 1 if a target is missed.
"""

import argparse
import operator
import shutil
import statistics
import sys
import tempfile

import python_versions
import timing

from plots import words

SHAPES = [
    (0, 0),
    (0, 3),
    (3, 0),
    (1, 1),
    (1, 13),
    (13, 1),
    (5, 3),
    (3, 7),
    (11, 7),
    (16, 16),
    (17, 33),
    (31, 37),
]
LARGEST = {"slow_thing": 2048, "silly_sum": 1536}
NUMBA = {
    "slow_thing": python_versions.slow_thing_numba_loop_mended,
    "silly_sum": python_versions.silly_sum_numba,
}
ADDITIONS_PER_PIXEL = 1000 * 101  # of slow_thing


def main():
    arguments = parse_arguments()
    print(timing.machine())
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for compiler in arguments.compilers:
            print(f"\n{timing.compiler_name(compiler)}, {' '.join(timing.TIMED[:3])}")
            figures = list(all_figures(timing.Program(compiler, folder), arguments.rounds))
            missed += sum(not passed for _, _, _, passed, _ in figures)
            print_figures(figures)
    sys.exit(1 if missed else 0)


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    installed = [compiler for compiler in ["g++", "clang++"] if shutil.which(compiler)]
    parser.add_argument(
        "--compilers", nargs="+", default=installed, help="default: g++ and clang++, if installed"
    )
    parser.add_argument(
        "--rounds", type=int, default=40, help="repetitions; the shortest time counts"
    )
    return parser.parse_args()


def all_figures(program, rounds):
    """Yields a tuple (what, measured, target, passed, times) for each figure."""
    yield at_most(
        1.2,
        "slow_thing::optimized, 2048×2048 / filling once",
        *limit(program, "slow_thing", rounds),
    )
    yield at_most(
        1.2, "silly_sum::optimized, 1536×1536 / reading once", *limit(program, "silly_sum", rounds)
    )
    yield at_least(3, "numba / slow_thing::optimized, 40×40", *against_numba(program, "slow_thing"))
    yield at_least(
        5000, "numba / silly_sum::optimized, 40×40", *against_numba(program, "silly_sum")
    )
    yield from serial_figures(program)
    yield exactness(program)


def limit(program, lesson, rounds):
    """Compares a solution with the fastest pass that only fills, or only reads, its pixels."""
    shape = f"{LARGEST[lesson]}x{LARGEST[lesson]}"
    passes = {
        "slow_thing": [f"fill/{shape}"],
        "silly_sum": [f"read/{shape}", f"read_by_quarters/{shape}"],
    }[lesson]
    optimized = f"{lesson}/optimized/{shape}"
    seconds = program.seconds(*passes, optimized, rounds=rounds)
    # Compares round by round, since on a shared machine each one's fastest round is luck.
    ratio, pass_s = max(
        (
            statistics.median(map(operator.truediv, seconds[optimized], seconds[name])),
            statistics.median(seconds[name]),
        )
        for name in passes
    )
    return (
        ratio,
        f"{words.duration(statistics.median(seconds[optimized]))} / {words.duration(pass_s)}",
    )


def against_numba(program, lesson):
    what = f"{lesson}/optimized/40x40"
    image = timing.random_image(40, 40)
    numba_s, optimized_s = [], []
    for _ in range(5):  # in turn, so that other programs slow both
        numba_s.append(python_versions.seconds(NUMBA[lesson], image, budget_s=0.2))
        optimized_s += program.seconds(what, rounds=20)[what]
    return (
        min(numba_s) / min(optimized_s),
        f"{words.duration(min(numba_s))} / {words.duration(min(optimized_s))}",
    )


def serial_figures(program):
    """Shows that the compiler didn't solve the serial loops.

    Solved loops would need no time for an addition, and the same time for every size.
    """
    names = {
        (lesson, edge): f"{lesson}/serial/{edge}x{edge}"
        for lesson in timing.LESSONS
        for edge in (20, 40)
    }
    measured = program.seconds(*names.values(), rounds=5)
    best_s = {key: min(measured[name]) for key, name in names.items()}

    pixel_s = best_s["slow_thing", 20] / 20**2
    addition_ns = pixel_s / ADDITIONS_PER_PIXEL * 1e9
    what = "slow_thing::serial, time for an addition"
    detail = f"{words.duration(pixel_s)} for a pixel"
    yield what, f"{addition_ns:.2f} ns", "≥ 0.25 ns", addition_ns >= 0.25, detail
    for lesson, growth in [("slow_thing", 4), ("silly_sum", 16)]:
        ratio = best_s[lesson, 40] / best_s[lesson, 20]
        detail = f"{words.duration(best_s[lesson, 40])} / {words.duration(best_s[lesson, 20])}"
        passed = abs(ratio / growth - 1) <= 0.1
        yield f"{lesson}::serial, 40×40 / 20×20", f"{ratio:.2f}", f"{growth} ± 10 %", passed, detail


def exactness(program):
    wrong = []
    for lesson, largest in LARGEST.items():
        for version in timing.VERSIONS:
            shapes = SHAPES + (
                [(largest, largest), (largest, 1), (1, largest)] if version == "optimized" else []
            )
            for shape in shapes:
                image = timing.random_image(*shape)
                answer = program.answer(
                    f"{lesson}/{version}", image, threads=3 if version == "parallel" else 1
                )
                if timing.first_difference(answer, timing.right_answer(lesson, image)):
                    wrong.append(f"{lesson}::{version} on {shape[0]}×{shape[1]}")
    detail = (
        "wrong: " + ", ".join(wrong)
        if wrong
        else f"all versions, {len(SHAPES)} shapes and the largest"
    )
    return "answers right to the last bit", "no" if wrong else "yes", "yes", not wrong, detail


def at_most(target, what, ratio, detail):
    return what, words.factor(ratio), f"≤ {words.short(target)}×", ratio <= target, detail


def at_least(target, what, ratio, detail):
    return what, words.factor(ratio), f"≥ {words.short(target)}×", ratio >= target, detail


def print_figures(figures):
    header = ["", "what", "measured", "target", "times"]
    rows = [
        ["pass" if passed else "MISS", what, measured, target, detail]
        for what, measured, target, passed, detail in figures
    ]
    timing.print_table(header, rows, right_aligned=["measured", "target"])


if __name__ == "__main__":
    main()
