from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

RECORDED = ("stubs", "half_done", "solutions", "verdicts")


def recorded_path(name: str) -> Path:
    return HERE / "data" / f"{name}.json"


def entry(key: str, name: str, *, graded: bool = True, **more: Any) -> dict[str, Any]:
    """A student in class.json."""
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
    """A class's folder with class.json and results: student i has the i-th, of the recorded ones if none are given."""
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


@pytest.fixture
def recorded() -> Callable[[str], Any]:
    """A fresh copy of a recorded result, to be changed at will."""
    return lambda name: copy.deepcopy(json.loads(recorded_path(name).read_text(encoding="utf-8")))


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Any], Path]:
    """Writes a result to a file named result.json."""

    def write(tree: Any) -> Path:
        path = tmp_path / "result.json"
        path.write_text(tree if isinstance(tree, str) else json.dumps(tree), encoding="utf-8")
        return path

    return write
