"""What the components find in a statement, in the order in which they find it.

Components read and write one `Annotations` object per statement. Offsets count code points of its ``text``. When a
statement comes through `communique.extract`, that is the statement's *view* (see `communique.layout`), and the
normaliser carries the offsets back to the text as it was given; in a pipeline of spaCy's it is the Doc's text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from spacy.tokens import Doc

from communique.records import DateType, Kind, Modifier, Strength
from communique.words import Words


@dataclass(slots=True)
class Line:
    """A paragraph, heading or list item; ``start`` is after the bullet or number."""

    start: int
    end: int
    kind: str  # "paragraph", "heading", "bullet" or "numbered"


@dataclass(slots=True, frozen=True)
class Entity:
    """What mentions name. ``id`` is ``kind:slug``; ``known`` is false where no lexicon lists the name."""

    id: str
    kind: Kind
    name: str
    acronym: str | None = None
    side: str | None = None
    known: bool = True


@dataclass(slots=True)
class Mention:
    """A name in the text."""

    kind: Kind
    start: int
    end: int
    entity: Entity
    rule: str


@dataclass(slots=True)
class DateExpression:
    """A date, duration or set in the text. ``earliest`` and ``latest`` are ISO days."""

    start: int
    end: int
    type: DateType
    value: str | None
    mod: Modifier | None
    earliest: str | None
    latest: str | None
    rule: str


@dataclass(slots=True)
class Commitment:
    """A clause with its operators; ``actors`` are ISO codes or entity ids."""

    start: int
    end: int
    trigger_start: int
    trigger_end: int
    operators: list[str]
    strength: Strength
    actors: list[str]
    deadline: str | None
    rule: str
    themes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Position:
    """A clause that states a view."""

    start: int
    end: int
    trigger_start: int
    trigger_end: int
    actors: list[str]
    rule: str
    themes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Head:
    """A person who led a side or hosted the meeting, or the office or body that did; ``agency`` is an entity id."""

    name: str | None
    title: str | None
    agency: str | None
    side: str | None


@dataclass(slots=True)
class NextMeeting:
    """The meeting that is to come."""

    ordinal: int | None = None
    date: str | None = None
    city: str | None = None
    country: str | None = None


@dataclass(slots=True)
class Meeting:
    """The meeting that the statement is about; see `communique.records.Meeting`."""

    series: str | None = None
    ordinal: int | None = None
    start: str | None = None
    end: str | None = None
    city: str | None = None
    country: str | None = None
    virtual: bool | None = None
    parties: list[str] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    delegations: dict[str, list[str]] = field(default_factory=dict)
    next: NextMeeting | None = None


@dataclass(slots=True)
class Annotations:
    """Everything found in one statement, and the metadata that was given with it."""

    text: str = ""
    """The view of the statement, or a Doc's text: kept, because ``doc.text`` puts it together anew at every call."""
    title: str | None = None
    published: str | None = None
    lines: list[Line] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    dates: list[DateExpression] = field(default_factory=list)
    title_dates: list[DateExpression] = field(default_factory=list)
    """Those of the title, with offsets in it."""
    parties: list[str] = field(default_factory=list)
    """ISO codes of the statement's own parties: who `we` and `the two sides` are."""
    commitments: list[Commitment] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    unknown_verbs: list[tuple[int, int]] = field(default_factory=list)
    meeting: Meeting | None = None
    entities: dict[str, Entity] = field(default_factory=dict)
    """Entities by id that the meeting names but no mention does; mentions carry their own."""
    _words: Words | None = field(default=None, repr=False, compare=False)

    @property
    def words(self) -> Words:
        """The text's words, cut for the first component that asks."""
        if self._words is None:
            self._words = Words(self.text)
        return self._words


if not Doc.has_extension("communique"):
    Doc.set_extension("communique", default=None)


def annotations_of(doc: Doc) -> Annotations:
    """The Doc's annotations; an empty set is attached when there is none yet."""
    found = doc._.communique
    if found is None:
        found = Annotations(text=doc.text)
        doc._.communique = found
    return cast(Annotations, found)
