"""The words of a result: one list for the grader and for the pages, grader/base/vocabulary.json."""

from __future__ import annotations

import json
from pathlib import Path

_LISTS = json.loads(
    (Path(__file__).parent.parent / "grader/base/vocabulary.json").read_text(encoding="utf-8")
)

# A verdict's kind is good, bad or open.
VERDICT_KINDS: dict[str, str] = {each["name"]: each["kind"] for each in _LISTS["verdicts"]}
# What a flavour's checks look at.
FLAVOURS: dict[str, str] = {each["name"]: each["checks"] for each in _LISTS["flavours"]}
# A flag's meaning, in a sentence or two.
FLAGS: dict[str, str] = {each["name"]: each["meaning"] for each in _LISTS["flags"]}
# What gives a mistake away.
SYMPTOMS: dict[str, str] = {each["name"]: each["meaning"] for each in _LISTS["symptoms"]}
# A check's outcome is a verdict, or this.
NOT_CHECKED = "not_checked"
