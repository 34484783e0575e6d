"""The record: the shape of what is extracted from one statement.

Offsets everywhere count Unicode code points in ``statement.text``, and ``text[start:end] == quote`` holds for every
quoted span. Field names are a contract with other tools; a change of them is a new ``SCHEMA_VERSION``.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"

Kind = Literal["agency", "mission", "instrument", "forum", "party"]
DateType = Literal["date", "duration", "set"]
Modifier = Literal["start", "mid", "end", "before", "after", "approx"]
Strength = Literal["decision", "pledge", "intent", "explore"]
Theme = Literal[
    "meeting",
    "exploration",
    "human_spaceflight",
    "space_science",
    "earth_observation",
    "astronomy_space_weather",
    "navigation",
    "commercial",
    "regulation",
    "space_security",
    "maritime",
    "multilateral",
    "follow_up",
    "partnership",
    "other",
]

_DAY = r"^\d{4}-\d{2}-\d{2}$"
_SIDE = r"^[A-Z]{2}$"
_ENTITY_ID = r"^(agency|mission|instrument|forum|party):[^\s:]+$"

Offset = Annotated[int, Field(ge=0)]
Day = Annotated[str, Field(pattern=_DAY)]
Side = Annotated[str, Field(pattern=_SIDE)]
EntityId = Annotated[str, Field(pattern=_ENTITY_ID)]
Actor = Annotated[str, Field(pattern=r"^([A-Z]{2}|agency:[^\s:]+|forum:[^\s:]+|mission:[^\s:]+)$")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(_Record):
    """A stretch of the statement's text."""

    start: Offset = Field(description="Offset of the first code point.")
    end: Offset = Field(description="Offset after the last code point.")


class Quote(Span):
    """A stretch of the statement's text with its words."""

    quote: str = Field(description="The words themselves: text[start:end].", min_length=1)


class Source(_Record):
    """Where the text came from."""

    uri: str | None = Field(default=None, description="Address or path as the user gave it.")
    media_type: str | None = Field(default=None, description="Media type of what was read.")
    sha256: str | None = Field(
        default=None, description="SHA-256 of the bytes that were read.", pattern=r"^[0-9a-f]{64}$"
    )


class Page(_Record):
    """Where a page of the file that was read begins in the text."""

    number: int = Field(description="Number of the page in the file, from 1.", ge=1)
    start: Offset = Field(description="Offset of its first code point; it ends where the next page listed begins.")


class StatementText(_Record):
    """The statement as it was given."""

    id: str = Field(description="First 16 hex digits of the text's SHA-256.", pattern=r"^[0-9a-f]{16}$")
    title: str | None = Field(description="Title given with the text.")
    published: Day | None = Field(description="Publication date given with the text.")
    language: Literal["en"] = Field(description="Language of the text.")
    source: Source = Field(description="Where the text came from.")
    text: str = Field(description="The text, code point for code point.")
    pages: list[Page] | None = Field(
        default=None, description="Pages that hold text, in their order; null where what was read has no pages."
    )


class Entity(_Record):
    """What one or more mentions name."""

    id: EntityId = Field(description="Kind and identifier, such as agency:us-nasa.")
    kind: Kind = Field(description="Kind of the entity.")
    name: str = Field(description="Canonical name.", min_length=1)
    acronym: str | None = Field(description="Acronym in ordinary use.")
    side: Side | None = Field(
        description="ISO 3166-1 alpha-2 code of the party or the agency's country, EU for the European Union."
    )
    known: bool = Field(description="False where the name was found by its form and no lexicon lists it.")


class Mention(Quote):
    """A name as it stands in the text."""

    kind: Kind = Field(description="Kind of the entity.")
    entity: EntityId = Field(description="The entity named.")
    rule: str = Field(description="The rule that found it.")


class DateMention(Quote):
    """A date, duration or set of dates as it stands in the text."""

    type: DateType = Field(description="date, duration or set.")
    value: str | None = Field(
        description="ISO 8601 or EDTF value at the text's own precision; null where nothing places it."
    )
    mod: Modifier | None = Field(description="What narrows or opens the value.")
    earliest: Day | None = Field(description="First day that the value can mean.")
    latest: Day | None = Field(description="Last day that the value can mean.")
    rule: str = Field(description="The rule that found it.")


