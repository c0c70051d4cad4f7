"""Writes the recorded results in tests/python/data.

    python3 tests/python/make_data.py

The numbers are like those of a machine with 2 cores. Their spread comes from a fixed seed.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SEED = 4117
HOSTILE = "<script>alert(1)</script> </svg></style> $\\frac{1}{0}$ \x1b[31mred\x1b[0m &amp; \"'"
Json = dict[str, Any]
Value = Callable[[int, int, int, int], float]

LESSONS = [
    {"name": "slow_thing", "folder": "01_slow_thing", "title": "A slow thing for every pixel"},
    {"name": "silly_sum", "folder": "02_silly_sum", "title": "A silly sum over the whole image"},
]
POINTS = {"serial": 10, "parallel": 20, "optimized": 20}
RUBRIC = {
    "serial": [
        ("right answers", 6),
        ("0.25× the speed of the reference's serial", 2),
        ("0.5× the speed of the reference's serial", 2),
    ],
    "parallel": [
        ("right answers", 8),
        ("25 % of the ideal speed-up", 3),
        ("45 % of the ideal speed-up", 3),
        ("65 % of the ideal speed-up", 6),
    ],
    "optimized": [
        ("right answers", 4),
        ("2× the speed of the reference's serial", 4),
        ("6× the speed of the reference's serial", 4),
        ("500× the speed of the reference's serial", 4),
        ("20 000× the speed of the reference's serial", 4),
    ],
}
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
    (7, 11),
    (10, 10),
]
# The time over the pixels, as fixed_s, scale_s and exponent, and the edges of the sweep.
TIMES = {
    ("slow_thing", "serial"): (0.0, 8.27e-5, 1.0, [10, 20, 30, 40, 50, 64]),
    ("slow_thing", "parallel"): (8e-5, 4.25e-5, 1.0, [10, 20, 30, 40, 50, 64]),
    ("slow_thing", "optimized"): (
        5e-8,
        3.4e-10,
        1.0,
        [10, 20, 30, 40, 50, 64, 96, 128, 192, 256, 512, 1024, 2048],
    ),
    ("silly_sum", "serial"): (0.0, 2.45e-9, 2.0, [10, 20, 30, 40, 50, 64, 96, 128]),
    ("silly_sum", "parallel"): (7e-5, 1.28e-9, 2.0, [10, 20, 30, 40, 50, 64, 96, 128]),
    ("silly_sum", "optimized"): (
        4e-8,
        1.4e-10,
        1.0,
        [10, 20, 30, 40, 50, 64, 96, 128, 192, 256, 512, 1024, 1536],
    ),
}


def empty(seed: int = SEED, submission: str = "lessons") -> Json:
    flags = "-std=c++20 -O3 -march=native"
    machine = {
        "cpu": "AMD EPYC 7B13",
        "cores": 2,
        "memory_mb": 7953,
        "os": "Debian GNU/Linux 12, Linux 6.18",
        "compiler": "g++ 12.2.0",
        "flags": {
            "timed": flags,
            "checked": "-std=c++20 -O1 -g -D_GLIBCXX_ASSERTIONS -fsanitize=address,undefined",
            "tsan": "-std=c++20 -O1 -g -fsanitize=thread",
        },
    }
    return {
        "schema": 1,
        "score": 0,
        "max_score": 100,
        "seed": seed,
        "inputs": "fresh",
        "graded_at": "2025-11-23T09:12:44Z",
        "submission": submission,
        "machine": machine,
        "isolation": "sandbox",
        "lessons": LESSONS,
        "versions": [],
    }


def stub(lesson: Json, version: str) -> Json:
    file = f"{lesson['folder']}/{version}.cpp"
    checks = [check("timed", 1, 1, 1, "not_started")]
    return {
        "lesson": lesson["name"],
        "version": version,
        "verdict": "not_started",
        "score": 0,
        "max_score": POINTS[version],
        "reused": False,
        "graded_at": "2025-11-23T09:12:44Z",
        "seed": SEED,
        "flags": [],
        "diagnosis": None,
        "message": "",
        "next": f"Open {file} and follow its TODO.",
        "details": None,
        "output": None,
        "rubric": [
            {"name": name, "score": 0, "max_score": points} for name, points in RUBRIC[version]
        ],
        "checks": checks,
        "mismatch": None,
        "sweep": None,
        "exponent": None,
        "stated_exponent": 2.0 if lesson["name"] == "silly_sum" and version != "optimized" else 1.0,
        "ratio": None,
        "speedup": None,
        "scaling": None,
    }


def check(
    flavour: str, rows: int, cols: int, threads: int, outcome: str, message: str | None = None
) -> Json:
    return {
        "flavour": flavour,
        "rows": rows,
        "cols": cols,
        "threads": threads,
        "seed": SEED + rows * 100 + cols,
        "outcome": outcome,
        "message": message,
    }


def all_checks(version: str, outcome: Callable[[str, int, int, int], str]) -> list[Json]:
    threads = [1, 2, 3, 5, 16] if version == "parallel" else [1]
    flavours = ["timed", "checked", "tsan"] if version == "parallel" else ["timed", "checked"]
    return [
        check(flavour, rows, cols, t, outcome(flavour, rows, cols, t))
        for flavour in flavours
        for rows, cols in SHAPES
        for t in threads
    ]


def right(lesson: Json, version: str, noise: random.Random) -> Json:
    """Returns a version that passes with all its points."""
    graded = stub(lesson, version)
    fixed_s, scale_s, power, edges = TIMES[lesson["name"], version]
    threads = 2 if version == "parallel" else 1
    for line in graded["rubric"]:
        line["score"] = line["max_score"]
    graded.update(
        verdict="pass",
        score=POINTS[version],
        next=None,
        checks=all_checks(version, lambda *_: "pass"),
        message="",
        sweep=[
            point(edge, threads, fixed_s + scale_s * (edge * edge) ** power, noise)
            for edge in edges
        ],
        exponent={
            "value": round(power + noise.uniform(-0.02, 0.02), 3),
            "low": power - 0.05,
            "high": power + 0.06,
            "fixed_s": fixed_s,
            "scale_s": scale_s,
        },
    )
    graded["exponent"]["scale_s"] *= (40 * 40) ** (power - graded["exponent"]["value"])
    if version == "parallel":
        graded[
            "scaling"
        ] = "With 16 threads it reaches 95 % of the ideal speed-up: nothing much limits it."
        graded["speedup"] = [speedup(t, t * (1 - 0.003 * t), noise) for t in (2, 4, 8, 16)]
    else:
        graded["ratio"] = ratio(lesson["name"], version)
    return graded


def point(
    edge: int, threads: int, time_s: float, noise: random.Random, reference_s: float | None = None
) -> Json:
    """Returns a time of the sweep; the reference is as fast if its time isn't given."""
    median_s = time_s * noise.uniform(0.98, 1.03)
    return {
        "rows": edge,
        "cols": edge,
        "threads": threads,
        "cores": 2,
        "time_s": median_s,
        "low_s": median_s * 0.97,
        "high_s": median_s * noise.uniform(1.03, 1.12),
        "reference_s": (reference_s or time_s) * noise.uniform(0.95, 1.0),
    }


