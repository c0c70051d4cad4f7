"""Reads result.json into a `Result`.

docs/result.schema.json defines the file. The classes below have its names and its units: a name
that ends in _s is a time in seconds, and a number without a unit is a count or a ratio.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import re
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from plots import vocabulary

REMEDY = "grade again with this kit's `make grade`"


class ResultError(Exception):
    """An error for the reader: its text says what is wrong, where, and what to do."""


@dataclass(frozen=True)
class Least:
    value: float


@dataclass(frozen=True)
class Most:
    value: float


class Known:
    """The names that this kit uses.

    A newer kit may have others. They are read as any text, and the pages show them as they are.
    """

    def __init__(self, *names: str) -> None:
        self.names = names


AtLeast0 = Annotated[float, Least(0)]
Natural = Annotated[int, Least(0)]
Positive = Annotated[int, Least(1)]
Edge = Annotated[int, Least(1), Most(64)]
Pixels = tuple[float | None, ...]

Verdict = Annotated[str, Known(*vocabulary.VERDICT_KINDS)]
Outcome = Annotated[str, Known(*vocabulary.VERDICT_KINDS, vocabulary.NOT_CHECKED)]
Flavour = Annotated[str, Known(*vocabulary.FLAVOURS)]
Flag = Annotated[str, Known(*vocabulary.FLAGS)]
Inputs = Literal["fresh", "recorded"]
Isolation = Literal["limits", "sandbox", "container"]


@dataclass(frozen=True)
class Machine:
    cpu: str
    cores: Positive
    memory_mb: Natural
    os: str
    compiler: str
    flags: dict[str, str]


@dataclass(frozen=True)
class Lesson:
    name: str
    folder: str
    title: str


@dataclass(frozen=True)
class RubricLine:
    name: str
    score: AtLeast0
    max_score: AtLeast0


@dataclass(frozen=True)
class Check:
    flavour: Flavour
    rows: Natural
    cols: Natural
    threads: Positive
    seed: Natural
    outcome: Outcome
    message: str | None


@dataclass(frozen=True)
class Mismatch:
    """A wrong answer.

    `expected` and `actual` hold rows * cols pixels, row after row; None is a pixel that isn't a
    finite number. The first wrong pixel is in row `first_row` and column `first_col`, from 0.
    """

    rows: Edge
    cols: Edge
    threads: Positive
    seed: Natural
    flavour: Flavour
    wrong_pixels: Positive
    first_row: Natural
    first_col: Natural
    expected: Pixels
    actual: Pixels


@dataclass(frozen=True)
class Step:
    """What one thread did in a schedule.

    Thread 0 is the caller. A switch is a step before which another thread could have gone on.
    """

    thread: Natural
    line: Natural
    code: str
    what: str
    is_switch: bool


@dataclass(frozen=True)
class FailingSchedule:
    """A schedule of the threads on which a version fails."""

    rows: Natural
    cols: Natural
    threads: Positive
    seed: Natural
    name: str
    participants: Positive
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class LineOwner:
    """A thread that uses a cache line. The bytes are 16 hexadecimal digits, a bit for each byte."""

    thread: Natural
    loads: Natural
    stores: Natural
    loaded_bytes: str
    stored_bytes: str

    @property
    def loaded(self) -> list[bool]:
        return _bits(self.loaded_bytes)

    @property
    def stored(self) -> list[bool]:
        return _bits(self.stored_bytes)


def _bits(digits: str) -> list[bool]:
    return [bit == "1" for bit in f"{int(digits, 16):064b}"]


@dataclass(frozen=True)
class FalseSharing:
    """Threads that use one cache line at the same time, none the other's bytes."""

    threads: Positive
    line: Natural
    code: str
    variable: str | None
    cache_lines: Natural
    transfer_s: AtLeast0
    transfer_is_measured: bool
    owners: tuple[LineOwner, ...]


@dataclass(frozen=True)
class Measurement:
    """The time of one call: the median, the fastest and the slowest repetition.

    `reference_s` is the median of the reference on the same image.
    """

    rows: Positive
    cols: Positive
    threads: Positive
    cores: Positive
    time_s: AtLeast0
    low_s: AtLeast0
    high_s: AtLeast0
    reference_s: AtLeast0 | None

    @property
    def pixels(self) -> int:
        return self.rows * self.cols

    @property
    def threads_text(self) -> str:
        """The number of threads in words, and whether one core ran them; empty for one thread."""
        return (
            f"{self.threads} threads{' on one core' if self.cores == 1 else ''}"
            if self.threads > 1
            else ""
        )


@dataclass(frozen=True)
class Exponent:
    """A fit: time_s = fixed_s + scale_s * pixels**value.

    The exponent lies between `low` and `high` with 95 % confidence.
    """

    value: float
    low: float
    high: float
    fixed_s: AtLeast0
    scale_s: AtLeast0


