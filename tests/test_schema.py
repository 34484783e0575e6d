"""The schema files: in step with the records, closed and described, and read alike by two validators."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest
from conftest import _full_record
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import schema
from communique.errors import CommuniqueError, InvalidRecordError
from communique.records import Record

REFERENCE = jsonschema.Draft202012Validator(json.loads(schema.schema_text()))
FULL = _full_record()


def nodes(node: Any) -> Any:
    yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(child)


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_files_are_in_step_with_the_records(root, name):
    text = (root / "schemas" / schema.SCHEMAS[name]).read_text(encoding="utf-8")
    assert json.loads(text) == schema.generate(name), "run: communique schema --write schemas"


def test_folder_holds_the_generated_files_and_no_others(root, tmp_path):
    assert [path.name for path in schema.write(tmp_path)] == sorted(p.name for p in (root / "schemas").iterdir())
    assert all(path.read_bytes() == (root / "schemas" / path.name).read_bytes() for path in tmp_path.iterdir())


def test_schema_is_a_schema_with_a_versioned_name():
    jsonschema.Draft202012Validator.check_schema(REFERENCE.schema)
    assert REFERENCE.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert REFERENCE.schema["$id"] == "urn:communique:schema:record:1.0"


def test_every_object_is_closed_complete_and_described():
    for node in nodes(REFERENCE.schema):
        if not isinstance(node, dict) or node.get("type") != "object":
            continue
        assert node["additionalProperties"] is False
        assert node["description"]
        if "properties" in node:
            assert node["required"] == list(node["properties"])
            assert all(field["description"] for field in node["properties"].values())


def test_patterns_and_no_formats():
    keys = {key for node in nodes(REFERENCE.schema) if isinstance(node, dict) for key in node}
    assert "pattern" in keys
    assert "format" not in keys


def test_unknown_schema_is_told_the_names():
    with pytest.raises(CommuniqueError, match="no schema 'nope': give one of these names: comparison, record"):
        schema.schema_text("nope")


def test_full_record_is_valid_for_both_and_for_pydantic(full_record):
    assert schema.validator().is_valid(full_record)
    assert REFERENCE.is_valid(full_record)
    record = Record.model_validate(full_record)
    assert record.model_dump(mode="json") == full_record
    schema.require_valid(record)
    assert schema.as_json(record) == full_record


def paths(node: Any, path: tuple[Any, ...] = ()) -> Any:
    yield path
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from paths(child, (*path, key))


def changed(data: Any, path: tuple[Any, ...], value: Any, how: str) -> Any:
    data = copy.deepcopy(data)
    if not path:
        return value
    parent = data
    for key in path[:-1]:
        parent = parent[key]
    if how == "remove":
        del parent[path[-1]]
    elif how == "add" and isinstance(parent, dict):
        parent[str(value)] = value
    elif how == "add":
        parent.append(value)
    else:
        parent[path[-1]] = value
    return data


# Where engines differ: what `$`, digits and white space are, and whether 1.0 and true are numbers of the right kind.
TREACHEROUS = [
    *(True, 1.0, 2**70, "US\n", "ÜS", "c1\n", "c\u0661", "2025-04-14\n", "٢٠٢٥-04-14", "agency:us-nasa\n"),
    *("agency:\u00a0", "agency:a\u2028b", "forum:x\u3000y", "mission:\ufeff", "party:\x1c", "0" * 16 + "\n"),
]
STRANGE = [
    *TREACHEROUS,
    *(None, False, 0, 1, -1, 0.5, -(2**70), "", [], {}, "US", "us", "USA", "c1", "2025-04-14", "2025-4-14", "body:x"),
    *("agency:us-nasa", "agency:us nasa", "agency:", "party:jp", "0" * 16, "other", "pledge", "date", "end"),
]
VALUES = st.one_of(
    st.sampled_from(STRANGE),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.integers(-(2**80), 2**80),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([FULL["statement"], FULL["commitments"][0], FULL["meeting"], FULL["dates"]]),
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(list(paths(FULL))), VALUES, st.sampled_from(["replace", "replace", "remove", "add"]))
def test_fast_validator_equals_the_reference(path, value, how):
    data = changed(FULL, path, value, how)
    assert schema.validator().is_valid(data) == REFERENCE.is_valid(data)


@pytest.mark.parametrize("value", TREACHEROUS)
def test_fast_validator_equals_the_reference_in_every_place(value):
    for path in paths(FULL):
        data = changed(FULL, path, value, "replace")
        assert schema.validator().is_valid(data) == REFERENCE.is_valid(data), (path, value)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("statement", "published"), "14 April", r"^statement.published: "),
        (("commitments", 0, "trigger", "end"), -1, r"^commitments\[0\].trigger.end: .*-1"),
        (("commitments", 0, "themes"), [], r"^commitments\[0\].themes: "),
        (("commitments", 0, "strength"), "vow", r"^commitments\[0\].strength: .*vow"),
        (("mentions", 1, "entity"), "jp", r"^mentions\[1\].entity: "),
        (("meeting", "delegations"), {"Japan": []}, r"^meeting.delegations: .*Japan"),
        (("meeting", "next", "ordinal"), 0, r"^meeting.next.ordinal: "),
    ],
)
def test_record_that_fails_names_the_field(full_record, path, value, message):
    record = build(changed(full_record, path, value, "replace"))
    with pytest.raises(InvalidRecordError, match=message):
        schema.require_valid(record)


def build(data: dict[str, Any]) -> Record:
    """A Record made the way that extraction makes it, without pydantic's own validation."""
    return construct(Record, data)


def construct(kind: Any, data: Any) -> Any:
    fields = {}
    for name, value in data.items():
        inner = next((t for t in parts(kind.model_fields[name].annotation) if hasattr(t, "model_fields")), None)
        if inner is not None and isinstance(value, dict):
            value = construct(inner, value)
        elif inner is not None and isinstance(value, list):
            value = [construct(inner, item) for item in value]
        fields[name] = value
    return kind.model_construct(**fields)


def parts(annotation: Any) -> Any:
    yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from parts(part)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([], "record"),
        (["statement"], "statement"),
        (["commitments", 3, "trigger", "end"], "commitments[3].trigger.end"),
    ],
)
def test_field_paths(parts, text):
    assert schema.field_path(parts) == text
