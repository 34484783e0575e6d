"""The comparison: the shape of what is said about many records of one series.

Every claim rests on evidence: a quote with the statement that it stands in, whose offsets count Unicode code points
of that statement's text. Editions are referred to by their place in ``editions``, from 0.

What a comparison has by the ten thousand is a plain dataclass, which is made in a fifth of the time of a model; what is
alike may be one object, so nothing in it is to be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from communique.records import Actor, Day, EntityId, Head, Offset, Side, Strength, Theme, _Record

COMPARISON_VERSION = "1.0"

Status = Literal[
    "new", "developed", "repeated", "stronger", "weaker", "postponed", "carried_out", "mentioned", "not_mentioned"
]
Presence = Literal["new", "kept", "back", "gone", "absent"]
Index = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
StatementId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


@dataclass(slots=True)
class Evidence:
    """Words of one of the statements."""

    start: Annotated[Offset, Field(description="Offset of the first code point.")]
    end: Annotated[Offset, Field(description="Offset after the last code point.")]
    quote: Annotated[str, Field(description="The words themselves: text[start:end].", min_length=1)]
    statement: Annotated[StatementId, Field(description="Identifier of the statement.")]


class ComparedStatement(_Record):
    """A statement that was compared."""

    id: StatementId = Field(description="Identifier of the statement, as its record has it.")
    title: str | None = Field(description="Title of the statement.")
    published: Day | None = Field(description="Publication date of the statement.")
    uri: str | None = Field(description="Address or path of the statement.")


class Edition(_Record):
    """One meeting of the series, with all statements about it."""

    label: str = Field(description="Short name of the edition within the comparison.", min_length=1)
    statements: list[ComparedStatement] = Field(description="Statements about the meeting.", min_length=1)
    date: Day | None = Field(description="First day of the meeting, or else the day of publication.")
    end: Day | None = Field(description="Last day of the meeting.")
    ordinal: int | None = Field(description="Number of the meeting in its series.", ge=1)
    city: str | None = Field(description="City in its canonical form.")
    country: Side | None = Field(description="ISO code of the country.")
    virtual: bool | None = Field(description="True where nobody met in person.")
    parties: list[Side] = Field(description="ISO codes of the parties.")
    heads: list[Head] = Field(description="Who led, chaired or hosted.")
    delegations: dict[Side, list[EntityId]] = Field(description="Agencies of each side's delegation.")
    commitments: Index = Field(description="How many commitments the edition has.")
    positions: Index = Field(description="How many positions the edition has.")


@dataclass(slots=True)
class Appearance:
    """What one edition does with a name or a theme."""

    edition: Annotated[Index, Field(description="The edition.")]
    status: Annotated[
        Presence,
        Field(
            description="new: first named here; kept: named in the edition before too; back: named earlier, not in the "
            "edition before; gone: named in the edition before and not here; absent: neither."
        ),
    ]
    count: Annotated[Index, Field(description="Mentions of the name, or clauses with the theme.")]
    evidence: Annotated[
        Evidence | None, Field(description="First mention; for gone, the last one of the edition before.")
    ]


@dataclass(slots=True)
class Presences:
    """A name or a theme through all editions."""

    id: Annotated[str, Field(description="Entity id, or the theme.", min_length=1)]
    kind: Annotated[Literal["agency", "mission", "instrument", "forum", "theme"], Field(description="What it is.")]
    name: Annotated[str, Field(description="Canonical name.", min_length=1)]
    acronym: Annotated[str | None, Field(description="Acronym in ordinary use.")]
    side: Annotated[Side | None, Field(description="ISO code of an agency's country.")]
    editions: Annotated[list[Appearance], Field(description="One for each edition, in their order.")]


@dataclass(slots=True)
class Parts:
    """The parts of a score; null where neither clause has anything of the kind."""

    words: Annotated[Share | None, Field(description="Words of the action.")]
    names: Annotated[Share | None, Field(description="Agencies, missions, instruments and forums.")]
    themes: Annotated[Share | None, Field(description="Themes.")]
    actors: Annotated[Share | None, Field(description="Parties and bodies bound.")]


@dataclass(slots=True)
class Link:
    """Why an entry belongs to its chain."""

    edition: Annotated[Index, Field(description="The edition whose clause it was held against.")]
    score: Annotated[Share, Field(description="The score of the two.")]
    parts: Annotated[Parts, Field(description="The parts of the score.")]


@dataclass(slots=True)
class Entry:
    """What one edition says of a chain's matter."""

    edition: Annotated[Index, Field(description="The edition.")]
    status: Annotated[
        Status,
        Field(
            description="new: nothing earlier speaks of it; developed: spoken of earlier, without this promise or "
            "view; repeated, stronger, weaker, postponed (a later deadline): the earlier clause again; carried_out: "
            "reported as done; mentioned: spoken of, without a promise or view of its own; not_mentioned: no words "
            "found."
        ),
    ]
    certain: Annotated[
        bool,
        Field(
            description="False where mentioned or developed rests on few words in common, and where new or "
            "not_mentioned does on a clause that says too little to be missed: read both before you use it."
        ),
    ]
    clause: Annotated[str | None, Field(description="Identifier of the clause in its record.", pattern=r"^[cp]\d+$")]
    evidence: Annotated[Evidence | None, Field(description="The words; null where the edition does not speak of it.")]
    trigger: Annotated[str | None, Field(description="The operator words.")]
    strength: Annotated[Strength | None, Field(description="Class of a commitment.")]
    actors: Annotated[list[Actor], Field(description="Parties bound (ISO codes) or entities that act (ids).")]
    themes: Annotated[list[Theme], Field(description="What the clause is about.")]
    deadline: Annotated[str | None, Field(description="Value of the date by which the action is due.")]
    after_gap: Annotated[
        bool, Field(description="True where the clause comes back after editions that did not have it.")
    ]
    link: Annotated[
        Link | None, Field(description="What it was held against; null for the first clause and for silence.")
    ]


