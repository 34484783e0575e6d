"""The tables: which there are, what their columns mean, and the rows that a record gives each.

Tidy as in Wickham (2014): a row for each thing, a column for each of its properties. ``statement`` is the key of the
statements and stands in every other table; what is one of several carries its number or id beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Json = dict[str, Any]
Type = Literal["string", "integer", "boolean", "date", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its values, and what they are. A ``list`` holds texts."""

    name: str
    type: Type
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, those that tell its rows apart, and the rows of one record."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Json], Iterator[Json]]


def day(value: str | None) -> date | None:
    """An ISO day; None for what no calendar has."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        return None


def _statements(record: Json) -> Iterator[Json]:
    statement, meeting, made = record["statement"], record["meeting"] or {}, record["provenance"]
    yield {
        "statement": statement["id"],
        "title": statement["title"],
        "published": day(statement["published"]),
        "language": statement["language"],
        "uri": statement["source"]["uri"],
        "characters": len(statement["text"]),
        "series": meeting.get("series"),
        "ordinal": meeting.get("ordinal"),
        "meeting_start": day(meeting.get("start")),
        "meeting_end": day(meeting.get("end")),
        "city": meeting.get("city"),
        "country": meeting.get("country"),
        "virtual": meeting.get("virtual"),
        "parties": meeting.get("parties", []),
        "model": made["model"],
    }


def _mentions(record: Json) -> Iterator[Json]:
    entities = {entity["id"]: entity for entity in record["entities"]}
    for number, mention in enumerate(record["mentions"]):
        entity = entities[mention["entity"]]
        about = {name: entity[name] for name in ("name", "acronym", "side", "known")}
        yield {**_place(record, mention), "mention": number, "kind": mention["kind"], "entity": entity["id"], **about}


def _dates(record: Json) -> Iterator[Json]:
    for number, found in enumerate(record["dates"]):
        about = {name: found[name] for name in ("type", "value", "mod")}
        bounds = {name: day(found[name]) for name in ("earliest", "latest")}
        yield {**_place(record, found), "date": number, **about, **bounds}


def _commitments(record: Json) -> Iterator[Json]:
    for commitment in record["commitments"]:
        about = {name: commitment[name] for name in ("strength", "operators", "actors", "themes", "deadline")}
        yield {
            **_place(record, commitment),
            "commitment": commitment["id"],
            "trigger": commitment["trigger"]["quote"],
            **about,
            "deadline_latest": _latest(record, commitment),
        }


def _latest(record: Json, commitment: Json) -> date | None:
    """The last day of the date that is the commitment's deadline."""
    if commitment["deadline"] is None:
        return None
    dates = (record["dates"][index] for index in commitment["dates"])
    return next((day(found["latest"]) for found in dates if found["value"] == commitment["deadline"]), None)


def _positions(record: Json) -> Iterator[Json]:
    for position in record["positions"]:
        about = {"actors": position["actors"], "themes": position["themes"], "trigger": position["trigger"]["quote"]}
        yield {**_place(record, position), "position": position["id"], **about}


def _delegations(record: Json) -> Iterator[Json]:
    entities = {entity["id"]: entity for entity in record["entities"]}
    for side, agencies in (record["meeting"] or {}).get("delegations", {}).items():
        for agency in agencies:
            entity = entities.get(agency, {})
            yield {
                "statement": record["statement"]["id"],
                "side": side,
                "agency": agency,
                "name": entity.get("name"),
                "acronym": entity.get("acronym"),
            }


def _place(record: Json, found: Json) -> Json:
    place = {name: found[name] for name in ("start", "end", "quote", "rule")}
    return {"statement": record["statement"]["id"], **place}


_STATEMENT = Column("statement", "string", "The statement: the first 16 hex digits of its text's SHA-256.")
_PLACE = (
    Column("start", "integer", "Offset of the first code point in the statement's text."),
    Column("end", "integer", "Offset after the last code point."),
    Column("quote", "string", "The words themselves."),
    Column("rule", "string", "The rule that found it."),
)

