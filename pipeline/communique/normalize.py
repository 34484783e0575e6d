"""Annotated Doc → record."""

from __future__ import annotations

from bisect import bisect_left
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from spacy.about import __version__ as SPACY_VERSION
from spacy.language import Language
from spacy.tokens import Doc

from communique import __version__
from communique.annotations import Annotations, annotations_of
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
)

if TYPE_CHECKING:
    from communique.extraction import Statement


class _Quoter:
    """Turns offsets of the view into quotes of the text as given."""

    def __init__(self, text: str, seen: View) -> None:
        self.text, self.seen = text, seen

    def fields(self, start: int, end: int) -> dict[str, Any]:
        a, b = self.seen.start(start), self.seen.end(end)
        return {"start": a, "end": b, "quote": self.text[a:b]}

    def quote(self, start: int, end: int) -> Quote:
        return Quote.model_construct(**self.fields(start, end))


def normalize(doc: Doc, seen: View, statement: Statement, nlp: Language) -> Record:
    """The record of an annotated Doc whose text is ``seen.text``.

    Built without pydantic's validation, which the schema's does again on the whole (see `communique.schema`).
    """
    found = annotations_of(doc)
    at = _Quoter(statement.text, seen)
    mentions = [
        Mention.model_construct(kind=m.kind, entity=m.entity.id, rule=m.rule, **at.fields(m.start, m.end))
        for m in found.mentions
    ]
    dates = [
        DateMention.model_construct(
            type=d.type, value=d.value, mod=d.mod, earliest=d.earliest, latest=d.latest, rule=d.rule,
            **at.fields(d.start, d.end),
        )
        for d in found.dates
    ]  # fmt: skip
    return Record.model_construct(
        schema_version=SCHEMA_VERSION,
        statement=StatementText.model_construct(
            id=sha256(statement.text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
            title=statement.title,
            published=statement.published,
            language="en",
            source=statement.source,
            text=statement.text,
            pages=statement.pages,
        ),
        sentences=[Span.model_construct(start=seen.start(a), end=seen.end(b)) for a, b in found.sentences],
        entities=_entities(found),
        mentions=mentions,
        dates=dates,
        commitments=_commitments(found, at),
        positions=_positions(found, at),
        meeting=_meeting(found),
        coverage=_coverage(doc, found, at),
        provenance=Provenance.model_construct(
            communique=__version__,
            model=f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}",
            spacy=SPACY_VERSION,
        ),
    )


def _entities(found: Annotations) -> list[Entity]:
    by_id = {m.entity.id: m.entity for m in found.mentions} | found.entities
    return [
        Entity.model_construct(id=e.id, kind=e.kind, name=e.name, acronym=e.acronym, side=e.side, known=e.known)
        for _, e in sorted(by_id.items())
    ]


def _within(starts: list[int], spans: list[tuple[int, int]], start: int, end: int) -> list[int]:
    """Indices of the spans, sorted by start, that lie in [start, end)."""
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    return [i for i in range(first, last) if spans[i][1] <= end]


def _commitments(found: Annotations, at: _Quoter) -> list[Commitment]:
    mentions = [(m.start, m.end) for m in found.mentions]
    dates = [(d.start, d.end) for d in found.dates]
    mention_starts, date_starts = [a for a, _ in mentions], [a for a, _ in dates]
    return [
        Commitment.model_construct(
            id=f"c{i}",
            trigger=at.quote(c.trigger_start, c.trigger_end),
            operators=c.operators,
            strength=c.strength,
            actors=c.actors,
            themes=c.themes or ["other"],
            deadline=c.deadline,
            mentions=_within(mention_starts, mentions, c.start, c.end),
            dates=_within(date_starts, dates, c.start, c.end),
            rule=c.rule,
            **at.fields(c.start, c.end),
        )
        for i, c in enumerate(found.commitments, 1)
    ]


def _positions(found: Annotations, at: _Quoter) -> list[Position]:
    return [
        Position.model_construct(
            id=f"p{i}",
            trigger=at.quote(p.trigger_start, p.trigger_end),
            actors=p.actors,
            themes=p.themes or ["other"],
            rule=p.rule,
            **at.fields(p.start, p.end),
        )
        for i, p in enumerate(found.positions, 1)
    ]


def _meeting(found: Annotations) -> Meeting | None:
    m = found.meeting
    if m is None:
        return None
    return Meeting.model_construct(
        series=m.series, ordinal=m.ordinal, start=m.start, end=m.end, city=m.city, country=m.country,
        virtual=m.virtual, parties=m.parties, delegations=m.delegations,
        heads=[Head.model_construct(name=h.name, title=h.title, agency=h.agency, side=h.side) for h in m.heads],
        next=m.next and NextMeeting.model_construct(
            ordinal=m.next.ordinal, date=m.next.date, city=m.next.city, country=m.next.country),
    )  # fmt: skip


def _coverage(doc: Doc, found: Annotations, at: _Quoter) -> Coverage:
    silent, names = gaps(found.text, found)
    return Coverage.model_construct(
        silent_sentences=silent,
        unknown_names=[at.quote(a, b) for a, b in names],
        unknown_verbs=[at.quote(a, b) for a, b in found.unknown_verbs],
    )
