"""A student's way from the stubs to full marks, as a terminal of 80 columns shows it.

Each version is wrong at the first attempt.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT

GRADER = ROOT / "build/bin/grader"
SOLUTIONS = ROOT / "solutions"
NEEDED = [tool for tool in ("tmux", "make") if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(
    bool(NEEDED) or not GRADER.exists(), reason=f"needs the kit built, and {NEEDED}"
)
PATIENCE_S = 120  # for one grading, on a machine that is busy


class Screen:
    """A terminal of 80 columns in tmux."""

    def __init__(self, name: str, folder: Path) -> None:
        self.socket = str(folder / "tmux")
        self.name = name
        environment = {
            key: value
            for key, value in os.environ.items()
            if key not in ("TMUX", "NO_COLOR", "LESSON", "VERSION")
        }
        environment |= {"PS1": "$ ", "LC_ALL": "C.UTF-8", "TERM": "screen"}
        size = ["-x", "80", "-y", "100"]
        command = ["env", "-C", str(ROOT), "bash", "--norc", "--noprofile"]
        subprocess.run(
            [*self._tmux(), "-f", "/dev/null", "new-session", "-d", "-s", name, *size, *command],
            check=True,
            env=environment,
        )

    def _tmux(self) -> list[str]:
        return ["tmux", "-S", self.socket]

    def type(self, text: str) -> None:
        subprocess.run([*self._tmux(), "send-keys", "-t", self.name, text], check=True)

    def enter(self, command: str) -> None:
        self.type(command)
        subprocess.run([*self._tmux(), "send-keys", "-t", self.name, "Enter"], check=True)

    def text(self) -> str:
        captured = subprocess.run(
            [*self._tmux(), "capture-pane", "-p", "-J", "-t", self.name],
            check=True,
            capture_output=True,
        )
        return captured.stdout.decode()

    def wait_until(self, what: str, holds: Callable[[str], bool]) -> str:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            text = self.text()
            if holds(text):
                return text
            time.sleep(0.05)
        pytest.fail(f"{what} never came; the screen:\n{self.text()}")

    def wait_for(self, *words: str) -> str:
        return self.wait_until(f"{words}", lambda text: all(word in text for word in words))

    def clear(self) -> None:
        self.enter("clear")
        self.wait_until("an empty screen", lambda text: text.strip() == "$")

    def close(self) -> None:
        subprocess.run([*self._tmux(), "kill-server"], check=False)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    opened = Screen("student", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    """Returns a folder with the stubs."""
    folder = tmp_path / "mine"
    for stub in sorted((ROOT / "lessons").glob("0*/*.cpp")):
        (folder / stub.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(stub, folder / stub.parent.name)
    return folder


def mistake(lesson: str, name: str, version: str) -> str:
    """Returns the program of a mistake, made in this version."""
    source = (SOLUTIONS / lesson / "mistakes" / f"{name}.cpp").read_text()
    namespace = lesson[3:]
    return (
        source
        if version == "parallel"
        else source.replace(f"{namespace}::serial", f"{namespace}::{version}")
    )


# The lesson, the version, the wrong attempt, and what the screen must say about it.
WALK = [
    (
        "01_slow_thing",
        "serial",
        "square_only",
        ["Both loops run to the number of columns", "two numbers"],
    ),
    (
        "01_slow_thing",
        "parallel",
        "lost_remainder",
        ["nobody takes the rest", "With 7 rows and 3 threads"],
    ),
    (
        "01_slow_thing",
        "optimized",
        "misplaced_addition-once",
        ["y is added only once", "In which of the loops"],
    ),
    (
        "02_silly_sum",
        "serial",
        "forgotten_row_number",
        ["number isn't added", "when a row's columns are"],
    ),
    (
        "02_silly_sum",
        "parallel",
        "sum_not_carried",
        ["starts from 0 at its first row", "Which sum has the row before"],
    ),
    (
        "02_silly_sum",
        "optimized",
        "wrong_loop_count-one_loop",
        ["rows times and not rows", "How often does the lesson add"],
    ),
]


def grade(screen: Screen, submission: Path, version_file: Path) -> str:
    """Grades a version and returns the screen."""
    lesson, version = version_file.parent.name[3:], version_file.stem
    out = submission.parent / "out"
    screen.clear()
    command = f"make grade SUBMISSION={submission} OUT={out} LESSON={lesson} VERSION={version}"
    screen.enter(command)
    text = screen.wait_for("Score ", "Report ")
    # A command to copy stays whole.
    wrapped = [
        line
        for line in text.splitlines()
        if command not in line and not line.startswith(("      make try ", "Report "))
    ]
    assert all(len(line) <= 80 for line in wrapped)
    return text


def flowed(text: str) -> str:
    """Joins the lines: where the terminal breaks them doesn't matter."""
    return " ".join(text.split())


