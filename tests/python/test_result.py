from __future__ import annotations

import dataclasses
import json
import typing
from pathlib import Path

import jsonschema
import make_data
import pytest
from conftest import HERE, RECORDED, ROOT

from plots import page, result
from plots.result import ResultError, load, plain

SCHEMA = json.loads((ROOT / "docs" / "result.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_results_keep_to_the_schema(name, recorded):
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.Draft7Validator(SCHEMA).validate(recorded(name))


def schema_objects(node, name="result"):
    """Yields the name and the definition of each object of the schema."""
    if isinstance(node, dict):
        if "required" in node:
            yield name, node
        for key, item in node.items():
            yield from schema_objects(
                item, name if key in ("properties", "items", "definitions", "anyOf") else key
            )
    elif isinstance(node, list):
        for item in node:
            yield from schema_objects(item, name)


CLASSES = {
    "result": result.Result,
    "machine": result.Machine,
    "lessons": result.Lesson,
    "version": result.Version,
    "rubric": result.RubricLine,
    "checks": result.Check,
    "mismatch": result.Mismatch,
    "sweep": result.Measurement,
    "exponent": result.Exponent,
    "ratio": result.Ratio,
    "speedup": result.Speedup,
    "schedule": result.FailingSchedule,
    "steps": result.Step,
    "false_sharing": result.FalseSharing,
    "owners": result.LineOwner,
}
CHOICES = {
    "inputs": result.Inputs,
    "isolation": result.Isolation,
    "verdict": result.Verdict,
    "outcome": result.Outcome,
    "flavour": result.Flavour,
    "flags": result.Flag,
}


def test_the_classes_have_the_fields_and_choices_of_the_schema():
    for name, definition in schema_objects(SCHEMA):
        if name == "interval":
            continue
        fields = dataclasses.fields(CLASSES[name])
        assert {field.name for field in fields} == set(definition["properties"]), name
        always = {field.name for field in fields if field.default is dataclasses.MISSING}
        assert always == set(definition["required"]), name
        for field, kind in definition["properties"].items():
            choices = kind.get("enum") or kind.get("items", {}).get("enum")
            if choices:
                assert set(names_of(CHOICES[field])) == set(choices) - {None}, field


def names_of(kind):
    kind, *known = typing.get_args(kind)
    return known[0].names if kind is str else (kind, *known)


def test_every_isolation_of_the_schema_has_words_on_the_page():
    assert set(page.ISOLATION) == set(names_of(result.Isolation))


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_results_are_what_make_data_writes(name, recorded):
    assert recorded(name) == json.loads(json.dumps(getattr(make_data, name)()))


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_results_are_read(name):
    assert len(load(HERE / "data" / f"{name}.json").versions) == (7 if name == "verdicts" else 6)


def test_every_required_field_that_is_missing_is_named(recorded, written):
    """Removes each field of the schema's objects in turn, at the first place that has it."""
    tree = recorded("half_done")
    for path, text in first_places(tree):
        broken = recorded("half_done")
        parent = broken
        for key in path[:-1]:
            parent = parent[key]
        del parent[path[-1]]
        file = written(broken)
        with pytest.raises(ResultError) as error:
            load(file)
        assert (
            str(error.value)
            == f"{file}: {text} is missing; grade again with this kit's `make grade`"
        )


def first_places(node, path=(), text="", seen=None):
    """Yields the keys and the text of the first place of each field, by its parents' names."""
    seen = set() if seen is None else seen
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from first_places(item, (*path, index), f"{text}[{index}]", seen)
    elif isinstance(node, dict) and path[-1:] != ("flags",):
        for name, item in node.items():
            names = tuple(key for key in (*path, name) if isinstance(key, str))
            place = f"{text}.{name}".lstrip(".")
            if names not in seen:
                seen.add(names)
                yield (*path, name), place
            yield from first_places(item, (*path, name), place, seen)


def set_field(tree, path, value):
    *parents, last = path
    for key in parents:
        tree = tree[key]
    tree[last] = value


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (("schema",), 2, "schema isn't one of 1"),
        (("score",), "62", "score isn't a number"),
        (("seed",), -1, "seed is -1, below 0"),
        (("machine", "cores"), 1.5, "machine.cores isn't a whole number"),
        (("machine", "flags", "timed"), None, "machine.flags.timed isn't a text"),
        (("isolation",), "jail", "isolation isn't one of limits, sandbox, container"),
        (("versions",), {}, "versions isn't a list"),
        (
            ("versions", 0, "lesson"),
            "other",
            "versions[0].lesson names `other`, which isn't in lessons",
        ),
        (("versions", 0, "reused"), 0, "versions[0].reused isn't true or false"),
        (("versions", 0, "verdict"), 3, "versions[0].verdict isn't a text"),
        (
            ("versions", 0, "exponent", "value"),
            10**400,
            "versions[0].exponent.value isn't a finite number",
        ),
        (("versions", 0, "sweep", 1, "rows"), 0, "versions[0].sweep[1].rows is 0, below 1"),
        (("versions", 0, "sweep", 1, "time_s"), None, "versions[0].sweep[1].time_s isn't a number"),
        (("versions", 1, "mismatch", "cols"), 65, "versions[1].mismatch.cols is 65, above 64"),
        (
            ("versions", 1, "mismatch", "rows"),
            10,
            "versions[1].mismatch.expected has 77 pixels, not rows * cols = 70",
        ),
        (
            ("versions", 1, "mismatch", "first_row"),
            11,
            "versions[1].mismatch.first_row isn't a row of the image",
        ),
        (
            ("versions", 1, "mismatch", "first_col"),
            7,
            "versions[1].mismatch.first_col isn't a column of the image",
        ),
    ],
)
def test_a_wrong_field_is_named(path, value, complaint, recorded, written):
    tree = recorded("half_done")
    set_field(tree, path, value)
    file = written(tree)
    with pytest.raises(ResultError) as error:
        load(file)
    assert str(error.value).startswith(f"{file}: {complaint}")
    assert str(error.value).endswith("; grade again with this kit's `make grade`")


@pytest.mark.parametrize("text", ["", "{", '{"score": NaN', "[" * 100_000])
def test_what_is_not_json_is_told(text, written):
    with pytest.raises(ResultError, match="isn't valid JSON"):
        load(written(text))


@pytest.mark.parametrize("text", ["[]", "null", "3"])
def test_json_that_is_not_a_result_is_told(text, written):
    with pytest.raises(ResultError, match="isn't an object; grade again"):
        load(written(text))


def test_a_missing_file_says_what_to_run():
    with pytest.raises(
        ResultError, match="no-such.json: there is no such file; run `make grade` first"
    ):
        load(Path("no-such.json"))


def test_an_unknown_lesson_or_version_lists_the_known_ones():
    stubs = load(HERE / "data" / "stubs.json")
    with pytest.raises(ResultError, match="no lesson `other`; there are slow_thing, silly_sum"):
        stubs.lesson("other")
    with pytest.raises(
        ResultError, match="slow_thing has no version `fast`; there are serial, parallel, optimized"
    ):
        stubs.version(stubs.lesson("slow_thing"), "fast")


def test_characters_that_could_act_become_escapes():
    assert plain("\x1b[31mred\r\n\tx\x00\u202e\ud800") == "\\x1b[31mred\n\tx\\x00\\u202e\\ud800"
