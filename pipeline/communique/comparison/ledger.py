"""The ledger: chains of clauses that are the same undertaking or view, and what each edition makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from communique.comparison.alignment import align, scored
from communique.comparison.material import ClauseKind, Material
from communique.comparison.records import Chain, Entry, Evidence, Link, Parts, Status
from communique.comparison.sparse import Ints
from communique.comparison.traces import Trace, Traces
from communique.comparison.words import WORD
from communique.records import Commitment, Theme


@dataclass
class Thread:
    """A chain as it grows: its clauses by number, and in the end its entries."""

    clauses: list[int] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


class Ledger:
    """The threads of one kind of clause through all editions."""

    def __init__(self, content: Material, kind: ClauseKind) -> None:
        self._content, self._kind = content, kind
        self._clauses = content.clauses[kind]
        self._traces = Traces(content, kind)
        # Silence is the same for every thread.
        self._silence = [_entry(edition, "not_mentioned") for edition in range(len(content.meetings))]
        self._quoted: dict[int, Evidence] = {}
        self._last: dict[int, Thread] = {}
        self._said_by: dict[str, list[int]] = {}
        self.threads: list[Thread] = []
        for edition in range(len(content.meetings)):
            self._carry_on(edition)
        self._fill()

    def chains(self) -> list[Chain]:
        """The threads as they are recorded."""
        return [self._chain(number, thread) for number, thread in enumerate(self.threads, 1)]

    def _carry_on(self, edition: int) -> None:
        """Carry the threads on through one edition, and begin those of its new clauses."""
        first, end = np.searchsorted(self._clauses.edition, (edition, edition + 1)).tolist()
        pairs = self._identical(range(first, end))
        taken = set(pairs.values())
        later = _numbers([number for number in range(first, end) if number not in pairs])
        earlier = _numbers([number for number in self._last if number not in taken])
        # What the edition before has comes first; only then what comes back after a gap.
        recent = self._clauses.edition[earlier] == edition - 1
        pairs |= {b: a for a, b in align(self._content, self._kind, earlier, later, recent=recent)}
        for number in range(first, end):
            if number in pairs:
                thread = self._last.pop(pairs[number])
            else:
                thread = Thread()
                self.threads.append(thread)
            thread.clauses.append(number)
            self._last[number] = thread

    def _identical(self, later: range) -> dict[int, int]:
        """Clauses that say word for word what the last clause of a thread says, the latest such thread first."""
        found: dict[int, int] = {}
        spoken = [self._content.said(self._kind, number) for number in later]
        for number, said in zip(later, spoken, strict=True):
            before = self._said_by.get(said, [])
            while before and before[-1] not in self._last:
                before.pop()
            if before:
                found[number] = before.pop()
        for number, said in zip(reversed(later), reversed(spoken), strict=True):
            self._said_by.setdefault(said, []).append(number)
        return found

    def _fill(self) -> None:
        """Give each thread its entries, from the first edition that speaks of it to the last."""
        pairs = [pair for thread in self.threads for pair in pairwise(thread.clauses)]
        self._links = dict(zip(pairs, scored(self._content, self._kind, pairs), strict=True))
        ends = {a: self._edition_of(b) for a, b in pairs}
        ends |= dict.fromkeys(self._last, len(self._content.meetings))
        silent = [number for number, end in ends.items() if end > self._edition_of(number) + 1]
        later = self._traces.later(_numbers(silent), _numbers([ends[number] for number in silent]))
        earlier = self._traces.earlier(_numbers([thread.clauses[0] for thread in self.threads]))
        for thread in self.threads:
            self._begin(thread, earlier.get(thread.clauses[0]))
            before = None
            for number in thread.clauses:
                if before is not None:
                    thread.entries.append(self._again(before, number))
                before = number
                here = self._edition_of(number) + 1
                silence = self._silence[here : ends[number]]
                for edition, trace in later.get(number, ()):
                    silence[edition - here] = self._spoken(trace, number)
                thread.entries += silence

    def _edition_of(self, number: int) -> int:
        return self._clauses.texts[number].edition

    def _begin(self, thread: Thread, trace: Trace | None) -> None:
        """The first clause, after the last earlier edition that speaks of its matter."""
        number = thread.clauses[0]
        if trace is None:
            thread.entries.append(self._said(number, "new", None))
            return
        before = int(self._content.edition[trace.sentence])
        thread.entries.append(self._spoken(trace, number))
        thread.entries += self._silence[before + 1 : self._edition_of(number)]
        thread.entries.append(self._said(number, "developed", _link(before, trace.score), certain=trace.certain))

    def _again(self, earlier: int, later: int) -> Entry:
        score, parts = self._links[earlier, later]
        return self._said(later, self._status(earlier, later), Link(self._edition_of(earlier), score, parts))

    def _status(self, earlier: int, later: int) -> Status:
        """What the later clause is to the earlier one."""
        one, other = self._clauses.said[earlier], self._clauses.said[later]
        if not isinstance(one, Commitment) or not isinstance(other, Commitment):
            return "repeated"
        if one.deadline and other.deadline and self._later(earlier, later):
            return "postponed"
        ranks = self._content.rules.strengths
        step = ranks[other.strength] - ranks[one.strength]
        return "stronger" if step > 0 else "weaker" if step < 0 else "repeated"

    def _later(self, earlier: int, later: int) -> bool:
        """Whether the later clause is due on a later day, and is no next turn of the same."""
        before, after = self._clauses.due(earlier), self._clauses.due(later)
        return before is not None and after is not None and after > before and not self._recurs(later)

    def _recurs(self, number: int) -> bool:
        words = WORD.findall(self._clauses.said[number].quote.lower())
        return number in self._clauses.coming or any(w in self._content.rules.recurring for w in words)

    def _said(self, number: int, status: Status, link: Link | None, *, certain: bool = True) -> Entry:
        text, said = self._clauses.texts[number], self._clauses.said[number]
        promise = said if isinstance(said, Commitment) else None
        return Entry(
            edition=text.edition,
            status=status,
            certain=certain,
            clause=said.id,
            evidence=Evidence(said.start, said.end, said.quote, text.record.statement.id),
            trigger=said.trigger.quote,
            strength=promise.strength if promise else None,
            actors=said.actors,
            themes=said.themes,
            deadline=promise.deadline if promise else None,
            after_gap=link is not None and link.edition < text.edition - 1,
            link=link,
        )

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

    def _chain(self, number: int, thread: Thread) -> Chain:
        themes: list[Theme] = []
        actors: list[str] = []
        for clause in thread.clauses:
            said = self._clauses.said[clause]
            if said.themes != themes:
                themes += [theme for theme in said.themes if theme not in themes]
            if said.actors != actors:
                actors += [actor for actor in said.actors if actor not in actors]
        return Chain(f"{self._kind[0]}{number}", self._kind, themes, actors, thread.entries)


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


def _numbers(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)