def speedup(threads: int, virtual: float, noise: random.Random) -> Json:
    wall = min(threads, 2) * noise.uniform(0.88, 0.97)
    return {
        "threads": threads,
        "virtual": round(virtual, 2),
        "low": round(virtual * 0.98, 2),
        "high": round(min(threads, virtual * 1.01), 2),
        "wall": round(wall, 2),
        "wall_low": round(wall * 0.8, 2),
        "wall_high": round(min(2.0, wall * 1.04), 2),
        "runnable": round(virtual * 0.99, 2),
        "work_s": 0.192,
        "span_s": round(0.192 / virtual, 6),
        "inflation": 1.0,
    }


def ratio(lesson: str, version: str) -> Json:
    value = 1.01
    if version == "optimized":
        value = 223_000.0 if lesson == "slow_thing" else 24_300.0
    return {
        "baseline": "serial",
        "rows": 40,
        "cols": 40,
        "value": value,
        "low": value * 0.98,
        "high": value * 1.02,
    }


def slow_thing(rows: int, cols: int, x: int, y: int) -> float:
    return 100_000.0 * x + 1000.0 * y


def picture(
    rows: int, cols: int, threads: int, actual: Value, expected: Value = slow_thing
) -> Json:
    """Returns the mismatch of two formulas of (rows, cols, x, y)."""
    where = [(x, y) for x in range(rows) for y in range(cols)]
    want = [expected(rows, cols, x, y) for x, y in where]
    got = [actual(rows, cols, x, y) for x, y in where]
    wrong = [index for index in range(rows * cols) if want[index] != got[index]]
    finite = [value if abs(value) < 1e300 else None for value in got]
    return {
        "rows": rows,
        "cols": cols,
        "threads": threads,
        "seed": SEED + 1,
        "flavour": "timed",
        "wrong_pixels": len(wrong),
        "first_row": where[wrong[0]][0],
        "first_col": where[wrong[0]][1],
        "expected": want,
        "actual": finite,
    }


def graded(versions: list[Json], lessons: list[Json] = LESSONS) -> Json:
    """Returns a result whose points are scaled to 100, as the grader does."""
    result = empty()
    scale = 100 / sum(version["max_score"] for version in versions)
    if scale != 1:
        for version in versions:
            for points in (version, *version["rubric"]):
                points.update(score=points["score"] * scale, max_score=points["max_score"] * scale)
    result.update(lessons=lessons, versions=versions)
    result["score"] = round(sum(version["score"] for version in versions), 2)
    return result


