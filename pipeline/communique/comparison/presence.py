"""Which agencies, missions, instruments, forums and themes each edition brings, keeps, takes up again or lets fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from communique.comparison.clauses import ClauseKind, Clauses
from communique.comparison.editions import Meeting
from communique.comparison.records import Appearance, Evidence, Presence, Presences
from communique.comparison.sparse import Ints
from communique.records import Entity, Mention, Record, Theme


@dataclass(frozen=True)
class Found:
    """How often an edition has a name or a theme, and where first and last."""

    count: int
    first: Evidence
    last: Evidence


def names(meetings: Sequence[Meeting]) -> list[Presences]:
    """The named entities of all editions, by id."""
    entities: dict[str, Entity] = {}
    found: list[dict[str, Found]] = []
    for meeting in meetings:
        here: dict[str, list[tuple[Record, Mention]]] = {}
        for record in meeting.records:
            entities |= {e.id: e for e in record.entities if e.kind != "party"}
            for mention in record.mentions:
                if mention.kind != "party":
                    here.setdefault(mention.entity, []).append((record, mention))
        found.append({name: Found(len(all_), _evidence(*all_[0]), _evidence(*all_[-1])) for name, all_ in here.items()})
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


def themes(clauses: Mapping[ClauseKind, Clauses], editions: int) -> list[Presences]:
    """The themes of the editions' commitments and positions, in the order of the codebook."""
    kinds = list(clauses.values())
    evidence = [one for of_kind in kinds for one in of_kind.evidence]
    edition = np.concatenate([of_kind.edition for of_kind in kinds])
    start, end = np.concatenate([of_kind.spans[:, :2] for of_kind in kinds]).T
    place = start * (end.max(initial=0) + 1) + end
    rank = np.empty(len(edition), dtype=np.int64)
    # The clauses of each kind are in order: a stable sort only merges them.
    rank[np.argsort(place, kind="stable")] = np.arange(len(edition))
    found: list[dict[str, Found]] = [{} for _ in range(editions)]
    for theme in get_args(Theme):
        places = _having(kinds, theme)
        places = places[np.argsort(rank[places])]
        numbers, firsts, counts = np.unique(edition[places], return_index=True, return_counts=True)
        ends = places[firsts].tolist(), places[firsts + counts - 1].tolist()
        for number, count, first, last in zip(numbers.tolist(), counts.tolist(), *ends, strict=True):
            found[number][theme] = Found(count, evidence[first], evidence[last])
    return [
        Presences(id=theme, kind="theme", name=theme, acronym=None, side=None, editions=_appearances(theme, found))
        for theme in get_args(Theme)
        if any(theme in here for here in found)
    ]


def _having(kinds: Sequence[Clauses], theme: Theme) -> Ints:
    """The places, among the clauses of all kinds, of those that have a theme."""
    begins = np.cumsum([0, *map(len, kinds)])
    having = [of_kind.themes.having(theme) + begin for of_kind, begin in zip(kinds, begins, strict=False)]
    return np.concatenate(having)


def _appearances(name: str, found: Sequence[dict[str, Found]]) -> list[Appearance]:
    appearances = []
    seen = False
    for edition, here in enumerate(found):
        before = found[edition - 1].get(name) if edition else None
        status = _status(name in here, before is not None, seen)
        evidence = here[name].first if name in here else before.last if before else None
        count = here[name].count if name in here else 0
        appearances.append(Appearance(edition=edition, status=status, count=count, evidence=evidence))
        seen = seen or name in here
    return appearances


def _status(here: bool, before: bool, seen: bool) -> Presence:
    if here:
        return "kept" if before else "back" if seen else "new"
    return "gone" if before else "absent"


def _evidence(record: Record, span: Mention) -> Evidence:
    return Evidence(start=span.start, end=span.end, quote=span.quote, statement=record.statement.id)
