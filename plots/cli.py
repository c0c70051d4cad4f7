"""What the commands of plots share.

Arguments are read, and every error becomes one line. A file is written whole or not at all.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from plots import result as results
from plots import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, as all errors are."""

    def error(self, message: str) -> NoReturn:
        """Raises ResultError."""
        raise results.ResultError(f"{message} (--help says more)")


def picture_parser(module: str, description: str) -> Parser:
    """Returns a parser of what every picture needs: the result, a lesson and the output file."""
    parser = Parser(prog=f"python -m plots.{module}", description=description)
    parser.add_argument("result", type=Path, help="result.json of a grading")
    parser.add_argument(
        "--lesson", help="a lesson's name (default: the first that has this picture)"
    )
    parser.add_argument(
        "-o", "--output", type=picture_path, required=True, help="file to write: .svg or .png"
    )
    return parser


def picture_path(text: str) -> Path:
    """Returns the path; raises argparse.ArgumentTypeError unless it ends in .svg or .png."""
    path = Path(text)
    if path.suffix not in (".svg", ".png"):
        raise argparse.ArgumentTypeError(f"`{results.plain(text)}` must end in .svg or .png")
    return path


def of(*names: str | None) -> str:
    """Says what an error is about: " of slow_thing, serial", or nothing if no name was given."""
    given = [name for name in names if name]
    return f" of {', '.join(given)}" if given else ""


def write_first_picture(path: Path, pictures: Iterable[Callable[[], Figure]], missing: str) -> None:
    """Writes the first picture as SVG or PNG, by the path's suffix.

    Raises ResultError with the text `missing` if there is none, or if the file can't be written.
    """
    for draw in pictures:
        write(path, style.to_bytes(draw, path.suffix))
        return
    raise results.ResultError(missing)


def write(path: Path, content: bytes) -> None:
    """Replaces the file at once: a reader sees the old one or the new one, never a part.

    Raises ResultError if it can't be written; the old file is then as it was.
    """
    try:
        _replace(path, content)
    except OSError as error:
        raise results.ResultError(f"{path}: cannot be written: {error.strerror}") from None


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def run(main: Callable[[], None]) -> NoReturn:
    """Runs `main` and ends the program.

    The exit code is 0 if `main` returns. If it raises ResultError, or if a Python module is
    missing, the exit code is 1 and one line on stderr says why.
    """
    try:
        main()
    except results.ResultError as error:
        sys.exit(f"error: {error}")
    except ModuleNotFoundError as error:
        sys.exit(f"error: {sys.executable} has no {error.name}: ./setup installs it")
    sys.exit(0)