class Commitment(Quote):
    """A clause in which a party states the intent to take identifiable action."""

    id: str = Field(description="Identifier within the record.", pattern=r"^c\d+$")
    trigger: Quote = Field(description="The operator words.")
    operators: list[str] = Field(description="The operators of the chain, outermost first.", min_length=1)
    strength: Strength = Field(description="Class of the weakest operator.")
    actors: list[Actor] = Field(description="Parties bound (ISO codes) or entities that act (ids).")
    themes: list[Theme] = Field(description="What the action is about.", min_length=1)
    deadline: str | None = Field(description="Value of the date by which the action is due.")
    mentions: list[int] = Field(description="Indices into the record's mentions that lie in the clause.")
    dates: list[int] = Field(description="Indices into the record's dates that lie in the clause.")
    rule: str = Field(description="The rule that found it.")


class Position(Quote):
    """A clause in which a party states a view, not an intent to act."""

    id: str = Field(description="Identifier within the record.", pattern=r"^p\d+$")
    trigger: Quote = Field(description="The words that state the view.")
    actors: list[Actor] = Field(description="Parties (ISO codes) or entities (ids) that hold it.")
    themes: list[Theme] = Field(description="What the view is about.", min_length=1)
    rule: str = Field(description="The rule that found it.")


class Head(_Record):
    """Who led, chaired or hosted: a person, or an office or agency where the text names no person."""

    name: Annotated[str, Field(min_length=1)] | None = Field(description="The person's name; null where none is told.")
    title: str | None = Field(description="The title as written, without the agency where that stands apart.")
    agency: EntityId | None = Field(description="The agency that the title names.")
    side: Side | None = Field(description="The party that is led.")


class NextMeeting(_Record):
    """What the statement says of the next meeting."""

    ordinal: int | None = Field(description="Number of the next meeting in its series.", ge=1)
    date: str | None = Field(description="Date value of the next meeting.")
    city: str | None = Field(description="City in its canonical form.")
    country: Side | None = Field(description="ISO code of the country.")


class Meeting(_Record):
    """The meeting that the statement is about."""

    series: str | None = Field(description="Name of the recurring meeting without its ordinal.")
    ordinal: int | None = Field(description="Number of the meeting in its series.", ge=1)
    start: Day | None = Field(description="First day.")
    end: Day | None = Field(description="Last day.")
    city: str | None = Field(description="City in its canonical form.")
    country: Side | None = Field(description="ISO code of the country.")
    virtual: bool | None = Field(description="True where nobody met in person.")
    parties: list[Side] = Field(description="ISO codes of the parties that met.")
    heads: list[Head] = Field(description="Who led, chaired or hosted.")
    delegations: dict[Side, list[EntityId]] = Field(description="Agencies of each side's delegation.")
    next: NextMeeting | None = Field(description="The next meeting, where the statement speaks of it.")


class Gap(Quote):
    """Words that look like a name or a verb of the parties, which no rule knows."""


class Coverage(_Record):
    """What was not understood."""

    silent_sentences: list[int] = Field(description="Indices of sentences in which nothing was found.")
    unknown_names: list[Gap] = Field(description="Capitalised names and acronyms that no rule knows.")
    unknown_verbs: list[Gap] = Field(description="Verbs of the parties that no list holds.")


class Provenance(_Record):
    """What made the record."""

    communique: str = Field(description="Version of the code.")
    model: str = Field(description="Name and version of the rule model, such as en_space-1.0.0.")
    spacy: str = Field(description="Version of spaCy.")


class Record(_Record):
    """What one statement says, with the words that say it."""

    schema_version: Literal["1.0"] = Field(description="Version of this schema.")
    statement: StatementText
    sentences: list[Span] = Field(description="Sentences, headings and list items in the order of the text.")
    entities: list[Entity] = Field(description="What the mentions name, by id.")
    mentions: list[Mention] = Field(description="Names in the order of the text.")
    dates: list[DateMention] = Field(description="Dates in the order of the text.")
    commitments: list[Commitment] = Field(description="Commitments in the order of the text.")
    positions: list[Position] = Field(description="Positions in the order of the text.")
    meeting: Meeting | None = Field(description="The meeting, or null where the statement is about none.")
    coverage: Coverage
    provenance: Provenance


_R = TypeVar("_R", bound=BaseModel)
_new = object.__new__
_set_fields, _set_names, _set_extra, _set_private = (
    vars(BaseModel)[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)
"""What a record consists of, set without a look for each slot's name."""


def made(kind: type[_R], fields: dict[str, Any]) -> _R:
    """A record of all its fields, in their order, right by construction: the schema checks the whole.

    pydantic's own `model_construct` takes five times as long.
    """
    record = _new(kind)
    _set_fields(record, fields)
    _set_names(record, _names(kind))
    _set_extra(record, None)
    _set_private(record, None)
    return record


@cache
def _names(kind: type[BaseModel]) -> set[str]:
    """The names of a kind's fields: one set for all its records, which are frozen."""
    return set(kind.model_fields)