def stubs() -> Json:
    return graded([stub(lesson, version) for lesson in LESSONS for version in POINTS])


def solutions() -> Json:
    noise = random.Random(SEED)
    return graded([right(lesson, version, noise) for lesson in LESSONS for version in POINTS])


def half_done() -> Json:
    versions = copy.deepcopy(solutions()["versions"])
    _, lost_band, shared_sum, sum_serial, race, no_build = versions
    make_wrong(lost_band)
    versions[2] = make_slow(shared_sum)
    make_race(race)
    versions[5] = make_build_error(stub(LESSONS[1], "optimized"))
    sum_serial.update(
        flags=["work_removed"], reused=True, seed=SEED - 12, graded_at="2025-11-22T17:40:02Z"
    )
    result = graded(versions)
    result["isolation"] = "limits"
    return result


def fail(version: Json, verdict: str, earned: int) -> None:
    for line in version["rubric"]:
        line["score"] = 0
    version["rubric"][0]["score"] = earned
    version.update(
        verdict=verdict,
        score=earned,
        sweep=None,
        exponent=None,
        ratio=None,
        speedup=None,
        scaling=None,
    )


def make_wrong(version: Json) -> None:
    """Makes the rows that are left over keep what the image held."""
    old = random.Random(5)
    held = {(x, y): float(old.randrange(256)) for x in range(11) for y in range(7)}
    fail(version, "wrong", 0)
    version.update(
        diagnosis="lost_remainder",
        message="3 threads, 11×7: pixel (9, 0) is 11, expected 900000; 14 of 77 pixels wrong. "
        "The rows left over when rows % threads isn't 0 are never computed.",
        next="Which rows does each thread have when threads doesn't divide rows? [t * rows / "
        "threads, (t + 1) * rows / threads) loses none. See it happen: make try "
        "LESSON=slow_thing VERSION=parallel ROWS=11 COLS=7 THREADS=3 SEED=4118",
        checks=all_checks(
            "parallel",
            lambda _, rows, cols, threads: "wrong" if rows * cols and rows % threads else "pass",
        ),
        mismatch=picture(
            11,
            7,
            3,
            lambda rows, cols, x, y: held[x, y] if x >= 9 else slow_thing(rows, cols, x, y),
        ),
    )


def make_slow(version: Json) -> Json:
    """Makes the version right, but only fast enough for two of five bands."""
    noise = random.Random(9)
    best_s, best_scale_s, *_ = TIMES["slow_thing", "optimized"]
    for line, score in zip(version["rubric"], (4, 4, 0, 0, 0)):
        line["score"] = score
    version.update(
        score=8,
        message="",
        next="The next band asks for 6× the speed of the reference's serial; it reaches 3.92×.",
        sweep=[
            point(edge, 1, 2.1e-5 * edge * edge, noise, best_s + best_scale_s * edge * edge)
            for edge in (10, 20, 30, 40, 50, 64, 96)
        ],
        exponent={"value": 1.003, "low": 0.97, "high": 1.04, "fixed_s": 0.0, "scale_s": 2.05e-5},
        ratio={
            "baseline": "serial",
            "rows": 40,
            "cols": 40,
            "value": 3.92,
            "low": 3.71,
            "high": 6.02,
        },
    )
    return version


def make_race(version: Json) -> None:
    fail(version, "race", 4)
    version.update(
        diagnosis="shared_accumulator",
        message="2 threads, 5×3: `sum` is written by two threads at once: parallel.cpp line 14 "
        "(write) and line 14 (write). Line 14: `sum += image(i, j) - k + l;`",
        next="Does each thread need one of its own? Then declare it inside the thread's "
        "function. What they really share is best written by each to a place of its own and "
        "combined after join(); or guard it with a std::mutex or std::atomic.",
        details="WARNING: ThreadSanitizer: data race (pid=2)\n"
        "  Write of size 8 at 0x7b04000000a0 by thread T2:\n"
        "    #0 operator() parallel.cpp:14\n"
        "  Previous write of size 8 at 0x7b04000000a0 by thread T1:\n"
        "    #0 operator() parallel.cpp:14\n",
        checks=all_checks(
            "parallel",
            lambda flavour, rows, cols, threads: "race"
            if flavour == "tsan" and threads > 1 and rows * cols
            else "pass",
        ),
        output="sum is 17\n",
    )


