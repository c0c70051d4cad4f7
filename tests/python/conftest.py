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
