"""Writes the recorded results in tests/python/data: python3 tests/python/make_data.py.

The numbers are like those of a 2-core machine; the spread comes from a fixed seed.
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
    "serial": [("right answers", 6), ("at least 0.25× the reference", 2), ("at least 0.5× the reference", 2)],
    "parallel": [
        ("right answers", 8), ("speed-up at least 0.25 of the threads", 3),
        ("speed-up at least 0.5 of the threads", 3), ("speed-up at least 0.7 of the threads", 6),
    ],
    "optimized": [
        ("right answers", 4), ("at least 2× serial", 4), ("at least 6× serial", 4),
        ("at least 500× serial", 4), ("at least 20000× serial", 4),
    ],
}  # fmt: skip
SHAPES = [(0, 0), (0, 3), (3, 0), (1, 1), (1, 13), (13, 1), (5, 3), (3, 7), (11, 7), (7, 11), (10, 10)]
# pixels to time: fixed_s, scale_s, exponent, and the edges that the sweep reaches
TIMES = {
    ("slow_thing", "serial"): (0.0, 8.27e-5, 1.0, [10, 20, 30, 40, 50, 64]),
    ("slow_thing", "parallel"): (8e-5, 4.25e-5, 1.0, [10, 20, 30, 40, 50, 64]),
    ("slow_thing", "optimized"): (5e-8, 3.4e-10, 1.0, [10, 20, 30, 40, 50, 64, 96, 128, 192, 256, 512, 1024, 2048]),
    ("silly_sum", "serial"): (0.0, 2.45e-9, 2.0, [10, 20, 30, 40, 50, 64, 96, 128]),
    ("silly_sum", "parallel"): (7e-5, 1.28e-9, 2.0, [10, 20, 30, 40, 50, 64, 96, 128]),
    ("silly_sum", "optimized"): (4e-8, 1.4e-10, 1.0, [10, 20, 30, 40, 50, 64, 96, 128, 192, 256, 512, 1024, 1536]),
}


def empty(seed: int = SEED, submission: str = "lessons") -> Json:
    flags = "-std=c++20 -O3 -march=native"
    machine = {
        "cpu": "AMD EPYC 7B13", "cores": 2, "memory_mb": 7953, "os": "Debian GNU/Linux 12, Linux 6.18",
        "compiler": "g++ 12.2.0",
        "flags": {
            "timed": flags,
            "checked": "-std=c++20 -O1 -g -D_GLIBCXX_ASSERTIONS -fsanitize=address,undefined",
            "tsan": "-std=c++20 -O1 -g -fsanitize=thread",
        },
    }  # fmt: skip
    return {
        "schema": 1, "score": 0, "max_score": 100, "seed": seed, "graded_at": "2025-11-23T09:12:44Z",
        "submission": submission, "machine": machine, "isolation": "sandbox", "lessons": LESSONS, "versions": [],
    }  # fmt: skip


def stub(lesson: Json, version: str) -> Json:
    file = f"lessons/{lesson['folder']}/{version}.cpp"
    checks = [check("timed", 1, 1, 1, "not_started")]
    return {
        "lesson": lesson["name"], "version": version, "verdict": "not_started", "score": 0,
        "max_score": POINTS[version], "reused": False, "graded_at": "2025-11-23T09:12:44Z", "seed": SEED,
        "flags": [], "diagnosis": None, "message": f"{file} is still the stub.",
        "next": f"Open {file}, replace the line with kit::not_implemented, and type `make grade`.",
        "details": None, "output": None,
        "rubric": [{"name": name, "score": 0, "max_score": points} for name, points in RUBRIC[version]],
        "checks": checks, "mismatch": None, "sweep": None, "exponent": None,
        "stated_exponent": 2.0 if lesson["name"] == "silly_sum" and version != "optimized" else 1.0,
        "ratio": None, "speedup": None, "scaling": None,
    }  # fmt: skip


def check(flavour: str, rows: int, cols: int, threads: int, outcome: str, message: str | None = None) -> Json:
    return {"flavour": flavour, "rows": rows, "cols": cols, "threads": threads, "seed": SEED + rows * 100 + cols,
            "outcome": outcome, "message": message}  # fmt: skip


def all_checks(version: str, outcome: Callable[[str, int, int, int], str]) -> list[Json]:
    threads = [1, 2, 3, 5, 16] if version == "parallel" else [1]
    flavours = ["timed", "checked", "tsan"] if version == "parallel" else ["timed", "checked"]
    return [check(flavour, rows, cols, t, outcome(flavour, rows, cols, t))
            for flavour in flavours for rows, cols in SHAPES for t in threads]  # fmt: skip


def right(lesson: Json, version: str, noise: random.Random) -> Json:
    """A version that passes with all its points."""
    graded = stub(lesson, version)
    fixed_s, scale_s, power, edges = TIMES[lesson["name"], version]
    threads = 2 if version == "parallel" else 1
    for line in graded["rubric"]:
        line["score"] = line["max_score"]
    graded.update(
        verdict="pass", score=POINTS[version], next=None, checks=all_checks(version, lambda *_: "pass"),
        message="Every answer is right, and it is as fast as can be asked for.",
        sweep=[point(edge, threads, fixed_s + scale_s * (edge * edge) ** power, noise) for edge in edges],
        exponent={"value": round(power + noise.uniform(-0.02, 0.02), 3), "low": power - 0.05, "high": power + 0.06,
                  "fixed_s": fixed_s, "scale_s": scale_s},
    )  # fmt: skip
    graded["exponent"]["scale_s"] *= (40 * 40) ** (power - graded["exponent"]["value"])
    if version == "parallel":
        graded["scaling"] = "With 16 threads it reaches 95 % of the ideal speed-up: nothing much limits it."
        graded["speedup"] = [speedup(t, t * (1 - 0.003 * t), noise) for t in (2, 4, 8, 16)]
    else:
        graded["ratio"] = ratio(lesson["name"], version)
    return graded


def point(edge: int, threads: int, time_s: float, noise: random.Random) -> Json:
    median_s = time_s * noise.uniform(0.98, 1.03)
    return {"rows": edge, "cols": edge, "threads": threads, "time_s": median_s, "low_s": median_s * 0.97,
            "high_s": median_s * noise.uniform(1.03, 1.12),
            "reference_s": time_s * noise.uniform(0.95, 1.0)}  # fmt: skip


def speedup(threads: int, virtual: float, noise: random.Random) -> Json:
    wall = min(threads, 2) * noise.uniform(0.88, 0.97)
    return {"threads": threads, "virtual": round(virtual, 2), "low": round(virtual * 0.98, 2),
            "high": round(min(threads, virtual * 1.01), 2), "wall": round(wall, 2), "wall_low": round(wall * 0.8, 2),
            "wall_high": round(min(2.0, wall * 1.04), 2), "runnable": round(virtual * 0.99, 2),
            "work_s": 0.192, "span_s": round(0.192 / virtual, 6), "inflation": 1.0}  # fmt: skip


def ratio(lesson: str, version: str) -> Json:
    value = 1.01
    if version == "optimized":
        value = 223_000.0 if lesson == "slow_thing" else 24_300.0
    return {"baseline": "serial", "rows": 40, "cols": 40,
            "value": value, "low": value * 0.98, "high": value * 1.02}  # fmt: skip


def slow_thing(rows: int, cols: int, x: int, y: int) -> float:
    return 100_000.0 * x + 1000.0 * y


def picture(rows: int, cols: int, threads: int, actual: Value, expected: Value = slow_thing) -> Json:
    """A mismatch of two formulas of (rows, cols, x, y)."""
    where = [(x, y) for x in range(rows) for y in range(cols)]
    want = [expected(rows, cols, x, y) for x, y in where]
    got = [actual(rows, cols, x, y) for x, y in where]
    wrong = [index for index in range(rows * cols) if want[index] != got[index]]
    finite = [value if abs(value) < 1e300 else None for value in got]
    return {"rows": rows, "cols": cols, "threads": threads, "seed": SEED + 1, "flavour": "timed",
            "wrong_pixels": len(wrong), "first_row": where[wrong[0]][0], "first_col": where[wrong[0]][1],
            "expected": want, "actual": finite}  # fmt: skip


def graded(versions: list[Json]) -> Json:
    result = empty()
    result["versions"] = versions
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
    sum_serial.update(flags=["work_removed"], reused=True, seed=SEED - 12, graded_at="2025-11-22T17:40:02Z")
    result = graded(versions)
    result["isolation"] = "limits"
    return result


def fail(version: Json, verdict: str, earned: int) -> None:
    for line in version["rubric"]:
        line["score"] = 0
    version["rubric"][0]["score"] = earned
    version.update(verdict=verdict, score=earned, sweep=None, exponent=None, ratio=None, speedup=None,
                   scaling=None)


def make_wrong(version: Json) -> None:
    """The rows that are left over when threads doesn't divide them keep what the image held."""
    old = random.Random(5)
    held = {(x, y): float(old.randrange(256)) for x in range(11) for y in range(7)}
    fail(version, "wrong", 0)
    version.update(
        diagnosis="lost_remainder",
        message="parallel, 3 threads, 11×7: pixel (9, 0) is 11, expected 900000. Right with 1 thread. "
        "The last rows % threads rows are left out.",
        next="Let thread t have the rows [t * rows / threads, (t + 1) * rows / threads): no row is lost.",
        checks=all_checks("parallel", lambda _, rows, cols, threads:
                          "wrong" if rows * cols and rows % threads else "pass"),
        mismatch=picture(11, 7, 3, lambda rows, cols, x, y: held[x, y] if x >= 9 else slow_thing(rows, cols, x, y)),
    )  # fmt: skip


