"""Tests of cmake/configure.sh with a CMake that only writes its cache."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from conftest import ROOT

CMAKE = """#!/bin/sh
echo "$*" >>"$CALLS"
mkdir -p build
touch build/build.ninja
printf '%s\\n' "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "CMAKE_GENERATOR:INTERNAL=Ninja" \\
    "CMAKE_CXX_COMPILER:FILEPATH=$(command -v c++)" >build/CMakeCache.txt
"""


class Kit:
    """A folder with the script, and the program that is called cmake there."""

    def __init__(self, folder):
        self.folder = folder / "kit"
        self.calls = folder / "calls"
        self.bin = folder / "bin"
        self.bin.mkdir()
        (self.bin / "cmake").write_text(CMAKE)
        (self.bin / "cmake").chmod(0o755)
        (self.folder / "cmake").mkdir(parents=True)
        shutil.copy(ROOT / "cmake/configure.sh", self.folder / "cmake")

    def configure(self, *options, folder=None):
        """Returns what the script printed, and how often it called CMake."""
        self.calls.write_text("")
        environment = {
            **os.environ,
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "CALLS": str(self.calls),
        }
        environment.pop("CXX", None)
        command = ["cmake/configure.sh", "build", *options]
        done = subprocess.run(
            command, cwd=folder or self.folder, env=environment, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout, len(self.calls.read_text().splitlines())

    def leave(self, *names):
        for name in names:
            path = self.folder / "build" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")


@pytest.fixture
def kit(tmp_path):
    kit = Kit(tmp_path)
    assert kit.configure() == ("", 1)
    kit.leave("bin/grader", "report/result.json", "class/gradebook.csv", "cache/results/key")
    return kit


def cache_with(kit, name, value):
    cache = kit.folder / "build/CMakeCache.txt"
    lines = [
        f"{name}:INTERNAL={value}" if line.startswith(name) else line
        for line in cache.read_text().splitlines()
    ]
    cache.write_text("\n".join(lines) + "\n")


def assert_built_anew(outcome, build):
    printed, calls = outcome
    assert "the kit is built anew" in printed and calls == 1
    assert not (build / "bin/grader").exists()
    assert (build / "report/result.json").exists() and (build / "class/gradebook.csv").exists()


def test_what_is_configured_is_left_alone(kit):
    assert kit.configure() == ("", 0)
    assert (kit.folder / "build/bin/grader").exists()


def test_options_are_always_handed_on(kit):
    assert kit.configure("-DKIT_TESTS=ON") == ("", 1)
    assert (kit.folder / "build/bin/grader").exists()


def test_a_copy_is_built_anew(kit, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(kit.folder, copy)
    assert_built_anew(kit.configure(folder=copy), copy / "build")


def test_a_moved_folder_is_built_anew(kit, tmp_path):
    kit.folder = kit.folder.rename(tmp_path / "moved")
    assert_built_anew(kit.configure(), kit.folder / "build")


@pytest.mark.parametrize(
    ("name", "value"),
    [("CMAKE_GENERATOR", "Unix Makefiles"), ("CMAKE_CXX_COMPILER", "/opt/some/clang++")],
)
def test_an_editors_choice_is_no_accident_of_the_grading(kit, name, value):
    cache_with(kit, name, value)
    assert_built_anew(kit.configure(), kit.folder / "build")


def test_an_editors_folder_from_before_the_first_grading_is_built_anew(kit):
    (kit.folder / "build/configured").unlink()
    cache_with(kit, "CMAKE_GENERATOR", "Unix Makefiles")
    assert_built_anew(kit.configure(), kit.folder / "build")


def test_what_was_configured_by_hand_alike_is_taken(kit):
    (kit.folder / "build/configured").unlink()
    printed, _ = kit.configure()
    assert printed == ""
    assert (kit.folder / "build/bin/grader").exists()
    assert kit.configure() == ("", 0)