def test_a_student_walks_from_stubs_to_full_marks(screen: Screen, submission: Path) -> None:
    log = []
    for number, (lesson, version, wrong, words) in enumerate(WALK):
        file = submission / lesson / f"{version}.cpp"
        label = f"{lesson[3:]}::{version}"
        file.write_text(mistake(lesson, wrong, version))
        text = grade(screen, submission, file)
        log.append(text)
        assert f"✗ {version}" in text
        for word in words:
            assert word in flowed(text), text
        assert f"Next mend {label}." in flowed(text), text

        shutil.copy(SOLUTIONS / lesson / f"{version}.cpp", file)
        text = grade(screen, submission, file)
        log.append(text)
        assert f"✓ {version}" in text
        following = (
            WALK[number + 1]
            if number + 1 < len(WALK)
            else ("03_quality_assurance", "accepts", "", [])
        )
        assert f"with {following[0][3:]}::{following[1]}" in flowed(text), text

    accepts = submission / "03_quality_assurance/accepts.cpp"
    shutil.copy(
        ROOT / "tests/submissions/accepts_by_one_square/03_quality_assurance/accepts.cpp", accepts
    )
    text = grade(screen, submission, accepts)
    log.append(text)
    assert "Slipped through: " in flowed(text)
    assert "The next band asks for 80 % of the wrong versions rejected." in flowed(text)
    shutil.copy(SOLUTIONS / "03_quality_assurance/accepts.cpp", accepts)
    text = grade(screen, submission, accepts)
    log.append(text)
    assert "Score 100.0 of 100" in flowed(text)
    assert "full marks" in flowed(text)
    (ROOT / "build/walk.txt").write_text("\n".join(log))


def test_watch_grades_what_is_saved(screen: Screen, submission: Path) -> None:
    out = submission.parent / "out"
    serial = submission / "01_slow_thing/serial.cpp"
    screen.enter(f"make watch SUBMISSION={submission} OUT={out}")
    screen.wait_for("· serial", "Watching. h hint")

    serial.write_text(
        '#include "slow_thing.hpp"\nvoid slow_thing::serial(kit::Image& image) { image.rws(); }\n'
    )
    screen.wait_for(
        "01_slow_thing/serial.cpp", "✗ serial", "build error", "rws", "Watching. h hint"
    )

    # Editors save like this: another file takes the place of the old one.
    beside = serial.with_suffix(".new")
    beside.write_text(mistake("01_slow_thing", "swapped_axes", "serial"))
    beside.replace(serial)
    screen.wait_for("✗ serial", "memory error", "Row and column are exchanged", "Watching. h hint")
    screen.type("h")
    screen.wait_for("which of the two is the row")

    serial.unlink()
    time.sleep(0.3)
    shutil.copy(SOLUTIONS / "01_slow_thing/serial.cpp", serial)
    screen.wait_for("✓ serial", "Watching. h hint")
    screen.type("l")
    screen.wait_for("all versions", "✓ serial", "· accepts", "Watching. h hint")
    screen.type("r")
    screen.wait_for("index.html")
    screen.type("q")
    screen.enter("echo left $?, stty $(stty -a | grep -o '[-]*icanon')")
    screen.wait_for("left 0, stty icanon")
