"""Annotations → record."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from spacy.about import __version__ as SPACY_VERSION
from spacy.language import Language

from communique import __version__
from communique.annotations import Annotations
from communique.coverage import gaps
from communique.layout import View
from communique.records import (
    SCHEMA_VERSION,
    Commitment,
    Coverage,
    DateMention,
    Entity,
    Head,
    Meeting,
    Mention,
    NextMeeting,
    Position,
    Provenance,
    Quote,
    Record,
    Span,
    StatementText,
    made,
)

if TYPE_CHECKING:
    from communique.extraction import Statement


class _Quoter:
    """Turns offsets of the view into quotes of the text as given."""

    def __init__(self, text: str, seen: View) -> None:
        self.text = text
        self.given = seen.span

    def quote(self, start: int, end: int) -> Quote:
        a, b = self.given(start, end)
        return made(Quote, {"start": a, "end": b, "quote": self.text[a:b]})

    def span(self, start: int, end: int) -> Span:
        a, b = self.given(start, end)
        return made(Span, {"start": a, "end": b})


def normalize(found: Annotations, seen: View, statement: Statement, nlp: Language) -> Record:
    """The record of what was found in ``seen.text``.

    Built without pydantic's validation (see `communique.records.made`): the schema's checks the whole afterwards.
    """
    at = _Quoter(statement.text, seen)
    return made(
        Record,
        {
            "schema_version": SCHEMA_VERSION,
            "statement": _statement(statement),
            "sentences": [at.span(a, b) for a, b in found.sentences],
            "entities": _entities(found),
            "mentions": _mentions(found, at),
            "dates": _dates(found, at),
            "commitments": _commitments(found, at),
            "positions": _positions(found, at),
            "meeting": _meeting(found),
            "coverage": _coverage(found, at),
            "provenance": made(
                Provenance, {"communique": __version__, "model": _model_name(nlp), "spacy": SPACY_VERSION}
            ),
        },
    )


def _statement(given: Statement) -> StatementText:
    return made(
        StatementText,
        {
            "id": sha256(given.text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
            "title": given.title,
            "published": given.published,
            "language": "en",
            "source": given.source,
            "text": given.text,
            "pages": given.pages,
        },
    )


@lru_cache(maxsize=4)
def _model_name(nlp: Language) -> str:
    """Name and version of a model, asked once: spaCy lists the labels of all components at each look at its facts."""
    meta = nlp.meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _entities(found: Annotations) -> list[Entity]:
    by_id = {m.entity.id: m.entity for m in found.mentions} | found.entities
    return [
        made(
            Entity,
            {"id": e.id, "kind": e.kind, "name": e.name, "acronym": e.acronym, "side": e.side, "known": e.known},
        )
        for _, e in sorted(by_id.items())
    ]


def _mentions(found: Annotations, at: _Quoter) -> list[Mention]:
    text, given = at.text, at.given
    mentions = []
    for m in found.mentions:
        a, b = given(m.start, m.end)
        fields = {"start": a, "end": b, "quote": text[a:b], "kind": m.kind, "entity": m.entity.id, "rule": m.rule}
        mentions.append(made(Mention, fields))
    return mentions


def _dates(found: Annotations, at: _Quoter) -> list[DateMention]:
    dates = []
    for d in found.dates:
        a, b = at.given(d.start, d.end)
        fields = {
            "start": a, "end": b, "quote": at.text[a:b],
            "type": d.type, "value": d.value, "mod": d.mod, "earliest": d.earliest, "latest": d.latest, "rule": d.rule,
        }  # fmt: skip
        dates.append(made(DateMention, fields))
    return dates


def _within(starts: list[int], spans: list[tuple[int, int]], start: int, end: int) -> list[int]:
    """Indices of the spans, sorted by start, that lie in [start, end)."""
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    return [i for i in range(first, last) if spans[i][1] <= end]


def _commitments(found: Annotations, at: _Quoter) -> list[Commitment]:
    mentions = [(m.start, m.end) for m in found.mentions]
    dates = [(d.start, d.end) for d in found.dates]
    mention_starts, date_starts = [a for a, _ in mentions], [a for a, _ in dates]
    commitments = []
    for i, c in enumerate(found.commitments, 1):
        a, b = at.given(c.start, c.end)
        fields = {
            "start": a, "end": b, "quote": at.text[a:b],
            "id": f"c{i}",
            "trigger": at.quote(c.trigger_start, c.trigger_end),
            "operators": c.operators,
            "strength": c.strength,
            "actors": c.actors,
            "themes": c.themes or ["other"],
            "deadline": c.deadline,
            "mentions": _within(mention_starts, mentions, c.start, c.end),
            "dates": _within(date_starts, dates, c.start, c.end),
            "rule": c.rule,
        }  # fmt: skip
        commitments.append(made(Commitment, fields))
    return commitments


def _positions(found: Annotations, at: _Quoter) -> list[Position]:
    positions = []
    for i, p in enumerate(found.positions, 1):
        a, b = at.given(p.start, p.end)
        fields = {
            "start": a, "end": b, "quote": at.text[a:b],
            "id": f"p{i}",
            "trigger": at.quote(p.trigger_start, p.trigger_end),
            "actors": p.actors,
            "themes": p.themes or ["other"],
            "rule": p.rule,
        }  # fmt: skip
        positions.append(made(Position, fields))
    return positions


def _meeting(found: Annotations) -> Meeting | None:
    m = found.meeting
    if m is None:
        return None
    following = m.next and made(
        NextMeeting,
        {"ordinal": m.next.ordinal, "date": m.next.date, "city": m.next.city, "country": m.next.country},
    )
    return made(
        Meeting,
        {
            "series": m.series, "ordinal": m.ordinal, "start": m.start, "end": m.end,
            "city": m.city, "country": m.country, "virtual": m.virtual, "parties": m.parties,
            "heads": [
                made(Head, {"name": h.name, "title": h.title, "agency": h.agency, "side": h.side}) for h in m.heads
            ],
            "delegations": m.delegations, "next": following,
        },
    )  # fmt: skip


def _coverage(found: Annotations, at: _Quoter) -> Coverage:
    silent, names = gaps(found.text, found)
    return made(
        Coverage,
        {
            "silent_sentences": silent,
            "unknown_names": [at.quote(a, b) for a, b in names],
            "unknown_verbs": [at.quote(a, b) for a, b in found.unknown_verbs],
        },
    )