def make_build_error(version: Json) -> Json:
    version.update(
        verdict="build_error",
        checks=[],
        diagnosis=None,
        message=f"optimized.cpp doesn't compile: line 12: {HOSTILE}",
        next="Mend the first error; the ones after it often go away with it.",
        details=f"optimized.cpp:12:9: error: '{HOSTILE}' was not declared in this scope\n"
        "   12 |     summ += pixel;\n      |     ^~~~\n",
        output=HOSTILE,
    )
    return version


def verdicts() -> Json:
    """Every verdict that the others lack, and a lesson in which nothing is timed."""
    build_error, lost_join, off_by_one, endless, deadlock, hoarder = stubs()["versions"]
    accepts = judging()
    fail(build_error, "build_error", 0)
    build_error.update(
        checks=[],
        message="serial.cpp line 9: expected ‘;’ before ‘}’ token.",
        next="Mend the first error first: later ones often follow from it.",
        details="serial.cpp:9:39: error: expected ‘;’ before ‘}’ token\n"
        "    9 |     for (double& pixel : image.pixels()) { pixel = 0 }\n      |"
        + " " * 39
        + "^\n",
    )
    fail(lost_join, "crash", 0)
    lost_join.update(
        checks=all_checks("parallel", lambda flavour, rows, cols, threads: "crash"),
        diagnosis="thread_not_joined",
        message="1 thread, 5×3: std::terminate was called without an exception: was a "
        "std::thread destroyed before join()?",
        next="Keep the threads in a std::vector<std::jthread>: it joins them all when it ends.",
        details="terminate called without an active exception\n",
        output="starting\n",
    )
    fail(off_by_one, "memory_error", 0)
    off_by_one.update(
        checks=all_checks(
            "optimized", lambda flavour, *_: "memory_error" if flavour == "checked" else "pass"
        ),
        diagnosis="off_by_one",
        message="5×3: heap-buffer-overflow at optimized.cpp line 7, a write of 8 bytes near "
        "`next`, 0 bytes to the right of 32-byte region. Line 7: `for (std::size_t y = 0; y <= "
        "row.size(); ++y) *next++ = 1000.0 * y;`",
        next="What does that line touch, or compute, that it may not, and for which index or "
        "value?",
        details="==2==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x603000000060\n"
        "WRITE of size 8 at 0x603000000060 thread T0\n"
        "    #0 slow_thing::optimized(kit::Image&) optimized.cpp:7\n",
    )
    fail(endless, "timeout", 0)
    endless.update(
        checks=all_checks("serial", lambda *_: "timeout"),
        message="5×3: no answer after 5 s of CPU time: does a loop never end?",
        next="What does it wait for, or which loop doesn't end? See it happen: make try "
        "LESSON=silly_sum VERSION=serial ROWS=5 COLS=3 SEED=4620",
    )
    fail(deadlock, "timeout", 0)
    deadlock.update(
        checks=all_checks("parallel", lambda *_: "timeout"),
        diagnosis="deadlock",
        message="1 thread, 5×3: every thread has been waiting for 2 s: a deadlock, each waiting "
        "for another.",
        next="Which two locks are taken in one order here and in the other there?",
    )
    fail(hoarder, "out_of_memory", 0)
    hoarder.update(
        checks=all_checks("optimized", lambda *_: "out_of_memory"),
        message="5×3: it needs more memory than there is (at most 1024 MB may be used).",
        next="What grows with every pixel or every thread?",
    )
    versions = [build_error, lost_join, off_by_one, endless, deadlock, hoarder, accepts]
    return graded(versions, [*LESSONS, JUDGING])


JUDGING = {
    "name": "quality_assurance",
    "folder": "03_quality_assurance",
    "title": "Is the fast version right?",
}


def judging() -> Json:
    """Returns a version that is only compared, so it has no speed and no curve."""
    accepts = stub(LESSONS[0], "serial")
    accepts.update(
        lesson="quality_assurance",
        version="accepts",
        verdict="wrong",
        score=12,
        max_score=20,
        stated_exponent=0,
        message="It accepts what `lost_remainder` computes: 11×7, 3 threads.",
        next="Which shapes and numbers of threads do you compare? A band is lost only where "
        "threads doesn't divide rows.",
        rubric=[
            {"name": name, "score": points, "max_score": 4}
            for name, points in (
                ("accepts every right version", 4),
                ("finds captured_by_value", 4),
                ("finds wrong_loop_count", 4),
                ("finds lost_remainder", 0),
                ("finds square_only", 0),
            )
        ],
        checks=[
            check("timed", rows, cols, 1, "wrong" if rows > 7 else "pass") for rows, cols in SHAPES
        ],
    )
    return accepts


def main() -> None:
    DATA.mkdir(exist_ok=True)
    for make in (stubs, half_done, solutions, verdicts):
        text = json.dumps(make(), indent=1, ensure_ascii=True)
        (DATA / f"{make.__name__}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
