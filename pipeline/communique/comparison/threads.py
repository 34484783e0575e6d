"""Clauses → threads: edition by edition, which clause carries on which earlier one."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np

from communique.comparison.alignment import Candidates
from communique.comparison.clauses import ClauseKind, Clauses
from communique.comparison.columns import Groups, numbered
from communique.comparison.material import Material
from communique.comparison.sparse import Ints, Mask

FIRST = -1
"""What stands for the clause before the first of a thread."""


def carried_on(content: Material, kind: ClauseKind) -> Ints:
    """The earlier clause that each clause carries on, by number; `FIRST` for one that begins a thread."""
    said, _ = numbered(content.wordings(kind))
    wording = said.tolist()
    edition = content.clauses[kind].edition
    before = _repeated(edition, said)
    ending = np.ones(len(wording), dtype=bool)
    ending[before[before != FIRST]] = False
    candidates = Candidates(content, kind, said, np.flatnonzero(ending), np.flatnonzero(before == FIRST))
    last = np.zeros(len(wording), dtype=bool)
    """The clauses that are the last of their thread so far."""
    spoken: dict[int, list[int]] = defaultdict(list)
    """Clauses by their wording."""
    edges = np.searchsorted(edition, np.arange(len(content.meetings) + 1)).tolist()
    for start, end in pairwise(edges):
        if start == end:
            continue
        here = before[start:end]
        last[here[here != FIRST]] = False
        fresh = (np.flatnonzero(here == FIRST) + start).tolist()
        _forget_met(fresh, content.clauses[kind], wording, spoken)
        for number, same in _taken_up(fresh, wording, spoken, last):
            before[number], last[same] = same, False
        earlier, later = candidates.aligned(range(start, end), last, before == FIRST)
        before[later], last[earlier] = earlier, False
        last[start:end] = True
        for number in reversed((np.flatnonzero(ending[start:end]) + start).tolist()):
            spoken[wording[number]].append(number)
    return before


def _repeated(edition: Ints, wording: Ints) -> Ints:
    """The clause that each says word for word again, by number, where the edition before has one; or else `FIRST`.

    Where several are alike, the first repeats the first, the second the second.
    """
    step = int(wording.max(initial=0)) + 1
    said = edition * step + wording
    order = np.argsort(said, kind="stable")
    said = said[order]
    rank = np.arange(len(said)) - np.searchsorted(said, said)
    place = np.minimum(np.searchsorted(said, said - step) + rank, len(said) - 1)
    same = said[place] == said - step
    before = np.full(len(said), FIRST)
    before[order[same]] = order[place[same]]
    return before


def _forget_met(fresh: list[int], clauses: Clauses, wording: list[int], spoken: dict[int, list[int]]) -> None:
    """Forget promises of a next meeting that an edition between has held: what these clauses promise is another."""
    for number in clauses.coming.intersection(fresh):
        recent = int(clauses.edition[number]) - 1
        spoken[wording[number]] = [one for one in spoken[wording[number]] if clauses.edition[one] == recent]


def _taken_up(
    clauses: list[int], wording: list[int], spoken: dict[int, list[int]], last: Mask
) -> list[tuple[int, int]]:
    """Clauses of an edition that say word for word what the last one of a thread says, the latest such thread first."""
    found: list[tuple[int, int]] = []
    for number in clauses:
        earlier = spoken[wording[number]]
        while earlier and not last[earlier[-1]]:
            earlier.pop()
        if earlier:
            found.append((number, earlier.pop()))
    return found


def threads(before: Ints) -> Groups:
    """The clauses of each thread, by number, from those that each carries on; threads by their first clauses."""
    first = np.where(before == FIRST, np.arange(len(before)), before)
    while True:
        earlier = first[first]
        if np.array_equal(earlier, first):
            return Groups(first)
        first = earlier
