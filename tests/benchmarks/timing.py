"""Shared by the scripts of this folder: the C++ versions as one program, right answers, tables."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT))
from plots import words

LESSONS = {"slow_thing": "01_slow_thing", "silly_sum": "02_silly_sum"}
VERSIONS = ["serial", "parallel", "optimized"]
# The flags of the timed flavour in cmake/recipe.cmake.
NATIVE = "-march=native" if platform.machine() in ("x86_64", "AMD64") else "-mcpu=native"
TIMED = ["-std=c++20", "-O3", NATIVE, "-pthread", "-Wall", "-Wextra"]


class Program:
    """time_call.cpp and the reference solutions, built by one compiler into a folder."""

    def __init__(self, compiler, folder):
        self.compiler = compiler
        self.executable = Path(folder) / f"time_call-{Path(compiler).name}"
        folders = [ROOT / "solutions" / lesson for lesson in LESSONS.values()]
        sources = [folder / f"{version}.cpp" for folder in folders for version in VERSIONS]
        includes = [f"-I{ROOT / 'lessons' / lesson}" for lesson in ["", *LESSONS.values()]]
        sources.append(Path(__file__).with_name("time_call.cpp"))
        objects = [self.executable.with_suffix(f".{number}.o") for number in range(len(sources))]
        compiling = [
            subprocess.Popen([compiler, *TIMED, *includes, "-c", source, "-o", object_])
            for source, object_ in zip(sources, objects)
        ]
        if any([process.wait() for process in compiling]):  # a list: wait for them all
            raise SystemExit(f"{compiler}: the solutions or time_call.cpp don't compile")
        subprocess.run([compiler, "-pthread", *objects, "-o", self.executable], check=True)

    def seconds(self, *whats, rounds):
        """Times calls in turn in one process.

        Returns the seconds of one call, as a list with a number for each round, by name.
        """
        command = [self.executable, "time", str(rounds), *whats]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        return {entry["what"]: entry["seconds"] for entry in json.loads(output.stdout)}

    def answer(self, subject, image, threads=1):
        """Returns a copy of the image after one call."""
        name = f"{subject}/{image.shape[0]}x{image.shape[1]}/{threads}"
        output = subprocess.run(
            [self.executable, "answer", name],
            check=True,
            input=np.ascontiguousarray(image, dtype=np.float64).tobytes(),
            stdout=subprocess.PIPE,
        )
        return np.frombuffer(output.stdout).reshape(image.shape)


def random_image(rows, cols, seed=7):
    return np.random.default_rng(seed).integers(0, 256, (rows, cols)).astype(np.float64)


def right_answer(lesson, image):
    """Returns the pixels that a lesson asks for.

    They are computed in whole numbers, and equal the plain loops' to the last bit.
    """
    rows, cols = image.shape
    if image.size == 0:
        return image.copy()
    if lesson == "slow_thing":
        x, y = np.indices(image.shape)
        return (100_000 * x + 1000 * y).astype(np.float64)
    shares = rows * rows * image.astype(np.int64).sum(axis=1) + np.arange(rows)
    answer = image.copy()
    answer[:, -1] = shares.cumsum().astype(np.float64) / cols / rows
    return answer


def first_difference(actual, expected):
    """Returns what is wrong with an image; None if nothing is."""
    wrong = np.argwhere(actual != expected)
    if len(wrong) == 0:
        return None
    if not actual.any():
        return "every pixel is 0"
    x, y = wrong[0]
    return f"pixel ({x}, {y}) is {actual[x, y]:.10g}, not {expected[x, y]:.10g}"


def cpu_name():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def machine():
    cores = len(os.sched_getaffinity(0))
    system = f"{platform.system()} {platform.machine()}"
    return f"{cpu_name()}, {words.count(cores, 'core')}, {system}"


def compiler_name(compiler):
    version = subprocess.run(
        [compiler, "--version"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return version.splitlines()[0]


def print_table(header, rows, right_aligned=()):
    """Prints a table. The columns named in right_aligned are aligned to the right."""
    table = [header, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(header))]
    for number, row in enumerate(table):
        cells = [
            cell.rjust(width) if title in right_aligned else cell.ljust(width)
            for cell, width, title in zip(row, widths, header)
        ]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
