"""Writes the report page of a grading: one HTML file that needs no other.

    python -m plots.page result.json -o index.html

The page doesn't trust result.json. The template escapes its texts, its pictures are embedded as
images, in which no script runs and no name collides, and the page's policy allows no script.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from plots import (
    cli,
    complexity,
    false_sharing,
    mismatch,
    scaling,
    schedule,
    style,
    vocabulary,
    words,
)
from plots.result import Check, Lesson, Result, Version, load

if TYPE_CHECKING:
    import jinja2
    import markupsafe

TEMPLATES = Path(__file__).parent / "templates"
TEXT_LIMIT = 12_000  # characters shown of what a compiler or a program printed


@dataclass(frozen=True)
class Verdict:
    """How the pages show a verdict."""

    sign: str
    words: str
    kind: str  # good, bad, open: the colour


SIGNS = {"good": "✓", "bad": "✗", "open": "○"}
VERDICTS: dict[str | None, Verdict] = {
    **{
        name: Verdict(SIGNS[kind], words.spaced(name), kind)
        for name, kind in vocabulary.VERDICT_KINDS.items()
    },
    None: Verdict("–", "not graded yet", "open"),
}


def verdict_of(name: str | None) -> Verdict:
    """Returns how a verdict is shown; None is that of a version that was never graded.

    A name that this kit doesn't know is shown as it is, so that a newer kit's result can be read.
    """
    return VERDICTS[name] if name in VERDICTS else Verdict("?", words.spaced(name or ""), "open")


def meaning_of(flag: str) -> str:
    """Returns the sentences that explain a flag, or its name if this kit doesn't know it."""
    return vocabulary.FLAGS.get(flag) or words.spaced(flag)


SELF_CHECK = "self-check, not secure"
ISOLATION = {
    "limits": f"limits on time and memory only: {SELF_CHECK}",
    "sandbox": "sandbox: the code ran shut off from files and network",
    "container": "container: the code ran shut off from files and network",
}

COMPLEXITY_CAPTIONS = {
    "loglog": "Both axes logarithmic: a line's slope is the exponent, here with its 95 % interval. "
    "Points are medians, with bars from the fastest to the slowest repetition.",
    "plain": "The tutorial's plot, with this machine's numbers. "
    "A curve that bends upwards: the time grows faster than the number of pixels.",
    "tutorial": "The tutorial's plot, with this machine's numbers, each for one call. "
    "Points on a straight line mean that the time grows like the number of pixels.",
}
MISMATCH_CAPTION = (
    "White pixels are right. Blue ones came out too small and orange ones too large; "
    "hatched ones aren't finite numbers."
)
SCHEDULE_CAPTION = (
    "A lane for each thread, time downwards; a step names its line. Red arrows are the switches "
    "that the failure needs, dotted lanes wait, and a cross ends a lane that never goes on."
)
FALSE_SHARING_CAPTION = (
    "The 64 bytes of a cache line, and which thread uses which: full where it stores, light where "
    "it only loads. A core has to fetch the whole line to use any byte of it."
)
SCALING_CAPTION = (
    "How many times faster than the best time on one thread. The prediction comes from work and "
    "waiting, so it doesn't depend on this machine's cores. It doesn't see memory bandwidth. Grey "
    "area: the bounds that work and span set, from the worst schedule to the best."
)

SUMMARY = {"good": "passed", "bad": "to mend", "open": "to write"}

# A command inside a sentence, without the punctuation after it.
COMMAND = r"make (?:try|grade)(?: [A-Z]+=[^\s<&]*[^\s<&.,;:])*"


@dataclass(frozen=True)
class Picture:
    address: str  # a data: URL that holds the whole SVG
    alt: str
    caption: str


@dataclass(frozen=True)
class CheckLine:
    """What came of a version's checks of one flavour."""

    flavour: str
    text: str
    kind: str  # as in Verdict


