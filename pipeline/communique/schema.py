"""Record ↔ JSON Schema: generation, and the validation that every record passes before anyone sees it.

The schema files (JSON Schema 2020-12) are generated from the records, committed under ``schemas/``, and are what
validation reads: a user who checks our records with the file checks what we checked. A test holds the two in step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from communique.errors import CommuniqueError, InputError, InvalidRecordError
from communique.model import resource

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError
    from pydantic import BaseModel

    from communique.records import Record

SCHEMAS = {"comparison": "comparison-1.0.schema.json", "record": "record-1.0.schema.json"}
"""Names of the schemas, and the file of each one's version in force."""


def schema_text(name: str = "record") -> str:
    """The schema file's text. Raises CommuniqueError when there is no schema of that name."""
    if name not in SCHEMAS:
        raise CommuniqueError(f"no schema {name!r}: give one of these names: {', '.join(SCHEMAS)}")
    return (resource("schemas") / SCHEMAS[name]).read_text(encoding="utf-8")


@cache
def validator(name: str = "record") -> Draft202012Validator:
    """The compiled schema file. Raises CommuniqueError when there is no schema of that name."""
    import orjson
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(orjson.loads(schema_text(name)))


def require_valid(record: Record) -> None:
    """Raise InvalidRecordError with the path to the field when the record fails its schema."""
    data = as_json(record)
    if not validator().is_valid(data):
        raise InvalidRecordError("; ".join(f"{path}: {message}" for path, message in schema_faults(data)))


def as_json(record: BaseModel) -> dict[str, Any]:
    """The record as JSON data: what ``record.model_dump(mode="json")`` gives, in a quarter of the time.

    Every record passes here on its way out. Its fields hold nothing but JSON's own types, so only what holds other
    records is made anew; the rest is the record's own and must not be changed.
    """
    fields: dict[str, Any] = record.__dict__
    inner = _fields_with_records(type(record))
    if not inner:
        return fields
    data = dict(fields)
    for name, flat in inner:
        value = fields[name]
        if isinstance(value, list):
            data[name] = [item.__dict__ for item in value] if flat else [as_json(item) for item in value]
        elif value is not None:
            data[name] = value.__dict__ if flat else as_json(value)
    return data


@cache
def _fields_with_records(kind: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """Names of the fields that hold records or lists of records, and whether these hold no others."""
    fields = ((name, _record_in(field.annotation)) for name, field in kind.model_fields.items())
    return tuple((name, not _fields_with_records(held)) for name, held in fields if held is not None)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """The kind of record that a field's type names."""
    if hasattr(annotation, "model_fields"):
        return cast("type[BaseModel]", annotation)
    return next(filter(None, map(_record_in, getattr(annotation, "__args__", ()))), None)


def schema_faults(data: object, name: str = "record") -> Iterator[tuple[str, str]]:
    """Path and message of each place where JSON data (dicts, lists, texts, numbers) fails the schema."""
    for error in validator(name).iter_errors(data):
        yield from _innermost(error)


def _innermost(error: ValidationError) -> Iterator[tuple[str, str]]:
    """What is wrong within an object that may also be null: that it is not null would tell nobody anything."""
    alternatives = getattr(error.kind, "context", None)
    if alternatives and isinstance(error.instance, dict):
        for inner in alternatives[0]:
            yield from _innermost(inner)
    else:
        yield field_path(error.instance_path), error.message


def field_path(parts: list[str | int]) -> str:
    """A path as people write it: ``commitments[3].trigger.end``; ``record`` for the whole."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return text.removeprefix(".") or "record"


def generate(name: str = "record") -> dict[str, Any]:
    """The schema that the records' own definition gives; ``schemas/`` must hold exactly this."""
    file = SCHEMAS[name]
    version = file.removeprefix(f"{name}-").removesuffix(".schema.json")
    body = _definition(name).model_json_schema(mode="serialization")
    _tidy(body, body.get("$defs", {}))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:communique:schema:{name}:{version}",
        **body,
    }


def write(folder: Path) -> list[Path]:
    """Write each generated schema to its file in ``folder``; the paths written. Raises InputError where it cannot."""
    import orjson

    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in SCHEMAS.items():
            path = folder / file
            path.write_bytes(orjson.dumps(generate(name), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            paths.append(path)
    except OSError as error:
        raise InputError(f"{error.filename or folder}: cannot be written: {error.strerror}") from None
    return paths


def _definition(name: str) -> type[BaseModel]:
    from communique import records
    from communique.comparison import records as comparison

    definitions: dict[str, type[BaseModel]] = {"record": records.Record, "comparison": comparison.Comparison}
    return definitions[name]


def _tidy(node: object, definitions: dict[str, Any]) -> None:
    """Make pydantic's schema the contract of what is written, in place: closed, complete, and alike in every engine."""
    if isinstance(node, list):
        for item in node:
            _tidy(item, definitions)
    elif isinstance(node, dict):
        if "type" in node.get("anyOf", [{}])[0]:
            _merge_null(node)
        if "pattern" in node:
            node["pattern"] = _portable(node["pattern"])
        if node.get("type") == "object":
            _complete(node, definitions)
        for value in node.values():
            _tidy(value, definitions)


def _complete(node: dict[str, Any], definitions: dict[str, Any]) -> None:
    """Close an object, require all its fields (one with a default is still always written) and describe each."""
    node["additionalProperties"] = False
    if "patternProperties" in node:
        node["patternProperties"] = {_portable(p): value for p, value in node["patternProperties"].items()}
    if "properties" in node:
        node["required"] = list(node["properties"])
        for field in node["properties"].values():
            field.pop("title", None)
            field.pop("default", None)
            if "$ref" in field:
                field.setdefault("description", definitions[field["$ref"].rpartition("/")[2]]["description"])


def _merge_null(node: dict[str, Any]) -> None:
    """Write "this or null" as one schema, which is shorter to read and whose failures name the field itself."""
    value, _ = node.pop("anyOf")
    node.update(value)
    node["type"] = [value["type"], "null"]
    if "enum" in value:
        node["enum"] = [*value["enum"], None]


def _portable(pattern: str) -> str:
    r"""The pattern in words that every engine reads alike.

    The records' patterns are Rust's. To Python's ``re`` and to ECMA-262 ``\d`` and ``\s`` mean other characters, and
    Python's ``$`` also matches before a last line feed.
    """
    pattern = pattern.replace(r"\d", "[0-9]").replace(r"\s", r" \t\n\r")
    return re.sub(r"\$$", r"$(?!\\n)", pattern)