@dataclass(frozen=True)
class Ratio:
    """How many times as fast as the lesson's baseline a version is, with its interval."""

    baseline: str
    rows: Positive
    cols: Positive
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Speedup:
    """A speed-up with so many threads: the best time on one thread over the time with them.

    `predicted` comes from work and span and doesn't depend on the machine; result.json calls it
    `virtual`. `wall` was measured by the wall clock on this machine's cores. None is what wasn't
    measured.
    """

    threads: Positive
    virtual: float | None
    low: float | None
    high: float | None
    wall: float | None
    wall_low: float | None
    wall_high: float | None
    runnable: float | None
    work_s: AtLeast0
    span_s: float | None
    inflation: AtLeast0
    with_cache_lines: float | None = None  # predicted, less what false sharing costs

    @property
    def predicted(self) -> float | None:
        return self.virtual


@dataclass(frozen=True)
class Version:
    lesson: str
    version: str
    verdict: Verdict | None
    score: AtLeast0
    max_score: AtLeast0
    reused: bool
    graded_at: str | None
    seed: Natural | None
    flags: tuple[Flag, ...]
    diagnosis: str | None
    message: str
    next: str | None
    details: str | None
    output: str | None
    rubric: tuple[RubricLine, ...]
    checks: tuple[Check, ...]
    mismatch: Mismatch | None
    sweep: tuple[Measurement, ...] | None
    exponent: Exponent | None
    stated_exponent: float
    ratio: Ratio | None
    speedup: tuple[Speedup, ...] | None
    scaling: str | None
    schedule: FailingSchedule | None = None  # older results have none
    false_sharing: FalseSharing | None = None  # likewise
    took_s: AtLeast0 | None = None  # likewise


@dataclass(frozen=True)
class Result:
    schema: Literal[1]
    score: AtLeast0
    max_score: AtLeast0
    seed: Natural
    inputs: Inputs
    graded_at: str
    submission: str
    machine: Machine
    isolation: Isolation
    lessons: tuple[Lesson, ...]
    versions: tuple[Version, ...]

    def lesson(self, name: str) -> Lesson:
        """Returns the lesson of that name; raises ResultError with the names that there are."""
        for lesson in self.lessons:
            if lesson.name == name:
                return lesson
        raise ResultError(f"there is no lesson `{name}`; there are {_names(self.lessons)}")

    def chosen(self, name: str | None) -> tuple[Lesson, ...]:
        """Returns the lesson of that name, or all lessons if there is no name.

        Raises ResultError with the names that there are.
        """
        return self.lessons if name is None else (self.lesson(name),)

    def versions_of(self, lesson: Lesson) -> list[Version]:
        """Returns the lesson's versions in the order of the file."""
        return [version for version in self.versions if version.lesson == lesson.name]

    def version(self, lesson: Lesson, name: str) -> Version:
        """Returns a lesson's version of that name; raises ResultError with the names there are."""
        versions = self.versions_of(lesson)
        for version in versions:
            if version.version == name:
                return version
        there_are = ", ".join(version.version for version in versions) or "none"
        raise ResultError(f"{lesson.name} has no version `{name}`; there are {there_are}")


def load(path: Path) -> Result:
    """Reads and checks a result.json.

    Raises ResultError, which names the file, the field and the remedy, if the file can't be read
    or isn't what docs/result.schema.json defines.
    """
    tree = _parse(path)
    try:
        result = _decoder(Result)(tree)
        _check_references(result)
    except _Wrong as wrong:
        raise ResultError(f"{path}: {wrong.where.lstrip('.')} {wrong.problem}; {REMEDY}") from None
    return typing.cast(Result, result)


def plain(text: str) -> str:
    """Returns the text with escapes, such as \\x1b, in place of characters that could act."""
    return _ACTING.sub(_visible, text.replace("\r\n", "\n"))


# What isn't legal XML, what controls a terminal, and marks that turn the direction of the text.
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _names(lessons: tuple[Lesson, ...]) -> str:
    return ", ".join(lesson.name for lesson in lessons) or "none"


