"""The ledger: chains of clauses that are the same undertaking or view, and what each edition makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from communique.comparison.alignment import links
from communique.comparison.clauses import ClauseKind
from communique.comparison.columns import Groups
from communique.comparison.material import Material
from communique.comparison.records import Chain, Entry, Evidence, Link, Parts, Status
from communique.comparison.silence import Proof
from communique.comparison.sparse import Ints, ranges
from communique.comparison.threads import FIRST, carried_on, threads
from communique.comparison.traces import Trace, Traces
from communique.comparison.words import WORD

_STATUSES: tuple[Status, ...] = ("new", "developed", "weaker", "repeated", "stronger", "postponed")
"""What a clause may be; binding less, as much or more than the one that it carries on in this order."""


@dataclass(slots=True)
class Thread:
    """A chain: its clauses by number, and its entries from the first edition that speaks of it to the last."""

    clauses: list[int]
    entries: list[Entry]


class Ledger:
    """The threads of one kind of clause through all editions."""

    def __init__(self, content: Material, kind: ClauseKind) -> None:
        self._content, self._kind = content, kind
        self._clauses = content.clauses[kind]
        self._groups = Groups(np.zeros(0, np.int64))
        self.threads: list[Thread] = []
        if not len(self._clauses):
            return
        # Silence is the same for every thread, but for how certain it is.
        editions = range(len(content.meetings))
        silences = [
            [_entry(number, "not_mentioned", certain=certain) for number in editions] for certain in (False, True)
        ]
        self._silence = np.array(silences, dtype=object)
        self._quoted: dict[int, Evidence] = {}
        self._before = carried_on(content, kind)
        self._again = np.flatnonzero(self._before != FIRST)
        self._groups = threads(self._before)
        self.threads = self._filled()

    def chains(self) -> list[Chain]:
        """The threads as they are recorded."""
        themes, actors = self._clauses.themes.unions(self._groups), self._clauses.actors.unions(self._groups)
        return [
            Chain(f"{self._kind[0]}{number}", self._kind, what, who, thread.entries)
            for number, (thread, what, who) in enumerate(zip(self.threads, themes, actors, strict=True), 1)
        ]

    def _filled(self) -> list[Thread]:
        """The threads with their entries."""
        edition = self._clauses.edition
        until = np.full(len(edition), len(self._content.meetings))
        until[self._before[self._again]] = edition[self._again]
        silent = np.flatnonzero(until > edition + 1)
        traces = Traces(self._content, self._kind, self._before == FIRST, until)
        later, earlier = traces.later(), traces.earlier()
        proof = Proof(self._content, self._kind)
        said = self._said(earlier, proof)
        before = self._foreshadowed(earlier, proof)
        silences = self._silences(silent, until, later, proof)
        found = []
        for clauses in self._groups.places:
            entries = before.get(clauses[0], [])
            for number in clauses:
                entries.append(said[number])
                if number in silences:
                    entries += silences[number]
            found.append(Thread(clauses, entries))
        return found

    def _silences(
        self, clauses: Ints, until: Ints, later: dict[int, list[tuple[int, Trace]]], proof: Proof
    ) -> dict[int, list[Entry]]:
        """What the editions after each of these clauses say, up to the one at ``until``, where none has the clause."""
        heres = self._clauses.edition[clauses] + 1
        found = dict(zip(clauses.tolist(), self._silent(clauses, heres, until[clauses], proof), strict=True))
        for number, traces in later.items():
            here = self._edition_of(number) + 1
            for edition, trace in traces:
                found[number][edition - here] = self._spoken(trace, number)
        return found

    def _foreshadowed(self, earlier: dict[int, Trace], proof: Proof) -> dict[int, list[Entry]]:
        """What the editions before each thread's first clause say, from the one that speaks of its matter."""
        clauses = np.array(list(earlier), dtype=np.int64)
        spoke = self._content.edition[np.array([trace.sentence for trace in earlier.values()], dtype=np.int64)]
        silences = self._silent(clauses, spoke + 1, self._clauses.edition[clauses], proof)
        return {
            number: [self._spoken(trace, number), *silence]
            for (number, trace), silence in zip(earlier.items(), silences, strict=True)
        }

    def _silent(self, clauses: Ints, starts: Ints, ends: Ints, proof: Proof) -> list[list[Entry]]:
        """For each clause the entries of the editions from its start to before its end: they do not speak of it."""
        editions, index = ranges(starts, ends)
        certain = proof.at(clauses)[index, editions].astype(np.int64)
        entries: list[Entry] = self._silence[certain, editions].tolist()
        edges = np.searchsorted(index, np.arange(len(clauses) + 1)).tolist()
        return [entries[start:end] for start, end in pairwise(edges)]

    def _said(self, earlier: dict[int, Trace], proof: Proof) -> list[Entry]:
        """The entries of all clauses; an edition spoke ``earlier`` of the matter of some."""
        clauses = self._clauses
        editions = clauses.edition.tolist()
        links = self._links(earlier)
        heard = clauses.edition - 1
        heard[self._again] = clauses.edition[self._before[self._again]]
        certain = np.ones(len(clauses), dtype=bool)
        fresh = np.flatnonzero((self._before == FIRST) & (clauses.edition > 0))
        certain[fresh] = proof.before(fresh)
        for number, trace in earlier.items():
            certain[number] = trace.certain
            heard[number] = self._content.edition[trace.sentence]
        gaps = (heard < clauses.edition - 1).tolist()
        # Column by column in the order of the fields: there are thousands.
        columns = (
            editions, self._statuses(earlier), certain.tolist(), clauses.ids, clauses.evidence,
            clauses.triggers, clauses.strengths, clauses.actors.lists, clauses.themes.lists, clauses.deadlines, gaps,
            links,
        )  # fmt: skip
        return list(map(Entry, *columns))

    def _links(self, earlier: dict[int, Trace]) -> list[Link | None]:
        """What each clause was held against: the clause that it carries on, or a sentence of an earlier edition."""
        by_number = np.full(len(self._clauses), None, dtype=object)
        by_number[self._again] = links(self._content, self._kind, self._before[self._again], self._again)
        found: list[Link | None] = by_number.tolist()
        for number, trace in earlier.items():
            found[number] = _link(int(self._content.edition[trace.sentence]), trace.score)
        return found

    def _statuses(self, earlier: dict[int, Trace]) -> list[Status]:
        """What each clause is to the one that it carries on; of those that begin a thread, what they are to silence."""
        again, before = self._again, self._before[self._again]
        ranks: dict[str | None, int] = {None: 0}
        ranks.update(self._content.rules.strengths)
        size = len(self._clauses)
        rank = np.fromiter(map(ranks.__getitem__, self._clauses.strengths), np.int64, size)
        due = np.fromiter(map(bool, self._clauses.deadlines), np.bool_, size)
        status = np.full(len(rank), _STATUSES.index("new"))
        status[list(earlier)] = _STATUSES.index("developed")
        status[again] = _STATUSES.index("repeated") + np.sign(rank[again] - rank[before])
        both = due[again] & due[before]
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

    def _edition_of(self, number: int) -> int:
        return self._clauses.texts[number].edition

    def _spoken(self, trace: Trace, number: int) -> Entry:
        """What an edition without the clause says of its matter."""
        edition = int(self._content.edition[trace.sentence])
        link = _link(self._edition_of(number), trace.score)
        status: Status = "carried_out" if trace.done else "mentioned"
        evidence = self._evidence(trace.sentence)
        return _entry(edition, status, certain=trace.certain, evidence=evidence, link=link)

    def _evidence(self, sentence: int) -> Evidence:
        if sentence not in self._quoted:
            self._quoted[sentence] = self._evidence_of(sentence)
        return self._quoted[sentence]

    def _evidence_of(self, sentence: int) -> Evidence:
        record, span = self._content.sentence(sentence)
        quote = record.statement.text[span.start : span.end]
        return Evidence(span.start, span.end, quote, record.statement.id)


def _link(edition: int, score: float) -> Link:
    share = round(min(score, 1.0), 3)
    return Link(edition, share, Parts(words=share, names=None, themes=None, actors=None))


def _entry(
    edition: int, status: Status, *, certain: bool = True, evidence: Evidence | None = None, link: Link | None = None
) -> Entry:
    return Entry(
        edition=edition, status=status, certain=certain, clause=None, evidence=evidence, trigger=None, strength=None,
        actors=[], themes=[], deadline=None, after_gap=False, link=link,
    )  # fmt: skip
