"""Which agencies, missions, instruments, forums and themes each edition brings, keeps, takes up again or lets fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from communique.comparison.clauses import ClauseKind, Clauses, Text
from communique.comparison.mentions import Mentions
from communique.comparison.records import Appearance, Evidence, Presence, Presences
from communique.comparison.sparse import Ints
from communique.records import Theme


@dataclass(frozen=True)
class Found:
    """How often an edition has a name or a theme, and where first and last."""

    edition: int
    count: int
    first: Evidence
    last: Evidence


def names(texts: Sequence[Text], mentions: Mentions, editions: int) -> list[Presences]:
    """The named entities of all editions, by id."""
    cell_of = mentions.entity * editions + mentions.edition
    named = np.flatnonzero(~mentions.party)
    named = named[np.argsort(cell_of[named], kind="stable")]
    cells, firsts, counts = np.unique(cell_of[named], return_index=True, return_counts=True)
    found: dict[str, list[Found]] = {}
    ends = named[firsts].tolist(), named[firsts + counts - 1].tolist()
    for cell, count, first, last in zip(cells.tolist(), counts.tolist(), *ends, strict=True):
        entity, edition = divmod(cell, editions)
        begins = mentions.evidence(first)
        ends_with = begins if first == last else mentions.evidence(last)
        found.setdefault(mentions.entities[entity], []).append(Found(edition, count, begins, ends_with))
    absent = _absent(editions)
    entities = {e.id: e for text in texts for e in text.record.entities if e.id in found}
    return [
        Presences(
            id=e.id,
            kind=e.kind,  # type: ignore[arg-type]
            name=e.name,
            acronym=e.acronym,
            side=e.side,
            editions=_appearances(found[e.id], absent),
        )
        for _, e in sorted(entities.items())
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
    absent = _absent(editions)
    presences = []
    for theme in get_args(Theme):
        places = _having(kinds, theme)
        if not len(places):
            continue
        places = places[np.argsort(rank[places])]
        numbers, firsts, counts = np.unique(edition[places], return_index=True, return_counts=True)
        ends = places[firsts].tolist(), places[firsts + counts - 1].tolist()
        found = [
            Found(number, count, evidence[first], evidence[last])
            for number, count, first, last in zip(numbers.tolist(), counts.tolist(), *ends, strict=True)
        ]
        told = _appearances(found, absent)
        presences.append(Presences(id=theme, kind="theme", name=theme, acronym=None, side=None, editions=told))
    return presences


def _having(kinds: Sequence[Clauses], theme: Theme) -> Ints:
    """The places, among the clauses of all kinds, of those that have a theme."""
    begins = np.cumsum([0, *map(len, kinds)])
    having = [of_kind.themes.having(theme) + begin for of_kind, begin in zip(kinds, begins, strict=False)]
    return np.concatenate(having)


def _absent(editions: int) -> list[Appearance]:
    """What editions do with a name that none has: the same for every name, of which most editions have few."""
    return [Appearance(number, "absent", 0, None) for number in range(editions)]


def _appearances(found: Sequence[Found], absent: Sequence[Appearance]) -> list[Appearance]:
    """What every edition does with a name that these have, told in their order."""
    appearances = list(absent)
    before: int | None = None
    for here in found:
        number = here.edition
        status: Presence = "new" if before is None else "kept" if before == number - 1 else "back"
        appearances[number] = Appearance(number, status, here.count, here.first)
        if number + 1 < len(absent):  # unless that edition has it too, which comes next
            appearances[number + 1] = Appearance(number + 1, "gone", 0, here.last)
        before = number
    return appearances
