"""CONTRIBUTING.md is true where a program can tell: its paths, rooms, numbers and names."""

from __future__ import annotations

import re
import runpy

import pytest
from conftest import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FOLDERS = r"\.ci|\.github|cmake|docs|findings|grader|lessons|plots|solutions|tests"
# Stands for a part of a path: solutions/<lesson>/why.md
PLACEHOLDER = re.compile(r"<\w+>")


def paths() -> list[str]:
    """Returns what the text names of the tree; up to a placeholder, only the folder."""
    named = re.findall(rf"(?<![\w./-])(?:{FOLDERS})/[\w./<>-]*", TEXT)
    linked = re.findall(r"\]\(([^):#]+)[#)]", TEXT)
    return sorted({PLACEHOLDER.split(path)[0].rstrip(".") for path in [*named, *linked]})


def recipes() -> dict[str, str]:
    """Returns the text of each "I want to add …", by its heading."""
    parts = re.split(r"^### (.+)$", TEXT.split("## I want to add …")[1], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def items(recipe: str) -> list[tuple[str, str]]:
    """Returns the numbers and texts of a recipe's list."""
    return re.findall(r"^(\d+)\. (.*?)(?=^\d+\. |\n\n|\Z)", recipe, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", paths())
def test_every_path_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_rooms_are_those_of_the_grader_in_their_order() -> None:
    rooms = runpy.run_path(str(ROOT / "tests/rooms.py"))["ROOMS"]
    assert re.findall(r"^- `grader/(\w+)/`: ", TEXT, re.MULTILINE) == rooms
    assert sorted(rooms) == sorted(
        path.name for path in (ROOT / "grader").iterdir() if path.is_dir()
    )


@pytest.mark.parametrize("heading", recipes())
def test_each_recipe_has_as_many_files_as_it_says(heading: str) -> None:
    said = re.search(r": (\d+) files", heading)
    assert said, heading
    numbers = [int(number) for number, _ in items(recipes()[heading])]
    assert numbers == list(range(1, int(said[1]) + 1))


@pytest.mark.parametrize("heading", recipes())
def test_each_file_of_a_recipe_has_the_names_that_are_said_to_be_in_it(heading: str) -> None:
    for _, text in items(recipes()[heading]):
        path, *quoted = re.findall(r"`([^`]+)`", text.split("*Forgotten")[0])
        if PLACEHOLDER.search(path):
            continue
        source = (ROOT / path).read_text(encoding="utf-8")
        missing = [name for name in quoted if re.fullmatch(r"\w+", name) and name not in source]
        assert not missing, path


def test_the_tools_have_the_versions_of_the_style_test() -> None:
    script = (ROOT / "tests/style.sh").read_text(encoding="utf-8")
    version = dict(re.findall(r"^(\w+)=([\d.]+)$", script, re.MULTILINE))
    tools = {"clang-format": "clang", "clang-tidy": "clang"} | {
        tool: tool for tool in ("black", "flake8", "mypy")
    }
    for tool, name in tools.items():
        assert re.search(rf"{tool} {re.escape(version[name])}\b", " ".join(TEXT.split())), tool