def make_slow(version: Json) -> Json:
    """Right, but several chains of additions only: two of five bands."""
    noise = random.Random(9)
    for line, score in zip(version["rubric"], (4, 4, 0, 0, 0)):
        line["score"] = score
    version.update(
        score=8,
        message="Every answer is right. 3.92 times faster than serial; the next band begins at 6.",
        next="Pixels don't wait for each other: sum several of them side by side, as many as a register holds.",
        sweep=[point(edge, 1, 2.1e-5 * edge * edge, noise) for edge in (10, 20, 30, 40, 50, 64, 96)],
        exponent={"value": 1.003, "low": 0.97, "high": 1.04, "fixed_s": 0.0, "scale_s": 2.05e-5},
        ratio={"baseline": "serial", "rows": 40, "cols": 40, "value": 3.92, "low": 3.71, "high": 6.02},
    )  # fmt: skip
    return version


def make_race(version: Json) -> None:
    fail(version, "race", 4)
    version["rubric"].insert(1, {"name": "instead: right on one thread, but threads race", "score": 4, "max_score": 4})
    version["rubric"][0]["score"] = 0
    version.update(
        diagnosis="shared_accumulator",
        message="Two threads write the same sum at the same time: silly_sum, parallel, 3 threads, 5×3.",
        next="Give every thread a sum of its own, and add them up after the last join.",
        details="WARNING: ThreadSanitizer: data race (pid=2)\n  Write of size 8 at 0x7b04000000a0 by thread T2:\n"
                "    #0 operator() parallel.cpp:14\n  Previous write of size 8 at 0x7b04000000a0 by thread T1:\n"
                "    #0 operator() parallel.cpp:14\n",
        checks=all_checks("parallel", lambda flavour, rows, cols, threads:
                          "race" if flavour == "tsan" and threads > 1 and rows * cols else "pass"),
        output="sum is 17\n",
    )  # fmt: skip


def make_build_error(version: Json) -> Json:
    version.update(
        verdict="build_error", checks=[], diagnosis=None,
        message=f"optimized.cpp doesn't compile: line 12: {HOSTILE}",
        next="Mend the first error; the ones after it often go away with it.",
        details=f"optimized.cpp:12:9: error: '{HOSTILE}' was not declared in this scope\n"
        "   12 |     summ += pixel;\n      |     ^~~~\n",
        output=HOSTILE,
    )  # fmt: skip
    return version


def main() -> None:
    DATA.mkdir(exist_ok=True)
    for make in (stubs, half_done, solutions):
        text = json.dumps(make(), indent=1, ensure_ascii=True)
        (DATA / f"{make.__name__}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
