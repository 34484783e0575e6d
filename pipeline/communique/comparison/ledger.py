"""The ledger: chains of clauses that are the same undertaking or view, and what each edition makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.comparison.alignment import links, links_of_words
from communique.comparison.clauses import ClauseKind
from communique.comparison.columns import Groups
from communique.comparison.likeness import Likeness
from communique.comparison.material import Material
from communique.comparison.records import Chain, Entry, Link, Status
from communique.comparison.silence import Proof
from communique.comparison.sparse import Ints, Mask, ranges
from communique.comparison.threads import FIRST, carried_on, threads
from communique.comparison.traces import Search, Traces
from communique.comparison.words import WORD

_STATUSES: tuple[Status, ...] = ("new", "developed", "weaker", "repeated", "stronger", "postponed")
"""What a clause may be; binding less, as much or more than the one that it carries on in this order."""
_MENTIONS: tuple[Status, Status] = ("mentioned", "carried_out")
"""What a sentence that speaks of a clause may be: one that does not say that it was done, and one that does."""


@dataclass(slots=True)
class Thread:
    """A chain: its clauses by number, and its entries from the first edition that speaks of it to the last."""

    clauses: list[int]
    entries: list[Entry]


class Ledger:
    """The threads of one kind of clause through all editions."""

    def __init__(self, content: Material, kind: ClauseKind, likeness: Likeness) -> None:
        self._content, self._kind, self._likeness = content, kind, likeness
        self._clauses = content.clauses[kind]
        self._groups = Groups(np.zeros(0, np.int64))
        self.threads: list[Thread] = []
        if not len(self._clauses):
            return
        # Silence is the same for every thread, but for how certain it is.
        editions = range(len(content.meetings))
        silences = [[_silent(number, certain=certain) for number in editions] for certain in (False, True)]
        self._silences = np.array(silences, dtype=object)
        self._before = carried_on(content, kind)
        self._again = np.flatnonzero(self._before != FIRST)
        self._groups = threads(self._before)
        self.threads = self._filled()

    @property
    def thread_of(self) -> Ints:
        """The thread of each clause."""
        return self._groups.numbers

    def chains(self) -> list[Chain]:
        """The threads as they are recorded."""
        themes, actors = self._clauses.themes.unions(self._groups), self._clauses.actors.unions(self._groups)
        return [
            Chain(f"{self._kind[0]}{number}", self._kind, what, who, thread.entries)
            for number, (thread, what, who) in enumerate(zip(self.threads, themes, actors, strict=True), 1)
        ]

    def _filled(self) -> list[Thread]:
        """The threads with their entries: one for each edition from the first that speaks of the thread's matter."""
        edition, rows = self._clauses.edition, self.thread_of
        until = np.full(len(edition), len(self._content.meetings))
        until[self._before[self._again]] = edition[self._again]
        search = Search(self._content, self._kind, self._likeness, self._before == FIRST, until)
        earlier = search.earlier()
        spoken = search.later().and_then(earlier)
        proof = Proof(self._content, self._kind, self._likeness)
        cells = np.empty((len(self._groups.places), len(self._content.meetings)), dtype=object)
        """What each edition says of each thread's matter."""
        told = np.zeros(cells.shape, dtype=bool)
        """Whether each says anything."""
        cells[rows, edition] = np.fromiter(self._said(earlier, proof), object, len(edition))
        cells[rows[spoken.clause], spoken.edition] = np.fromiter(self._mentioned(spoken), object, len(spoken.clause))
        told[rows, edition] = told[rows[spoken.clause], spoken.edition] = True
        silent = np.flatnonzero(until > edition + 1)
        self._silence(cells, told, silent, edition[silent] + 1, until[silent], proof)
        self._silence(cells, told, earlier.clause, earlier.edition + 1, edition[earlier.clause], proof)
        starts = edition[self._groups.flat[self._groups.starts]]
        starts[rows[earlier.clause]] = earlier.edition
        filled = zip(self._groups.places, cells.tolist(), starts.tolist(), strict=True)
        return [Thread(clauses, entries[start:]) for clauses, entries, start in filled]

    def _silence(
        self, cells: NDArray[np.object_], told: Mask, clauses: Ints, starts: Ints, ends: Ints, proof: Proof
    ) -> None:
        """Enter for these clauses that the editions from ``starts`` to before ``ends`` do not speak of them.

        Not where an edition has ``told`` of their thread.
        """
        editions, index = ranges(starts, ends)
        rows = self.thread_of[clauses][index]
        left = np.flatnonzero(~told[rows, editions])
        rows, editions = rows[left], editions[left]
        certain = proof.at(clauses[index[left]], editions).astype(np.int64)
        cells[rows, editions] = self._silences[certain, editions]

    def _said(self, earlier: Traces, proof: Proof) -> list[Entry]:
        """The entries of all clauses; an edition spoke ``earlier`` of the matter of some."""
        clauses = self._clauses
        editions = clauses.edition.tolist()
        links = self._links(earlier)
        heard = clauses.edition - 1
        heard[self._again] = clauses.edition[self._before[self._again]]
        certain = np.ones(len(clauses), dtype=bool)
        fresh = np.flatnonzero((self._before == FIRST) & (clauses.edition > 0))
        certain[fresh] = proof.before(fresh)
        certain[earlier.clause], heard[earlier.clause] = earlier.certain, earlier.edition
        gaps = (heard < clauses.edition - 1).tolist()
        # Column by column in the order of the fields: there are thousands.
        columns = (
            editions, self._statuses(earlier), certain.tolist(), clauses.ids, clauses.evidence,
            clauses.triggers, clauses.strengths, clauses.actors.lists, clauses.themes.lists, clauses.deadlines, gaps,
            links,
        )  # fmt: skip
        return list(map(Entry, *columns))

    def _links(self, earlier: Traces) -> list[Link | None]:
        """What each clause was held against: the clause that it carries on, or a sentence of an earlier edition."""
        by_number = np.full(len(self._clauses), None, dtype=object)
        by_number[self._again] = links(self._content, self._kind, self._before[self._again], self._again)
        by_number[earlier.clause] = links_of_words(earlier.edition, earlier.score)
        found: list[Link | None] = by_number.tolist()
        return found

    def _statuses(self, earlier: Traces) -> list[Status]:
        """What each clause is to the one that it carries on; of those that begin a thread, what they are to silence."""
        again, before = self._again, self._before[self._again]
        ranks: dict[str | None, int] = {None: 0}
        ranks.update(self._content.rules.strengths)
        size = len(self._clauses)
        rank = np.fromiter(map(ranks.__getitem__, self._clauses.strengths), np.int64, size)
        status = np.full(len(rank), _STATUSES.index("new"))
        status[earlier.clause] = _STATUSES.index("developed")
        status[again] = _STATUSES.index("repeated") + np.sign(rank[again] - rank[before])
        both = self._clauses.dated[again] & self._clauses.dated[before]
        for number, earlier_one in zip(again[both].tolist(), before[both].tolist(), strict=True):
            if self._postponed(earlier_one, number):
                status[number] = _STATUSES.index("postponed")
        return list(map(_STATUSES.__getitem__, status.tolist()))

    def _postponed(self, earlier: int, later: int) -> bool:
        """Whether the later clause is due on a later day, and is no next turn of the same."""
        before, after = self._clauses.due(earlier), self._clauses.due(later)
        return before is not None and after is not None and after > before and not self._recurs(later)

    def _recurs(self, number: int) -> bool:
        words = WORD.findall(self._clauses.quotes[number].lower())
        return number in self._clauses.coming or any(w in self._content.rules.recurring for w in words)

    def _mentioned(self, spoken: Traces) -> Iterator[Entry]:
        """What editions without these clauses say of their matter, by the sentences beside them."""
        status = map(_MENTIONS.__getitem__, spoken.done.tolist())
        sentences, which = np.unique(spoken.sentence, return_inverse=True)
        evidence = list(map(self._content.sentences.evidence, sentences.tolist()))
        linked = links_of_words(self._clauses.edition[spoken.clause], spoken.score)
        # Column by column in the order of the fields, as for what is said.
        nothing = repeat(None)
        columns: tuple[Iterable[Any], ...] = (
            spoken.edition.tolist(), status, spoken.certain.tolist(), nothing,
            map(evidence.__getitem__, which.tolist()), nothing, nothing, map(list, repeat(())), map(list, repeat(())),
            nothing, repeat(False), linked,
        )  # fmt: skip
        return map(Entry, *columns)


def _silent(edition: int, *, certain: bool) -> Entry:
    return Entry(
        edition=edition, status="not_mentioned", certain=certain, clause=None, evidence=None, trigger=None,
        strength=None, actors=[], themes=[], deadline=None, after_gap=False, link=None,
    )  # fmt: skip