@dataclass(frozen=True)
class Card:
    """What the page shows of one version."""

    id: str
    file: str
    version: Version
    verdict: Verdict
    facts: list[tuple[str, str]]  # the name and the text of each measurement
    checks: list[CheckLine]
    flags: list[str]
    picture: Picture | None
    repeat: str | None  # the command that grades this version again on the same inputs

    @property
    def name(self) -> str:
        return self.version.version

    @property
    def mistake(self) -> str | None:
        """The name of the known mistake that explains the result, in words."""
        return self.version.diagnosis and words.spaced(self.version.diagnosis)

    @property
    def is_done(self) -> bool:
        return self.verdict.kind == "good" and self.version.score >= self.version.max_score


@dataclass(frozen=True)
class Section:
    """What the page shows of one lesson: its versions, and pictures of what was measured."""

    number: int
    lesson: Lesson
    cards: list[Card]
    pictures: list[Picture]

    @property
    def score(self) -> float:
        return sum(card.version.score for card in self.cards)

    @property
    def max_score(self) -> float:
        return sum(card.version.max_score for card in self.cards)

    @property
    def awaits_pictures(self) -> bool:
        """Whether a version that is to be timed isn't right yet.

        A version whose stated exponent is 0 is only compared, never timed.
        """
        return any(
            card.version.stated_exponent and card.verdict.kind != "good" for card in self.cards
        )


def render(result: Result, to_do: Sequence[str] | None = None) -> str:
    """Returns the page as HTML. The same result gives the same text.

    `to_do` names the versions that can still gain points, as "slow_thing::serial", what to do first
    in front. The grader decides it; without it they are in the lessons' order.
    """
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    sections = [
        _section(result, number, lesson) for number, lesson in enumerate(result.lessons, start=1)
    ]
    cards = [card for section in sections for card in section.cards]
    return (
        environment()
        .get_template("index.html.j2")
        .render(
            result=result,
            css=css,
            css_hash=digest(css),
            sections=sections,
            summary=_summary(cards),
            to_do=_to_do(cards, to_do),
            is_untouched=all(card.verdict.kind == "open" for card in cards),
            self_check=SELF_CHECK if SELF_CHECK in ISOLATION[result.isolation] else None,
            isolation=ISOLATION[result.isolation],
            flavours=vocabulary.FLAVOURS,
            repeat=_repeat_command(result, result.seed),
        )
    )


def digest(text: str) -> str:
    """Returns the SHA-256 by which a page's policy allows a style sheet or a script."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def environment() -> jinja2.Environment:
    """Returns the environment of both pages' templates: it escapes what they insert.

    A name that a template doesn't find raises jinja2.UndefinedError.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        points=words.points, moment=_moment, clipped=_clipped, prose=_prose, count=words.count
    )
    return environment


def _summary(cards: list[Card]) -> list[tuple[Verdict, int]]:
    """Counts the versions of each colour."""
    counts = Counter(card.verdict.kind for card in cards)
    return [
        (Verdict(SIGNS[kind], said, kind), counts[kind])
        for kind, said in SUMMARY.items()
        if counts[kind]
    ]


def _to_do(cards: list[Card], labels: Sequence[str] | None) -> list[Card]:
    """The cards with these labels, in their order; or all that can still gain points."""
    if labels is None:
        return [card for card in cards if not card.is_done]
    by_label = {f"{card.version.lesson}::{card.name}": card for card in cards}
    return [by_label[label] for label in labels if label in by_label]


def _section(result: Result, number: int, lesson: Lesson) -> Section:
    cards = [
        _card(result, lesson, version, f"version-{number}-{index}")
        for index, version in enumerate(result.versions_of(lesson), start=1)
    ]
    pictures = _complexity_pictures(result, lesson)
    # The growth comes first, then the speed-up, then the tutorial's pictures.
    pictures[1:1] = _scaling_pictures(result, lesson)
    return Section(number, lesson, cards, pictures)


