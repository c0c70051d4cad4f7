"""The documents name what grader/base/vocabulary.json lists, and nothing else."""

import json
import re
from pathlib import Path

from plots import vocabulary, words

KIT = Path(__file__).parents[2]
SCHEMA = json.loads((KIT / "docs/result.schema.json").read_text(encoding="utf-8"))


def enums_of(tree, key=None):
    """Yields the field and the choices of each enum in the schema."""
    if isinstance(tree, dict):
        if "enum" in tree:
            yield key, [choice for choice in tree["enum"] if choice is not None]
        for name, value in tree.items():
            yield from enums_of(value, key if name == "items" else name)
    elif isinstance(tree, list):
        for value in tree:
            yield from enums_of(value, key)


def choices(field):
    found = [choices for name, choices in enums_of(SCHEMA) if name == field]
    assert found, field
    return found


def test_the_schema_has_every_verdict_outcome_flag_and_flavour():
    assert choices("verdict") == [[*vocabulary.VERDICT_KINDS]]
    assert choices("outcome") == [[*vocabulary.VERDICT_KINDS, vocabulary.NOT_CHECKED]]
    assert choices("flags") == [[*vocabulary.FLAGS]]
    assert all(each == [*vocabulary.FLAVOURS] for each in choices("flavour"))


def test_the_readme_names_every_verdict():
    text = (KIT / "README.md").read_text(encoding="utf-8")
    for verdict in vocabulary.VERDICT_KINDS:
        assert f"`{words.spaced(verdict)}`" in text, verdict


def test_the_instructors_table_explains_every_flag_as_the_page_does():
    text = (KIT / "docs/instructor.md").read_text(encoding="utf-8")
    table = text[text.index("| flag |") :]
    explained = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", table, re.MULTILINE))
    assert explained == vocabulary.FLAGS


def test_every_symptom_is_explained_and_gives_a_mistake_away():
    explained = (KIT / "docs/mistakes.md").read_text(encoding="utf-8")
    shown = {
        re.search(r"^// Evidence: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)[1]
        for path in KIT.glob("solutions/*/mistakes/*.cpp")
    }
    assert shown == set(vocabulary.SYMPTOMS)
    for symptom in vocabulary.SYMPTOMS:
        assert f"`{symptom}`" in explained, symptom
