"""The brief: what a statement says, in chapters by theme."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import get_args

from communique.records import Commitment, DateMention, Entity, Kind, Position, Quote, Record, Strength, Theme
from communique.report.dates import day_words, days_words
from communique.report.marking import readable

CHAPTERS: dict[Theme, str] = {
    "meeting": "The meeting and its delegations",
    "exploration": "Exploration and Artemis",
    "human_spaceflight": "Human spaceflight and low Earth orbit",
    "space_science": "Space science",
    "earth_observation": "Earth observation",
    "astronomy_space_weather": "Astronomy and space weather",
    "navigation": "Navigation",
    "commercial": "Commercial",
    "regulation": "Regulation and export control",
    "space_security": "Space security",
    "maritime": "Maritime awareness",
    "multilateral": "Multilateral",
    "follow_up": "The next dialogue and follow-up",
    "partnership": "The partnership",
    "other": "Other",
}
"""Titles of the chapters, in their order."""

STRENGTHS: tuple[Strength, ...] = get_args(Strength)
_PLURALS: dict[Kind, str] = {
    "agency": "Agencies",
    "mission": "Missions",
    "instrument": "Instruments",
    "forum": "Forums",
    "party": "Parties",
}


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a quote; ``trigger`` where it is the operator."""

    text: str
    trigger: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A commitment or position as a chapter shows it."""

    id: str
    kind: str
    strength: Strength | None
    words: list[Words]
    actors: list[str]
    deadline: str | None
    also: list[str]

    @property
    def text(self) -> str:
        """The words in one line."""
        return _line("".join(part.text for part in self.words))


@dataclass(frozen=True, slots=True)
class Link:
    """A name or date with the key of the place in the text that it stands at."""

    label: str
    full: str
    key: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What the statement says on one theme; ``elsewhere`` are clauses that an earlier chapter holds."""

    theme: Theme
    title: str
    facts: list[tuple[str, list[str]]]
    commitments: list[Clause]
    positions: list[Clause]
    elsewhere: list[Clause]
    names: list[tuple[str, list[Link]]]

    @property
    def count(self) -> int:
        """How many clauses the chapter shows."""
        return len(self.commitments) + len(self.positions)


