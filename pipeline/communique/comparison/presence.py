"""Which agencies, missions, instruments, forums and themes each edition brings, keeps, takes up again or lets fall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter
from typing import get_args

from communique.comparison.editions import Meeting
from communique.comparison.records import Appearance, Evidence, Presence, Presences
from communique.records import Commitment, Entity, Mention, Position, Record, Theme

Found = list[tuple[Record, Mention | Commitment | Position]]


def names(meetings: Sequence[Meeting]) -> list[Presences]:
    """The named entities of all editions, by id."""
    entities: dict[str, Entity] = {}
    found: list[dict[str, Found]] = []
    for meeting in meetings:
        here: dict[str, Found] = {}
        for record in meeting.records:
            entities |= {e.id: e for e in record.entities if e.kind != "party"}
            for mention in record.mentions:
                if mention.kind != "party":
                    here.setdefault(mention.entity, []).append((record, mention))
        found.append(here)
    return [
        Presences(
            id=e.id,
            kind=e.kind,  # type: ignore[arg-type]
            name=e.name,
            acronym=e.acronym,
            side=e.side,
            editions=_appearances(e.id, found),
        )
        for _, e in sorted(entities.items())
        if any(e.id in here for here in found)
    ]


def themes(meetings: Sequence[Meeting]) -> list[Presences]:
    """The themes of the editions' commitments and positions, in the order of the codebook."""
    found: list[dict[str, Found]] = []
    for meeting in meetings:
        here: dict[str, Found] = defaultdict(list)
        for record in meeting.records:
            clauses: list[Commitment | Position] = [*record.commitments, *record.positions]
            for clause in sorted(clauses, key=attrgetter("start", "end", "id")):
                for theme in clause.themes:
                    here[theme].append((record, clause))
        found.append(here)
    return [
        Presences(id=theme, kind="theme", name=theme, acronym=None, side=None, editions=_appearances(theme, found))
        for theme in get_args(Theme)
        if any(theme in here for here in found)
    ]


def _appearances(name: str, found: Sequence[dict[str, Found]]) -> list[Appearance]:
    appearances = []
    seen = False
    for edition, here in enumerate(found):
        before = found[edition - 1].get(name) if edition else None
        status = _status(name in here, before is not None, seen)
        evidence = _evidence(*here[name][0]) if name in here else _evidence(*before[-1]) if before else None
        appearances.append(Appearance(edition=edition, status=status, count=len(here.get(name, ())), evidence=evidence))
        seen = seen or name in here
    return appearances


def _status(here: bool, before: bool, seen: bool) -> Presence:
    if here:
        return "kept" if before else "back" if seen else "new"
    return "gone" if before else "absent"


def _evidence(record: Record, span: Mention | Commitment | Position) -> Evidence:
    return Evidence(start=span.start, end=span.end, quote=span.quote, statement=record.statement.id)
