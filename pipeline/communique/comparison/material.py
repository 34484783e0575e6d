"""The editions' clauses and sentences as rows of features, ready to be held against each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from communique.comparison.editions import Meeting
from communique.comparison.periods import due_day
from communique.comparison.rules import Rules
from communique.comparison.sparse import Floats, Ints, Rows, joined, rows_of
from communique.comparison.words import Names, Vocabulary
from communique.records import Commitment, Position, Record

ClauseKind = Literal["commitment", "position"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A commitment or position, the statement and edition that it stands in, and the day on which it is due."""

    edition: int
    record: Record
    clause: Commitment | Position
    sentence: int
    place: float
    due: date | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the edition that it stands in."""

    edition: int
    record: Record
    start: int
    end: int


@dataclass(frozen=True)
class Features:
    """Rows of one set of items: words with the sentence around, their own words, names, themes and actors."""

    words: Rows
    own: Rows
    names: Rows
    themes: Rows
    actors: Rows
    rarity: Floats
    """How rare the rarest name of each item is: 0 for none, near 0 for one that stands everywhere, 1 for once."""

    def take(self, rows: Ints) -> Features:
        """The features of these items."""
        words, own, names = self.words.take(rows), self.own.take(rows), self.names.take(rows)
        return Features(words, own, names, self.themes.take(rows), self.actors.take(rows), self.rarity[rows])


@dataclass(frozen=True)
class Material:
    """All that is compared. ``clauses`` and ``features`` run in parallel, as do ``sentences`` and ``traces``."""

    rules: Rules
    meetings: Sequence[Meeting]
    clauses: dict[ClauseKind, list[Clause]]
    features: dict[ClauseKind, Features]
    sentences: list[Sentence]
    traces: Rows
    weights: Floats
    """What each word counts: the rarer among the sentences, the more."""
    telling: Floats
    """1 for each word that tells one action from another, 0 for the common ones."""
    starts: list[int]
    """Number of the first sentence of each edition, and of one past the last."""


def material(meetings: Sequence[Meeting], known: Rules) -> Material:
    """Read the meetings' records."""
    words = Vocabulary(known, _own_names(meetings))
    sentences, starts = _sentences(meetings)
    traces = rows_of([words.of(s.record.statement.text[s.start : s.end]) for s in sentences])
    clauses: dict[ClauseKind, list[Clause]] = {
        "commitment": _clauses(meetings, starts, "commitments"),
        "position": _clauses(meetings, starts, "positions"),
    }
    own = {kind: rows_of([_words(c.clause, words) for c in found]) for kind, found in clauses.items()}
    weights = _rarity(traces, len(words))
    common = np.array(sorted(words.common), dtype=np.int64)
    weights[common] *= known.common_weight
    telling = np.ones(len(words))
    telling[common] = 0
    features = {kind: _features(found, own[kind], traces, weights, known) for kind, found in clauses.items()}
    return Material(known, meetings, clauses, features, sentences, traces, weights, telling, starts)


def _own_names(meetings: Sequence[Meeting]) -> list[str]:
    """Names of the parties and of those who led: who acts is a part of its own, and no word of the action."""
    found = []
    for record in (r for m in meetings for r in m.records):
        told = record.meeting
        clauses: list[Commitment | Position] = [*record.commitments, *record.positions]
        acting = {actor for clause in clauses for actor in clause.actors}
        found += [head.name for head in told.heads] if told else []
        found += [m.quote for m in record.mentions if m.kind == "party" and m.entity[6:].upper() in acting]
    return found


def _sentences(meetings: Sequence[Meeting]) -> tuple[list[Sentence], list[int]]:
    found: list[Sentence] = []
    starts = [0]
    for edition, meeting in enumerate(meetings):
        for record in meeting.records:
            found += [Sentence(edition, record, s.start, s.end) for s in record.sentences]
        starts.append(len(found))
    return found, starts


def _clauses(meetings: Sequence[Meeting], starts: list[int], key: Literal["commitments", "positions"]) -> list[Clause]:
    found = []
    for edition, meeting in enumerate(meetings):
        before = starts[edition]
        for record in meeting.records:
            openings = [s.start for s in record.sentences]
            size = len(record.statement.text)
            for clause in getattr(record, key):
                sentence = before + max(0, bisect_right(openings, clause.start) - 1)
                due = due_day(record, clause, meeting.start) if isinstance(clause, Commitment) else None
                found.append(Clause(edition, record, clause, sentence, clause.start / size, due))
            before += len(openings)
    return found


def _words(clause: Commitment | Position, words: Vocabulary) -> list[int]:
    """The clause's words without its operator; a clause that has none of meaning is known by its whole text."""
    start, end = clause.trigger.start - clause.start, clause.trigger.end - clause.start
    quote = clause.quote
    text = f"{quote[:start]} {quote[end:]}" if start >= 0 and end <= len(quote) else quote
    return words.of(text) or [words.number("=" + " ".join(quote.lower().split()))]


def _rarity(rows: Rows, width: int) -> Floats:
    """The weight of each feature: the logarithm of how many items there are for one that has it."""
    held = np.bincount(rows.columns, minlength=width).astype(np.float64)
    weights: Floats = np.log1p(len(rows) / np.maximum(held, 1))
    return weights


def _features(clauses: list[Clause], own: Rows, traces: Rows, weights: Floats, known: Rules) -> Features:
    around = traces.take(np.array([c.sentence for c in clauses], dtype=np.int64))
    names, themes, actors = Names(), Names(), Names()
    named = rows_of([names.of(_named(c)) for c in clauses])
    themed = rows_of([themes.of(t for t in c.clause.themes if t != "other") for c in clauses])
    acting = rows_of([actors.of(c.clause.actors) for c in clauses])
    rarity = _rarity(named, len(names))
    return Features(
        words=joined(own, around, known.context).scaled(weights),
        own=own,
        names=named.scaled(rarity),
        themes=themed.scaled(np.ones(len(themes))),
        actors=acting.scaled(np.ones(len(actors))),
        rarity=_rarest(named, rarity),
    )


def _rarest(named: Rows, weights: Floats) -> Floats:
    found = np.zeros(len(named))
    np.maximum.at(found, named.index(), weights[named.columns])
    rarest: Floats = (found / np.log1p(max(len(named), 1))) ** 2
    return rarest


def _named(clause: Clause) -> list[str]:
    mentions = clause.record.mentions
    if isinstance(clause.clause, Commitment):
        inside = [mentions[i] for i in clause.clause.mentions]
    else:
        first = bisect_right(mentions, clause.clause.start - 1, key=lambda m: m.start)
        last = bisect_right(mentions, clause.clause.end - 1, key=lambda m: m.start)
        inside = mentions[first:last]
    return [m.entity for m in inside if m.kind != "party"]