def _parse(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ResultError(f"{path}: there is no such file; run `make grade` first") from None
    except OSError as error:
        raise ResultError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise ResultError(f"{path}: isn't valid JSON ({error}); {REMEDY}") from None


class _Wrong(Exception):
    """A wrong field; `where` is its place, which grows on the way up to the whole file."""

    def __init__(self, problem: str, where: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where


# Turns a JSON value into an object of some type; raises _Wrong if it isn't one.
_Decoder = Callable[[object], Any]


def _within(step: str, decode: _Decoder, value: object) -> Any:
    try:
        return decode(value)
    except _Wrong as wrong:
        wrong.where = step + wrong.where
        raise


@functools.cache
def _decoder(kind: Any) -> _Decoder:
    """Returns the decoder of a type. Made once, since a class has hundreds of large results."""
    if dataclasses.is_dataclass(kind):
        return _object_decoder(typing.cast(type, kind))
    makers: dict[Any, Callable[[Any], _Decoder]] = {
        Annotated: _bounded_decoder,
        Literal: _choice_decoder,
        types.UnionType: _optional_decoder,
        typing.Union: _optional_decoder,
        tuple: _list_decoder,
        dict: _dict_decoder,
    }
    return makers.get(typing.get_origin(kind), _scalar_decoder)(kind)


def _object_decoder(kind: type) -> _Decoder:
    optional = {field.name for field in dataclasses.fields(kind) if field.default is None}
    decoders = {
        name: _decoder(field_kind)
        for name, field_kind in typing.get_type_hints(kind, include_extras=True).items()
    }

    def decode(value: object) -> Any:
        if not isinstance(value, dict):
            raise _Wrong("isn't an object")
        fields = {}
        for name, decode_field in decoders.items():
            if name in value:
                fields[name] = _within(f".{name}", decode_field, value[name])
            elif name not in optional:
                raise _Wrong("is missing", f".{name}")
        return kind(**fields)

    return decode


def _bounded_decoder(kind: Any) -> _Decoder:
    base, *bounds = typing.get_args(kind)
    decode_number = _decoder(base)

    def decode(value: object) -> Any:
        number = decode_number(value)
        for bound in bounds:
            if isinstance(bound, Least) and number < bound.value:
                raise _Wrong(f"is {number}, below {bound.value}")
            if isinstance(bound, Most) and number > bound.value:
                raise _Wrong(f"is {number}, above {bound.value}")
        return number

    return decode


def _choice_decoder(kind: Any) -> _Decoder:
    choices = typing.get_args(kind)

    def decode(value: object) -> Any:
        if isinstance(value, bool) or value not in choices:
            raise _Wrong(f"isn't one of {', '.join(map(str, choices))}")
        return value

    return decode


def _optional_decoder(kind: Any) -> _Decoder:
    (some,) = (choice for choice in typing.get_args(kind) if choice is not types.NoneType)
    decode_some = _decoder(some)
    return lambda value: None if value is None else decode_some(value)


def _list_decoder(kind: Any) -> _Decoder:
    decode_item = _decoder(typing.get_args(kind)[0])

    def decode(value: object) -> Any:
        if not isinstance(value, list):
            raise _Wrong("isn't a list")
        return tuple(_within(f"[{index}]", decode_item, item) for index, item in enumerate(value))

    return decode


def _dict_decoder(kind: Any) -> _Decoder:
    decode_item = _decoder(typing.get_args(kind)[1])

    def decode(value: object) -> Any:
        if not isinstance(value, dict):
            raise _Wrong("isn't an object")
        return {
            plain(name): _within(f".{plain(name)}", decode_item, item)
            for name, item in value.items()
        }

    return decode


def _scalar_decoder(kind: Any) -> _Decoder:
    def decode(value: object) -> Any:
        if kind is str and isinstance(value, str):
            return plain(value)
        if kind is bool and isinstance(value, bool):
            return value
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if kind in (int, float) and is_number:
            return _decode_number(kind, typing.cast(float, value))
        raise _Wrong(f"isn't {_SCALAR_NAMES[kind]}")

    return decode


def _decode_number(kind: type, number: int | float) -> int | float:
    try:
        converted = float(number)
    except OverflowError:
        converted = math.inf
    if not math.isfinite(converted):
        raise _Wrong("isn't a finite number")
    if kind is float:
        return converted
    if not converted.is_integer():
        raise _Wrong("isn't a whole number")
    return int(number)


_SCALAR_NAMES = {str: "a text", bool: "true or false", int: "a number", float: "a number"}


def _check_references(result: Result) -> None:
    """Checks what the types don't say: lessons are known, images have rows * cols pixels."""
    known = {lesson.name for lesson in result.lessons}
    for index, version in enumerate(result.versions):
        where = f"versions[{index}]"
        if version.lesson not in known:
            raise _Wrong(f"names `{version.lesson}`, which isn't in lessons", f"{where}.lesson")
        if version.mismatch:
            _check_mismatch(version.mismatch, f"{where}.mismatch")


def _check_mismatch(mismatch: Mismatch, where: str) -> None:
    pixels = mismatch.rows * mismatch.cols
    for name in ("expected", "actual"):
        given = len(getattr(mismatch, name))
        if given != pixels:
            raise _Wrong(f"has {given} pixels, not rows * cols = {pixels}", f"{where}.{name}")
    if mismatch.first_row >= mismatch.rows:
        raise _Wrong("isn't a row of the image", f"{where}.first_row")
    if mismatch.first_col >= mismatch.cols:
        raise _Wrong("isn't a column of the image", f"{where}.first_col")
