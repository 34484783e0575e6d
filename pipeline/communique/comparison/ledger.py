"""The ledger: chains of clauses that are the same undertaking or view, and what each edition makes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from communique.comparison.alignment import Pair, align
from communique.comparison.making import made
from communique.comparison.material import Clause, ClauseKind, Material, Sentence, of_next_meeting
from communique.comparison.records import Chain, Entry, Evidence, Link, Parts, Status
from communique.comparison.sparse import Ints
from communique.comparison.traces import Trace, Traces
from communique.comparison.words import WORD
from communique.records import Commitment


@dataclass
class Thread:
    """A chain as it grows: its entries, and the number of its last clause."""

    kind: ClauseKind
    last: int
    entries: list[Entry] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)


class Ledger:
    """The threads of one kind of clause through all editions."""

    def __init__(self, content: Material, kind: ClauseKind) -> None:
        self._content, self._kind = content, kind
        self._clauses = content.clauses[kind]
        self._traces = Traces(content)
        held = Counter(clause.edition for clause in self._clauses)
        self._starts = list(accumulate((held[k] for k in range(len(content.meetings))), initial=0))
        # Silence is the same for every thread.
        self._silence = [_entry(k, "not_mentioned") for k in range(len(content.meetings))]
        self.threads: list[Thread] = []
        for edition in range(len(content.meetings)):
            self._edition(edition)

    def chains(self) -> list[Chain]:
        """The threads as they are recorded."""
        return [self._chain(number, thread) for number, thread in enumerate(self.threads, 1)]

    def _edition(self, edition: int) -> None:
        """Carry every thread on through one edition, and begin those of its new clauses."""
        current = list(range(self._starts[edition], self._starts[edition + 1]))
        matched: dict[int, Pair] = {}
        for recent in (True, False):
            # What the edition before has comes first; only then what comes back after a gap.
            first = self._starts[edition - 1] if edition else 0
            earlier = [t.last for t in self.threads if (t.last >= first) == recent]
            left = [i for i in current if i not in matched]
            matched |= {p.later: p for p in align(self._content, self._kind, _numbers(earlier), _numbers(left))}
        by_earlier = {pair.earlier: pair for pair in matched.values()}
        silent = [t.last for t in self.threads if t.last not in by_earlier]
        is_promise = self._kind == "commitment"
        traces = self._traces.find(self._kind, _numbers(silent), edition, edition + 1, done=is_promise)
        for thread in self.threads:
            if thread.last in by_earlier:
                self._again(thread, by_earlier[thread.last])
            else:
                thread.entries.append(self._spoken(traces.get(thread.last), self._clauses[thread.last], edition))
        self._begin([i for i in current if i not in matched], edition)

    def _begin(self, numbers: list[int], edition: int) -> None:
        """New threads, each with the last earlier edition that speaks of its matter."""
        traces = self._traces.find(self._kind, _numbers(numbers), 0, edition, done=False)
        for number in numbers:
            thread = Thread(self._kind, number, clauses=[number])
            trace = traces.get(number)
            link = None
            if trace is not None:
                before = self._content.sentences[trace.sentence].edition
                thread.entries.append(self._spoken(trace, self._clauses[number], before))
                thread.entries += self._silence[before + 1 : edition]
                link = _link(before, trace.score)
            status: Status = "new" if trace is None else "developed"
            certain = trace is None or trace.certain
            thread.entries.append(self._said(self._clauses[number], status, link, certain=certain))
            self.threads.append(thread)

    def _again(self, thread: Thread, pair: Pair) -> None:
        earlier, later = self._clauses[pair.earlier], self._clauses[pair.later]
        link = made(Link, edition=earlier.edition, score=pair.score, parts=pair.parts)
        thread.entries.append(self._said(later, self._status(earlier, later), link))
        thread.last = pair.later
        thread.clauses.append(pair.later)

    def _status(self, earlier: Clause, later: Clause) -> Status:
        """What the later clause is to the earlier one."""
        one, other = earlier.clause, later.clause
        if not isinstance(one, Commitment) or not isinstance(other, Commitment):
            return "repeated"
        if earlier.due and later.due and later.due > earlier.due and not self._recurs(later):
            return "postponed"
        ranks = self._content.rules.strengths
        step = ranks[other.strength] - ranks[one.strength]
        return "stronger" if step > 0 else "weaker" if step < 0 else "repeated"

    def _recurs(self, clause: Clause) -> bool:
        words = WORD.findall(clause.clause.quote.lower())
        return of_next_meeting(clause) or any(word in self._content.rules.recurring for word in words)

    def _said(self, clause: Clause, status: Status, link: Link | None, *, certain: bool = True) -> Entry:
        said = clause.clause
        promise = said if isinstance(said, Commitment) else None
        return made(
            Entry,
            edition=clause.edition,
            status=status,
            certain=certain,
            clause=said.id,
            evidence=made(
                Evidence, start=said.start, end=said.end, quote=said.quote, statement=clause.record.statement.id
            ),
            trigger=said.trigger.quote,
            strength=promise.strength if promise else None,
            actors=said.actors,
            themes=said.themes,
            deadline=promise.deadline if promise else None,
            after_gap=link is not None and link.edition < clause.edition - 1,
            link=link,
        )

    def _spoken(self, trace: Trace | None, clause: Clause, edition: int) -> Entry:
        """What an edition without the clause says of its matter."""
        if trace is None:
            return self._silence[edition]
        sentence = self._content.sentences[trace.sentence]
        status: Status = "carried_out" if trace.done else "mentioned"
        link = _link(clause.edition, trace.score)
        return _entry(edition, status, certain=trace.certain, evidence=evidence_of(sentence), link=link)

    def _chain(self, number: int, thread: Thread) -> Chain:
        clauses = [self._clauses[i].clause for i in thread.clauses]
        return made(
            Chain,
            id=f"{thread.kind[0]}{number}",
            kind=thread.kind,
            themes=list(dict.fromkeys(theme for c in clauses for theme in c.themes)),
            actors=list(dict.fromkeys(actor for c in clauses for actor in c.actors)),
            entries=thread.entries,
        )


def evidence_of(sentence: Sentence) -> Evidence:
    """A sentence as evidence."""
    statement = sentence.record.statement
    return made(
        Evidence,
        start=sentence.start,
        end=sentence.end,
        quote=statement.text[sentence.start : sentence.end],
        statement=statement.id,
    )


def _link(edition: int, score: float) -> Link:
    share = round(min(score, 1.0), 3)
    parts = made(Parts, words=share, names=None, themes=None, actors=None)
    return made(Link, edition=edition, score=share, parts=parts)


def _entry(
    edition: int, status: Status, *, certain: bool = True, evidence: Evidence | None = None, link: Link | None = None
) -> Entry:
    return made(
        Entry, edition=edition, status=status, certain=certain, clause=None, evidence=evidence, trigger=None,
        strength=None, actors=[], themes=[], deadline=None, after_gap=False, link=link,
    )  # fmt: skip


def _numbers(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)