@dataclass(frozen=True, slots=True)
class Name:
    """An entity of the index with the keys of its mentions."""

    name: str
    acronym: str | None
    side: str | None
    known: bool
    keys: list[str]


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date of the index."""

    quote: str
    value: str | None
    kind: str
    key: str


class Brief:
    """A record as a brief; reading it again gives the same."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._entities = {entity.id: entity for entity in record.entities}
        self._parties = {e.side: e.name for e in record.entities if e.kind == "party" and e.side}

    @property
    def tally(self) -> list[tuple[str, int, str]]:
        """Class, number and word for the commitments of each class, strongest first, and the positions."""
        found: list[str] = [c.strength for c in self._record.commitments]
        counts: list[tuple[str, int]] = [(strength, found.count(strength)) for strength in STRENGTHS]
        counts.append(("position", len(self._record.positions)))
        return [(name, count, name if count == 1 or name == "explore" else f"{name}s") for name, count in counts]

    def party(self, code: str) -> str:
        """The name of a party as the statement's own mentions give it, else its code."""
        return self._parties.get(code, code)

    def chapters(self) -> list[Chapter]:
        """The chapters that have something to say, in their order."""
        found = [self._chapter(theme) for theme in CHAPTERS]
        return [chapter for chapter in found if chapter.count or chapter.facts or chapter.elsewhere]

    def index(self) -> list[tuple[str, list[Name]]]:
        """All names by kind, each with its mentions."""
        keys: dict[str, list[str]] = {}
        for number, mention in enumerate(self._record.mentions):
            keys.setdefault(mention.entity, []).append(f"m{number}")
        groups = []
        for kind, title in _PLURALS.items():
            entities = sorted(
                (e for e in self._record.entities if e.kind == kind and e.id in keys),
                key=lambda e: (e.name.lower(), e.id),
            )
            if entities:
                groups.append((title, [Name(e.name, e.acronym, e.side, e.known, keys[e.id]) for e in entities]))
        return groups

    def dates(self) -> list[DateRow]:
        """All dates in the order of the text."""
        return [DateRow(_line(d.quote), _value(d), d.type, f"d{number}") for number, d in enumerate(self._record.dates)]

    def _chapter(self, theme: Theme) -> Chapter:
        record = self._record
        clauses: list[Commitment | Position] = [*record.commitments, *record.positions]
        own = [c for c in clauses if c.themes[0] == theme]
        also = [c for c in clauses if theme in c.themes[1:] and c.themes[0] != theme]
        commitments = [c for c in own if isinstance(c, Commitment)]
        return Chapter(
            theme=theme,
            title=CHAPTERS[theme],
            facts=self._facts(theme),
            commitments=[self._clause(c) for c in sorted(commitments, key=lambda c: STRENGTHS.index(c.strength))],
            positions=[self._clause(c) for c in own if isinstance(c, Position)],
            elsewhere=[self._clause(c) for c in also],
            names=self._names([*own, *also]),
        )

    def _clause(self, clause: Commitment | Position) -> Clause:
        promise = clause if isinstance(clause, Commitment) else None
        return Clause(
            id=clause.id,
            kind="commitment" if promise else "position",
            strength=promise.strength if promise else None,
            words=_words(clause),
            actors=[self._actor(actor) for actor in clause.actors],
            deadline=self._deadline(promise) if promise else None,
            also=[CHAPTERS[theme] for theme in clause.themes[1:]],
        )

    def _actor(self, actor: str) -> str:
        entity = self._entities.get(actor)
        if entity is not None:
            return entity.acronym or entity.name
        return self.party(actor) if ":" not in actor else actor.partition(":")[2]

    def _deadline(self, clause: Commitment) -> str | None:
        if clause.deadline is None:
            return None
        mentions = [self._record.dates[i] for i in clause.dates]
        return next((_line(d.quote) for d in mentions if d.value == clause.deadline), clause.deadline)

    def _names(self, clauses: Sequence[Quote]) -> list[tuple[str, list[Link]]]:
        """Names and dates within the clauses, each once, with the first place that it stands at."""
        groups: dict[str, dict[str, Link]] = {}
        inside = _Inside(clauses)
        for number, mention in enumerate(self._record.mentions):
            if mention.kind != "party" and inside.holds(mention):
                entity = self._entities[mention.entity]
                link = Link(entity.acronym or entity.name, entity.name, f"m{number}")
                groups.setdefault(_PLURALS[mention.kind], {}).setdefault(entity.id, link)
        for number, date in enumerate(self._record.dates):
            if inside.holds(date):
                link = Link(_line(date.quote), _value(date) or date.type, f"d{number}")
                groups.setdefault("Dates", {}).setdefault(date.value or date.quote, link)
        return [(title, list(groups[title].values())) for title in (*_PLURALS.values(), "Dates") if title in groups]

    def _facts(self, theme: Theme) -> list[tuple[str, list[str]]]:
        meeting = self._record.meeting
        if meeting is None:
            return []
        if theme == "meeting":
            facts = [
                ("Series", [_joined(", ", meeting.series, meeting.ordinal and f"no. {meeting.ordinal}")]),
                ("When", [days_words(meeting.start, meeting.end)]),
                (
                    "Where",
                    ["Virtual" if meeting.virtual else _joined(", ", meeting.city, self._place(meeting.country))],
                ),
                ("Parties", [", ".join(map(self.party, meeting.parties))]),
                ("Heads", [self._head(h.name, h.title, h.agency, h.side) for h in meeting.heads]),
                *(
                    (f"Delegation, {self.party(side)}", self._agencies(ids))
                    for side, ids in meeting.delegations.items()
                ),
            ]
        elif theme == "follow_up" and meeting.next is not None:
            after = meeting.next
            place = _joined(", ", after.city, self._place(after.country))
            ordinal = after.ordinal and f"no. {after.ordinal}"
            facts = [("Next meeting", [_joined(" · ", ordinal, after.date and day_words(after.date), place)])]
        else:
            facts = []
        return [(label, [v for v in values if v]) for label, values in facts if any(values)]

    def _place(self, country: str | None) -> str | None:
        return country and self.party(country)

    def _agencies(self, ids: Iterable[str]) -> list[str]:
        entities = [(i, self._entities.get(i)) for i in ids]
        return [_full(e) if e else i.partition(":")[2] for i, e in entities]

    def _head(self, name: str | None, title: str | None, agency: str | None, side: str | None) -> str:
        entity = self._entities.get(agency) if agency else None
        return _joined(", ", name, title, entity.name if entity else None, side and self.party(side))


def _full(entity: Entity) -> str:
    return f"{entity.name} ({entity.acronym})" if entity.acronym else entity.name


class _Inside:
    """Tells whether a span lies within one of the clauses."""

    def __init__(self, clauses: Iterable[Quote]) -> None:
        spans = sorted((clause.start, clause.end) for clause in clauses)
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def holds(self, span: Quote) -> bool:
        """Whether one clause holds all of the span."""
        number = bisect_right(self._starts, span.start)
        return number > 0 and self._reach[number - 1] >= span.end


def _words(clause: Commitment | Position) -> list[Words]:
    """The quote with its operator apart; where a list's lead holds the operator, it comes first."""
    start, end = clause.trigger.start - clause.start, clause.trigger.end - clause.start
    quote = clause.quote
    if start < 0 or end > len(quote):
        return [Words(_line(clause.trigger.quote), True), Words(f" … {_line(quote)}", False)]
    parts = [Words(readable(quote[a:b]), a == start) for a, b in ((0, start), (start, end), (end, len(quote)))]
    return [part for part in parts if part.text]


def _value(date: DateMention) -> str | None:
    return _joined(" ", date.mod, date.value) if date.value else None


def _line(text: str) -> str:
    return " ".join(readable(text).split())


def _joined(between: str, *values: str | int | None) -> str:
    return between.join(str(value) for value in values if value)
