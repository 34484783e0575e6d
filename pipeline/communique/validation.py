"""What must hold in a record beyond its schema: quotes are the text's own words, every reference leads somewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from communique.errors import InputError
from communique.schema import schema_faults

Json = dict[str, Any]

_JSON_LINES = {".jsonl", ".ndjson"}


class Fault(NamedTuple):
    """One thing wrong with a record: the path to the field (``commitments[3].trigger``) and what is wrong there."""

    path: str
    message: str


def check_record(data: Json) -> list[Fault]:
    """Everything wrong with a record given as JSON data; an empty list when it can be relied on.

    The schema comes first: where the shape is wrong, what the fields mean is not asked.
    """
    shape = [Fault(path, message) for path, message in schema_faults(data)]
    if shape:
        return shape
    return [*_statement(data), *_spans(data), *_entities(data), *_references(data), *_meeting(data)]


def _statement(data: Json) -> Iterator[Fault]:
    statement = data["statement"]
    digest = sha256(statement["text"].encode()).hexdigest()[:16]
    if statement["id"] != digest:
        yield Fault("statement.id", f"is {statement['id']}, but the text's hash is {digest}")
    yield from _pages(statement["pages"] or [], len(statement["text"]))


def _pages(pages: list[Json], length: int) -> Iterator[Fault]:
    for i, page in enumerate(pages):
        if page["start"] >= length:
            yield Fault(f"statement.pages[{i}]", f"begins at {page['start']} of a text of {length} code points")
    for i, (a, b) in enumerate(pairwise(pages), 1):
        if b["number"] <= a["number"] or b["start"] < a["start"]:
            yield Fault(f"statement.pages[{i}]", f"page {b['number']} does not follow page {a['number']} before it")


def _spans(data: Json) -> Iterator[Fault]:
    text = data["statement"]["text"]
    for path, span in _all_spans(data):
        start, end = span["start"], span["end"]
        if not start < end <= len(text):
            yield Fault(path, f"{start} to {end} is no stretch of a text of {len(text)} code points")
        elif "quote" in span and text[start:end] != span["quote"]:
            yield Fault(path, f"quotes {_short(span['quote'])}, but the text there is {_short(text[start:end])}")
    for key in ("sentences", "mentions", "dates"):
        yield from _in_order(key, data[key], apart=True)
    for key in ("commitments", "positions"):
        # Clauses may lie within one another; no two may be the same operator over the same words.
        yield from _in_order(key, data[key], apart=False)


def _all_spans(data: Json) -> Iterator[tuple[str, Json]]:
    for key in ("sentences", "mentions", "dates", "commitments", "positions"):
        for i, span in enumerate(data[key]):
            yield f"{key}[{i}]", span
            if "trigger" in span:
                yield f"{key}[{i}].trigger", span["trigger"]
    for key in ("unknown_names", "unknown_verbs"):
        for i, span in enumerate(data["coverage"][key]):
            yield f"coverage.{key}[{i}]", span


def _in_order(key: str, spans: list[Json], *, apart: bool) -> Iterator[Fault]:
    for i, (a, b) in enumerate(pairwise(spans), 1):
        if b["start"] < a["start"]:
            yield Fault(f"{key}[{i}]", f"starts at {b['start']}, before the one listed ahead of it ({a['start']})")
        elif apart and b["start"] < a["end"]:
            yield Fault(f"{key}[{i}]", f"starts at {b['start']}, inside the one before, which ends at {a['end']}")


def _entities(data: Json) -> Iterator[Fault]:
    ids = [entity["id"] for entity in data["entities"]]
    for i, (a, b) in enumerate(pairwise(ids), 1):
        if a >= b:
            yield Fault(f"entities[{i}].id", f"{b} stands after {a}: ids are unique and in order")
    for i, entity in enumerate(data["entities"]):
        if entity["id"].partition(":")[0] != entity["kind"]:
            yield Fault(f"entities[{i}].kind", f"is {entity['kind']}, but the id is {entity['id']}")
    for i, mention in enumerate(data["mentions"]):
        if mention["entity"].partition(":")[0] != mention["kind"]:
            yield Fault(f"mentions[{i}].kind", f"is {mention['kind']}, but the entity is {mention['entity']}")
    known = set(ids)
    for path, reference in _entity_references(data):
        if reference not in known:
            yield Fault(path, f"no entity {reference}")


def _entity_references(data: Json) -> Iterator[tuple[str, str]]:
    for i, mention in enumerate(data["mentions"]):
        yield f"mentions[{i}].entity", mention["entity"]
    for key in ("commitments", "positions"):
        for i, clause in enumerate(data[key]):
            for j, actor in enumerate(clause["actors"]):
                if ":" in actor:
                    yield f"{key}[{i}].actors[{j}]", actor
    meeting = data["meeting"] or {"heads": [], "delegations": {}}
    for i, head in enumerate(meeting["heads"]):
        if head["agency"] is not None:
            yield f"meeting.heads[{i}].agency", head["agency"]
    for side, agencies in meeting["delegations"].items():
        for j, agency in enumerate(agencies):
            yield f"meeting.delegations.{side}[{j}]", agency


def _references(data: Json) -> Iterator[Fault]:
    for key, letter in (("commitments", "c"), ("positions", "p")):
        for i, clause in enumerate(data[key]):
            if clause["id"] != f"{letter}{i + 1}":
                yield Fault(f"{key}[{i}].id", f"is {clause['id']}, but by its place it is {letter}{i + 1}")
    for i, clause in enumerate(data["commitments"]):
        for key in ("mentions", "dates"):
            yield from _indices(f"commitments[{i}].{key}", clause[key], len(data[key]))
            for j, index in enumerate(clause[key]):
                if 0 <= index < len(data[key]) and not _inside(data[key][index], clause):
                    yield Fault(f"commitments[{i}].{key}[{j}]", f"{key}[{index}] lies outside the clause")
    silent = data["coverage"]["silent_sentences"]
    yield from _indices("coverage.silent_sentences", silent, len(data["sentences"]))


def _indices(path: str, indices: list[int], size: int) -> Iterator[Fault]:
    for j, index in enumerate(indices):
        if not 0 <= index < size:
            yield Fault(f"{path}[{j}]", f"index {index} into a list of {size}")
    if any(b <= a for a, b in pairwise(indices)):
        yield Fault(path, "indices are not in order")


def _inside(span: Json, clause: Json) -> bool:
    return bool(clause["start"] <= span["start"] and span["end"] <= clause["end"])


def _meeting(data: Json) -> Iterator[Fault]:
    for path, first, last, days in _periods(data):
        if None not in days and days[0] > days[1]:
            yield Fault(path, f"{first} {days[0]} is after {last} {days[1]}")


def _periods(data: Json) -> Iterable[tuple[str, str, str, tuple[Any, Any]]]:
    for i, date in enumerate(data["dates"]):
        yield f"dates[{i}]", "earliest", "latest", (date["earliest"], date["latest"])
    if data["meeting"] is not None:
        yield "meeting", "start", "end", (data["meeting"]["start"], data["meeting"]["end"])


def _short(text: str, most: int = 60) -> str:
    """The text as a literal of one line, cut where it is long."""
    return repr(text if len(text) <= most else text[: most - 1] + "…")


class Checked(NamedTuple):
    """One record of a file: its line where the file is JSON Lines, and what is wrong with it."""

    line: int | None
    faults: list[Fault]


def check_file(path: Path) -> Iterator[Checked]:
    """Check each record of a file: one record as JSON, or one in each line (JSON Lines).

    Raises InputError when the file cannot be read or holds no record.
    """
    data = _bytes(path)
    if not data.strip():
        raise InputError(f"{path}: there is no record in it: give JSON as communique extract writes it")
    lines = data.rstrip().split(b"\n")
    if path.suffix.lower() not in _JSON_LINES and not (len(lines) > 1 and _is_object(lines[0])):
        yield Checked(None, _check_json(data))
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Checked(number, _check_json(line))


def _bytes(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{path}: cannot be read: {reason}: give files of JSON or JSON Lines") from None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _check_json(data: bytes) -> list[Fault]:
    try:
        return check_record(orjson.loads(data))
    except orjson.JSONDecodeError as error:
        return [Fault("record", f"is no JSON: {error}")]
