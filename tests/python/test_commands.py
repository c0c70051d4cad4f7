from __future__ import annotations

import importlib
import os
import subprocess
import sys

import pytest
from conftest import HERE, ROOT

from plots import cli

DATA = HERE / "data"


def run(*arguments, cwd=ROOT, path=()):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [*path, ROOT]))}
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)


COMMANDS = [
    (["plots.complexity", DATA / "solutions.json"], "complexity.svg"),
    (
        [
            "plots.complexity",
            DATA / "solutions.json",
            "--lesson",
            "silly_sum",
            "--plot",
            "tutorial",
        ],
        "exercise.svg",
    ),
    (["plots.scaling", DATA / "solutions.json", "--lesson", "silly_sum"], "scaling.png"),
    (["plots.mismatch", DATA / "half_done.json"], "mismatch.svg"),
    (["plots.page", DATA / "half_done.json"], "index.html"),
]
STARTS = {".svg": b"<?xml", ".png": b"\x89PNG", ".html": b"<!DOCTYPE html>"}


@pytest.mark.parametrize(("command", "name"), COMMANDS)
def test_each_command_writes_its_file_and_nothing_else(command, name, tmp_path):
    done = run(*command, "-o", tmp_path / name)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes().startswith(STARTS[(tmp_path / name).suffix])


NEEDED = [
    (command, name, module)
    for command, name in COMMANDS
    for module in ("matplotlib", "numpy", *(["jinja2"] if command[0] == "plots.page" else []))
]


@pytest.mark.parametrize(("command", "name", "module"), NEEDED)
def test_a_missing_module_is_named_in_one_line(command, name, module, tmp_path):
    missing = f"raise ModuleNotFoundError(\"No module named '{module}'\", name='{module}')\n"
    (tmp_path / f"{module}.py").write_text(missing)
    done = run(*command, "-o", tmp_path / name, path=[tmp_path])
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: {sys.executable} has no {module}: ./setup installs it\n"
    assert not (tmp_path / name).exists()


def picture(module, lesson, *more, data="stubs.json", output="x.svg"):
    return [f"plots.{module}", DATA / data, "--lesson", lesson, "-o", output, *more]


ERRORS = [
    (
        ["plots.page", "none.json", "-o", "x.html"],
        "none.json: there is no such file; run `make grade` first",
    ),
    (
        ["plots.page", DATA / "stubs.json", "-o", "no/x.html"],
        "no/x.html: cannot be written: No such file or directory",
    ),
    (
        ["plots.page"],
        "the following arguments are required: result, -o/--output (--help says more)",
    ),
    (picture("scaling", "slow_thing"), "no speed-up of slow_thing was measured"),
    (picture("complexity", "slow_thing"), "nothing of slow_thing was measured"),
    (["plots.scaling", DATA / "stubs.json", "-o", "x.svg"], "no speed-up was measured"),
    (picture("complexity", "x"), "there is no lesson `x`; there are slow_thing, silly_sum"),
    (picture("complexity", "slow_thing", output="x.gif"), "`x.gif` must end in .svg or .png"),
    (
        picture("mismatch", "slow_thing", "--version", "serial"),
        "there is no wrong answer of slow_thing, serial to draw",
    ),
]


@pytest.mark.parametrize(("command", "complaint"), ERRORS)
def test_an_error_is_one_line(command, complaint, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(argument) for argument in command])
    with pytest.raises(SystemExit) as end:
        cli.run(importlib.import_module(command[0]).main)
    assert str(end.value).startswith("error: ")
    assert "\n" not in str(end.value)
    assert complaint in str(end.value)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_command_leaves_the_old_file_alone(tmp_path):
    (tmp_path / "index.html").write_text("old")
    (tmp_path / "result.json").write_text("{}")
    done = run("plots.page", "result.json", "-o", "index.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr
        == "error: result.json: schema is missing; grade again with this kit's `make grade`\n"
    )
    assert (tmp_path / "index.html").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
