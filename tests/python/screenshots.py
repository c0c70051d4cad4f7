"""Takes pictures of the pages in Chromium, for a person to look at.

    python3 tests/python/screenshots.py FOLDER [result.json …]

Each result given, or each recorded result and a class of 500 students, becomes FOLDER/<name>.html,
and pictures of it: -phone.png, -laptop.png, -first.png (what a laptop shows before anything is
scrolled), -print.png and .pdf. For the class it also prints how long the page takes to open.
"""

from __future__ import annotations

import copy
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

from conftest import RECORDED, entry, recorded_path, write_class

import browser
from plots import class_page, page
from plots.result import load


STUDENTS = 500
OPENED_MS = """
const [load] = performance.getEntriesByType("navigation");
return load.loadEventEnd - load.startTime;
"""


def synthetic_result(recorded: list[Any], chosen: random.Random) -> Any:
    """Returns a result that has each version from one of those recorded, at another speed."""
    result = copy.deepcopy(recorded[-1])
    speed = chosen.uniform(0.7, 2)
    for index, version in enumerate(result["versions"]):
        name = (version["lesson"], version["version"])
        others = [
            other
            for each in recorded
            for other in each["versions"]
            if (other["lesson"], other["version"]) == name
        ]
        version = result["versions"][index] = copy.deepcopy(chosen.choice(others))
        for measurement in version["sweep"] or []:
            for time_s in ("time_s", "low_s", "high_s"):
                measurement[time_s] *= speed
    result["score"] = sum(version["score"] for version in result["versions"])
    return result


def write_class_page(html: Path, students: int) -> None:
    chosen = random.Random(7)
    recorded = [
        json.loads(recorded_path(name).read_text(encoding="utf-8"))
        for name in sorted(RECORDED, key="solutions".__eq__)
    ]
    results = [synthetic_result(recorded, chosen) for _ in range(students)]
    entries = [
        entry(f"k{number}", f"Student {number:03}", score=result["score"])
        for number, result in enumerate(results)
    ]
    with tempfile.TemporaryDirectory() as folder:
        written = write_class(Path(folder), entries, results)
        page = class_page.render(written, class_page.read(written / "class.json"), pseudonyms=False)
    html.write_text(page.html, encoding="utf-8")


def print_time_to_open(chromium: browser.Browser, html: Path) -> None:
    opened_s = []
    for _ in range(5):
        chromium.open(html)
        opened_s.append(chromium.run(OPENED_MS) / 1000)
    megabytes = html.stat().st_size / 1e6
    print(
        f"{html}: {megabytes:.2f} MB (at most 5), "
        f"opens in {min(opened_s):.2f} to {max(opened_s):.2f} s (at most 2)"
    )


def take(chromium: browser.Browser, html: Path) -> None:
    for name, size, medium, whole_page in (
        ("phone", browser.PHONE, "screen", True),
        ("laptop", browser.LAPTOP, "screen", True),
        ("first", browser.LAPTOP, "screen", False),
        ("print", browser.PAPER, "print", True),
    ):
        chromium.open(html, size, medium)
        html.with_name(f"{html.stem}-{name}.png").write_bytes(chromium.screenshot(whole_page))
    html.with_suffix(".pdf").write_bytes(chromium.pdf())
    print(f"{html.with_name(html.stem)}-*.png")


def main() -> None:
    missing = browser.what_is_missing()
    if missing:
        sys.exit(f"error: {missing}: ./setup --browser installs it")
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER [result.json …]")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    results = [Path(name) for name in sys.argv[2:]] or [recorded_path(name) for name in RECORDED]
    with tempfile.TemporaryDirectory() as profile, browser.started(Path(profile)) as chromium:
        for result in results:
            html = folder / f"{result.stem}.html"
            html.write_text(page.render(load(result)), encoding="utf-8")
            take(chromium, html)
        if len(sys.argv) == 2:
            html = folder / "class.html"
            write_class_page(html, STUDENTS)
            print_time_to_open(chromium, html)
            take(chromium, html)


if __name__ == "__main__":
    main()