TABLES = (
    Table(
        "statements",
        "A row for each distinct text.",
        (
            _STATEMENT,
            Column("title", "string", "Title given with the text."),
            Column("published", "date", "Publication date given with the text."),
            Column("language", "string", "Language of the text."),
            Column("uri", "string", "Where the text came from first."),
            Column("characters", "integer", "Length of the text in code points."),
            Column("series", "string", "Name of the recurring meeting without its ordinal."),
            Column("ordinal", "integer", "Number of the meeting in its series."),
            Column("meeting_start", "date", "First day of the meeting."),
            Column("meeting_end", "date", "Last day of the meeting."),
            Column("city", "string", "City of the meeting."),
            Column("country", "string", "ISO code of the country of the meeting."),
            Column("virtual", "boolean", "True where nobody met in person."),
            Column("parties", "list", "ISO codes of the parties that met."),
            Column("model", "string", "Name and version of the rule model."),
        ),
        ("statement",),
        _statements,
    ),
    Table(
        "mentions",
        "A row for each name as it stands in a text.",
        (
            _STATEMENT,
            Column("mention", "integer", "Number of the mention in its statement, from 0."),
            Column("kind", "string", "agency, mission, instrument, forum or party."),
            Column("entity", "string", "Identifier of what is named, the same in all statements."),
            Column("name", "string", "Canonical name."),
            Column("acronym", "string", "Acronym in ordinary use."),
            Column("side", "string", "ISO code of the party or of the agency's country."),
            Column("known", "boolean", "False where the name was found by its form and no lexicon lists it."),
            *_PLACE,
        ),
        ("statement", "mention"),
        _mentions,
    ),
    Table(
        "dates",
        "A row for each date, duration or set of dates.",
        (
            _STATEMENT,
            Column("date", "integer", "Number of the date in its statement, from 0."),
            Column("type", "string", "date, duration or set."),
            Column("value", "string", "ISO 8601 or EDTF value at the text's own precision."),
            Column("mod", "string", "What narrows or opens the value."),
            Column("earliest", "date", "First day that the value can mean."),
            Column("latest", "date", "Last day that the value can mean."),
            *_PLACE,
        ),
        ("statement", "date"),
        _dates,
    ),
    Table(
        "commitments",
        "A row for each clause in which a party states the intent to take identifiable action.",
        (
            _STATEMENT,
            Column("commitment", "string", "Identifier of the commitment in its statement."),
            Column("strength", "string", "decision, pledge, intent or explore."),
            Column("trigger", "string", "The operator words."),
            Column("operators", "list", "The operators of the chain, outermost first."),
            Column("actors", "list", "Parties bound (ISO codes) or entities that act (identifiers)."),
            Column("themes", "list", "What the action is about."),
            Column("deadline", "string", "Value of the date by which the action is due."),
            Column("deadline_latest", "date", "Last day that the deadline can mean."),
            *_PLACE,
        ),
        ("statement", "commitment"),
        _commitments,
    ),
    Table(
        "positions",
        "A row for each clause in which a party states a view.",
        (
            _STATEMENT,
            Column("position", "string", "Identifier of the position in its statement."),
            Column("trigger", "string", "The words that state the view."),
            Column("actors", "list", "Parties (ISO codes) or entities (identifiers) that hold it."),
            Column("themes", "list", "What the view is about."),
            *_PLACE,
        ),
        ("statement", "position"),
        _positions,
    ),
    Table(
        "delegations",
        "A row for each agency in a side's delegation.",
        (
            _STATEMENT,
            Column("side", "string", "ISO code of the side."),
            Column("agency", "string", "Identifier of the agency, as in the mentions."),
            Column("name", "string", "Canonical name."),
            Column("acronym", "string", "Acronym in ordinary use."),
        ),
        ("statement", "side", "agency"),
        _delegations,
    ),
)
"""All tables, in the order in which they are written."""