@dataclass(slots=True)
class Chain:
    """One undertaking or view through the editions, from the first that speaks of it to the last."""

    id: Annotated[str, Field(description="Identifier within the comparison.", pattern=r"^[cp]\d+$")]
    kind: Annotated[Literal["commitment", "position"], Field(description="What it is.")]
    themes: Annotated[list[Theme], Field(description="Themes of all its clauses.")]
    actors: Annotated[list[Actor], Field(description="Actors of all its clauses.")]
    entries: Annotated[
        list[Entry], Field(description="One for each edition from the first that speaks of it.", min_length=1)
    ]


@dataclass(slots=True)
class Deadline:
    """A promised date that fell due before a later edition, and what that edition says."""

    chain: Annotated[str, Field(description="The chain of the commitment.", pattern=r"^c\d+$")]
    promised: Annotated[Index, Field(description="The edition that gave the date.")]
    value: Annotated[str, Field(description="Value of the date as the record has it.")]
    due: Annotated[Day, Field(description="Last day that the value can mean.")]
    checked: Annotated[Index, Field(description="The first edition after that day.")]
    status: Annotated[Status, Field(description="What that edition says of the matter.")]
    certain: Annotated[bool, Field(description="As in the entry of that edition.")]
    promise: Annotated[Evidence, Field(description="The words that gave the date.")]
    evidence: Annotated[Evidence | None, Field(description="The later words; null where there are none.")]


class ComparisonProvenance(_Record):
    """What made the comparison."""

    communique: str = Field(description="Version of the code.")
    model: str = Field(description="Name and version of the rule model.")


class Comparison(_Record):
    """What changed from edition to edition of one series."""

    schema_version: Literal["1.0"] = Field(description="Version of this schema.")
    series: str | None = Field(description="Name of the series.")
    parties: list[Side] = Field(description="ISO codes of all parties.")
    editions: list[Edition] = Field(description="Editions by date.", min_length=2)
    names: list[Presences] = Field(description="Names of agencies, missions, instruments and forums, by id.")
    themes: list[Presences] = Field(description="Themes in the order of the codebook.")
    commitments: list[Chain] = Field(description="Chains of commitments by their first edition and place.")
    positions: list[Chain] = Field(description="Chains of positions by their first edition and place.")
    deadlines: list[Deadline] = Field(description="Dates that fell due between editions, by day.")
    provenance: ComparisonProvenance
