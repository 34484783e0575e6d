"""Clauses → threads: edition by edition, which clause carries on which earlier one."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np

from communique.comparison.alignment import Candidates
from communique.comparison.clauses import ClauseKind
from communique.comparison.material import Material
from communique.comparison.sparse import Ints, Mask
from communique.comparison.words import Names

FIRST = -1
"""What stands for the clause before the first of a thread."""


def carried_on(content: Material, kind: ClauseKind) -> Ints:
    """The earlier clause that each clause carries on, by number; `FIRST` for one that begins a thread."""
    numbers = Names()
    wording = list(map(numbers.__getitem__, content.wordings(kind)))
    candidates = Candidates(content, kind, np.array(wording, dtype=np.int64))
    before = np.full(len(wording), FIRST)
    last = np.zeros(len(wording), dtype=bool)
    """The clauses that are the last of their thread so far."""
    spoken: dict[int, list[int]] = defaultdict(list)
    """Clauses by their wording."""
    edges = np.searchsorted(content.clauses[kind].edition, np.arange(len(content.meetings) + 1)).tolist()
    for start, end in pairwise(edges):
        if start == end:
            continue
        for number, same in _identical(range(start, end), wording, spoken, last):
            before[number], last[same] = same, False
        earlier, later = candidates.aligned(range(start, end), last, before == FIRST)
        before[later], last[earlier] = earlier, False
        last[start:end] = True
    return before


def _identical(clauses: range, wording: list[int], spoken: dict[int, list[int]], last: Mask) -> list[tuple[int, int]]:
    """Clauses of an edition that say word for word what the last one of a thread says, the latest such thread first."""
    found: list[tuple[int, int]] = []
    for number in clauses:
        earlier = spoken[wording[number]]
        while earlier and not last[earlier[-1]]:
            earlier.pop()
        if earlier:
            found.append((number, earlier.pop()))
    for number in reversed(clauses):
        spoken[wording[number]].append(number)
    return found


def threads(before: Ints) -> list[list[int]]:
    """The clauses of each thread, by number, from those that each carries on."""
    found: list[list[int]] = []
    thread: list[list[int]] = []
    for number, earlier in enumerate(before.tolist()):
        if earlier == FIRST:
            thread.append([])
            found.append(thread[number])
        else:
            thread.append(thread[earlier])
        thread[number].append(number)
    return found