def _card(result: Result, lesson: Lesson, version: Version, id: str) -> Card:
    return Card(
        id=id,
        file=f"{result.submission.rstrip('/')}/{lesson.folder}/{version.version}.cpp",
        version=version,
        verdict=verdict_of(version.verdict),
        facts=_facts(version, result.machine.cores),
        checks=_check_lines(version.checks),
        flags=[meaning_of(flag) for flag in version.flags],
        picture=_failure_picture(lesson, version),
        repeat=None if version.seed is None else _repeat_command(result, version.seed, version),
    )


def _facts(version: Version, cores: int) -> list[tuple[str, str]]:
    return [
        *_time_facts(version),
        *_growth_facts(version),
        *_ratio_facts(version),
        *_speedup_facts(version, cores),
    ]


def _time_facts(version: Version) -> list[tuple[str, str]]:
    """Gives the times of the tutorial's smallest and largest image, and of a pixel of each."""
    return [
        (
            f"{at.rows}×{at.cols} pixels",
            f"{words.duration(at.time_s)}, {words.duration(at.time_s / at.pixels)} a pixel"
            + (f", with {at.threads_text}" if at.threads_text else ""),
        )
        for at in version.sweep or ()
        if at.rows == at.cols and at.rows in (10, 40)
    ]


def _growth_facts(version: Version) -> list[tuple[str, str]]:
    fit = version.exponent
    if not fit:
        return []
    measured = words.exponent(fit.value, fit.low, fit.high)
    return [("growth", f"{measured}; the lesson says {words.short(version.stated_exponent)}")]


def _ratio_facts(version: Version) -> list[tuple[str, str]]:
    ratio = version.ratio
    if not ratio:
        return []
    low, high = words.factor(ratio.low), words.factor(ratio.high)
    interval = f"{words.factor(ratio.value)} the {ratio.baseline} reference ({low} to {high})"
    return [
        (
            "speed on one thread" if version.speedup else "speed",
            f"{interval}, {ratio.rows}×{ratio.cols} pixels",
        )
    ]


def _speedup_facts(version: Version, cores: int) -> list[tuple[str, str]]:
    measured = version.speedup or ()
    predicted = [(at.threads, at.predicted) for at in measured]
    moving = [(at.threads, at.with_cache_lines) for at in measured if version.false_sharing]
    by_wall_clock = [(at.threads, at.wall) for at in measured]
    named = (
        ("predicted speed-up", predicted),
        ("the same with the cache lines moving", moving),
        (f"speed-up by wall clock on {words.count(cores, 'core')}", by_wall_clock),
    )
    facts = []
    for name, speedups in named:
        texts = [
            f"{words.factor(times)} with {threads}"
            for threads, times in speedups
            if times is not None
        ]
        if texts:
            facts.append((name, ", ".join(texts) + " threads"))
    return facts


def _check_lines(checks: Sequence[Check]) -> list[CheckLine]:
    lines = []
    for flavour, name in vocabulary.FLAVOURS.items():
        counts: Counter[str] = Counter(
            check.outcome for check in checks if check.flavour == flavour
        )
        if set(counts) - {"not_started"}:
            lines.append(_check_line(name, counts))
    return lines


def _check_line(name: str, counts: Counter[str]) -> CheckLine:
    passed, total = counts["pass"], counts.total()
    if passed == total:
        return CheckLine(name, f"all {total} right", "good")
    others = [
        f"{words.spaced(outcome)}: {number}"
        for outcome, number in counts.most_common()
        if outcome != "pass"
    ]
    is_open = set(counts) <= {"pass", "not_checked"}
    return CheckLine(
        name, f"{passed} of {total} right; {', '.join(others)}", "open" if is_open else "bad"
    )


