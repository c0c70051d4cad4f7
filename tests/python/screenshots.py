"""Takes pictures of the report page in Chromium, to be looked at: python3 tests/python/screenshots.py FOLDER [result.json …].

Each recorded result, or each one given, becomes FOLDER/<name>-phone.png, -laptop.png, -first.png (what a laptop shows
before anything is scrolled), -print.png and .pdf.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from conftest import RECORDED, recorded_path

import browser
from plots import page
from plots.result import load


def take(chromium: browser.Browser, result: Path, folder: Path) -> None:
    html = folder / f"{result.stem}.html"
    html.write_text(page.render(load(result)), encoding="utf-8")
    for name, size, medium, whole_page in (
        ("phone", browser.PHONE, "screen", True),
        ("laptop", browser.LAPTOP, "screen", True),
        ("first", browser.LAPTOP, "screen", False),
        ("print", browser.PAPER, "print", True),
    ):
        chromium.open(html, size, medium)
        (folder / f"{result.stem}-{name}.png").write_bytes(chromium.screenshot(whole_page))
    (folder / f"{result.stem}.pdf").write_bytes(chromium.pdf())


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
            take(chromium, result, folder)
            print(f"{folder}/{result.stem}-*.png")


if __name__ == "__main__":
    main()
