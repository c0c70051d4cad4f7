from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import browser
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

RECORDED = ("stubs", "half_done", "solutions", "verdicts")


def recorded_path(name: str) -> Path:
    return HERE / "data" / f"{name}.json"


def entry(key: str, name: str, *, graded: bool = True, **more: Any) -> dict[str, Any]:
    """Returns a student of class.json."""
    return {
        "key": key,
        "id": f"id-{key}",
        "name": name,
        "score": 50.0,
        "graded": graded,
        "overrides": {},
        "messages": [],
        **more,
    }


def write_class(
    folder: Path, entries: list[dict[str, Any]], results: list[Any] | None = None
) -> Path:
    """Writes class.json and the graded students' results into a folder, and returns the folder.

    The results go to the students in turn. They are the recorded ones if none are given.
    """
    results = results or [
        json.loads(recorded_path(name).read_text(encoding="utf-8")) for name in RECORDED
    ]
    for index, student in enumerate(entries):
        own = folder / "students" / student["key"]
        own.mkdir(parents=True)
        if student["graded"]:
            (own / "result.json").write_text(
                json.dumps(results[index % len(results)]), encoding="utf-8"
            )
    (folder / "class.json").write_text(
        json.dumps({"schema": 1, "seed": 7, "students": entries}), encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    with browser.started(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def recorded() -> Callable[[str], Any]:
    """Returns a function that gives a fresh copy of a recorded result."""
    return lambda name: copy.deepcopy(json.loads(recorded_path(name).read_text(encoding="utf-8")))


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Any], Path]:
    """Returns a function that writes a result to a file named result.json."""

    def write(tree: Any) -> Path:
        path = tmp_path / "result.json"
        path.write_text(tree if isinstance(tree, str) else json.dumps(tree), encoding="utf-8")
        return path

    return write