def _complexity_pictures(result: Result, lesson: Lesson) -> list[Picture]:
    curves = complexity.curves_of(result, lesson)
    return [
        Picture(
            _address(style.to_svg(partial(complexity.FIGURES[kind], lesson, curves))),
            complexity.describe(kind, lesson, curves),
            COMPLEXITY_CAPTIONS[kind],
        )
        for kind in complexity.kinds(curves)
    ]


def _scaling_pictures(result: Result, lesson: Lesson) -> list[Picture]:
    curves = scaling.curves_of(result, lesson)
    if not curves:
        return []
    cores = result.machine.cores
    svg = style.to_svg(partial(scaling.figure, lesson, curves, cores))
    limits = [
        f"{version.version}: {version.scaling}"
        for version in result.versions_of(lesson)
        if version.scaling
    ]
    caption = " ".join([*limits, SCALING_CAPTION])
    return [Picture(_address(svg), scaling.describe(lesson, curves, cores), caption)]


def _failure_picture(lesson: Lesson, version: Version) -> Picture | None:
    """The schedule on which the version fails, or else its wrong answer, or its false sharing."""
    failing = version.schedule
    if failing and failing.steps:
        svg = style.to_svg(partial(schedule.figure, lesson, version, failing))
        return Picture(_address(svg), schedule.describe(lesson, version, failing), SCHEDULE_CAPTION)
    wrong = version.mismatch
    shared = version.false_sharing
    if not wrong and shared and shared.owners:
        svg = style.to_svg(partial(false_sharing.figure, lesson, version, shared))
        alt = false_sharing.describe(lesson, version, shared)
        return Picture(_address(svg), alt, FALSE_SHARING_CAPTION)
    if not wrong:
        return None
    svg = style.to_svg(partial(mismatch.figure, lesson, version, wrong))
    return Picture(_address(svg), mismatch.describe(lesson, version, wrong), MISMATCH_CAPTION)


def _address(svg: str) -> str:
    return "data:image/svg+xml," + quote(
        svg[svg.index("<svg") :].replace("\n", " "), safe="=:/;,()!*+?@$"
    )


def _repeat_command(result: Result, seed: int, version: Version | None = None) -> str:
    """Returns the command that repeats this grading, or that of one version."""
    parts = [f"SEED={seed}", "FRESH=1"]
    if result.submission.rstrip("/") != "lessons":
        parts.append(f"SUBMISSION={shlex.quote(result.submission)}")
    if version:
        parts += [
            f"LESSON={shlex.quote(version.lesson)}",
            f"VERSION={shlex.quote(version.version)}",
        ]
    return " ".join(["make grade", *parts])


def _moment(text: str) -> str:
    """Writes an ISO 8601 time for people; returns any other text unchanged."""
    try:
        return datetime.fromisoformat(text).strftime("%-d %B %Y, %H:%M UTC")
    except ValueError:
        return text


def _prose(text: str) -> markupsafe.Markup:
    """Escapes the text; what is between backticks, and commands, become code."""
    import markupsafe

    def code(match: re.Match[str]) -> str:
        return f"<code>{match.group(1) or match.group()}</code>"

    return markupsafe.Markup(re.sub(rf"`([^`\n]+)`|{COMMAND}", code, str(markupsafe.escape(text))))


def _clipped(text: str) -> str:
    left = len(text) - TEXT_LIMIT
    if left <= 0:
        return text
    return f"{text[:TEXT_LIMIT]}\n… and {left} more characters, in result.json"


def main() -> None:
    parser = cli.Parser(
        prog="python -m plots.page", description="Writes the report page of a grading."
    )
    parser.add_argument("result", type=Path, help="result.json of a grading")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="file to write, such as index.html"
    )
    parser.add_argument(
        "--to-do",
        help="versions that can still gain points, what to do first in front: lesson::version,…",
    )
    arguments = parser.parse_args()
    to_do = None if arguments.to_do is None else arguments.to_do.split(",")
    cli.write(arguments.output, render(load(arguments.result), to_do).encode())


if __name__ == "__main__":
    cli.run(main)
