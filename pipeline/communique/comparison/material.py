"""The editions' clauses and sentences as rows of features, ready to be held against each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
from communique.records import Commitment, Position, Record, Span

ClauseKind = Literal["commitment", "position"]
# In so few sentences a word may stand, however few there are in all.
_FEW = 20
# With fewer words of its own, a clause cannot be told from others.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """A commitment or position, the statement and edition that it stands in, and the day on which it is due."""

    edition: int
    record: Record
    clause: Commitment | Position
    sentence: int
    place: float
    due: date | None
    named: list[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the edition that it stands in."""

    edition: int
    record: Record
    start: int
    end: int
    named: list[str]


@dataclass(frozen=True)
class Features:
    """Rows of one set of items: words with the sentence around, their own words, names, themes and actors.

    Themes and actors are few: they stand in full matrices.
    """

    words: Rows
    own: Rows
    names: Rows
    themes: Floats
    actors: Floats
    rarity: Floats
    """How rare the rarest name of each item is: 0 for none, near 0 for one that stands everywhere, 1 for once."""

    def take(self, rows: Ints) -> Features:
        """The features of these items."""
        words, own, names = self.words.take(rows), self.own.take(rows), self.names.take(rows)
        return Features(words, own, names, self.themes[rows], self.actors[rows], self.rarity[rows])


@dataclass(frozen=True)
class Material:
    """All that is compared. ``clauses`` and ``features`` run in parallel, as do ``sentences`` and ``traces``."""

    rules: Rules
    meetings: Sequence[Meeting]
    clauses: dict[ClauseKind, list[Clause]]
    features: dict[ClauseKind, Features]
    sentences: list[Sentence]
    traces: Rows
    vocabulary: Vocabulary
    weights: Floats
    """What each word counts: the rarer among the sentences, the more."""
    lasting: Floats
    """1 for each word that several editions have, less for one that belongs to the wording of a single one."""
    telling: Floats
    """1 for each word that tells one action from another, 0 for the common ones."""
    starts: list[int]
    """Number of the first sentence of each edition, and of one past the last."""


def material(meetings: Sequence[Meeting], known: Rules) -> Material:
    """Read the meetings' records."""
    words = Vocabulary(known, _own_names(meetings))
    sentences, starts = _sentences(meetings)
    traces = _without_everywhere(rows_of([_spoken(s, words) for s in sentences]), words, known)
    clauses: dict[ClauseKind, list[Clause]] = {
        "commitment": _clauses(meetings, starts, "commitments"),
        "position": _clauses(meetings, starts, "positions"),
    }
    own = {kind: rows_of([_words(c, sentences[c.sentence], words) for c in found]) for kind, found in clauses.items()}
    weights = _rarity(traces, len(words))
    common = np.array(sorted(words.common), dtype=np.int64)
    weights[common] *= known.common_weight
    telling = np.ones(len(words))
    telling[common] = 0
    lasting = np.where(_editions_with(traces, sentences, len(words)) > 1, 1.0, known.lone_weight)
    features = {kind: _features(found, own[kind], traces, weights, known) for kind, found in clauses.items()}
    return Material(known, meetings, clauses, features, sentences, traces, words, weights, lasting, telling, starts)


def _without_everywhere(traces: Rows, words: Vocabulary, known: Rules) -> Rows:
    """The sentences' words but those that stand in most of them, which from now on are empty."""
    held = np.bincount(traces.columns, minlength=len(words))
    everywhere = held > max(known.everywhere * len(traces), _FEW)
    words.everywhere.update(np.nonzero(everywhere)[0].tolist())
    return traces.where(~everywhere[traces.columns])


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
            named = _names_in(record, record.sentences)
            found += [
                Sentence(edition, record, s.start, s.end, names)
                for s, names in zip(record.sentences, named, strict=True)
            ]
        starts.append(len(found))
    return found, starts


def _clauses(meetings: Sequence[Meeting], starts: list[int], key: Literal["commitments", "positions"]) -> list[Clause]:
    found = []
    for edition, meeting in enumerate(meetings):
        before = starts[edition]
        for record in meeting.records:
            openings = [s.start for s in record.sentences]
            size = len(record.statement.text)
            clauses: list[Commitment | Position] = getattr(record, key)
            for clause, named in zip(clauses, _names_in(record, clauses), strict=True):
                sentence = before + max(0, bisect_right(openings, clause.start) - 1)
                due = due_day(record, clause, meeting.start) if isinstance(clause, Commitment) else None
                found.append(Clause(edition, record, clause, sentence, clause.start / size, due, named))
            before += len(openings)
    return found


def _words(clause: Clause, sentence: Sentence, words: Vocabulary) -> list[int]:
    """The clause's words without its operator.

    A clause that says too little (`we will therefore`) is known by its sentence, and one without any word of meaning
    by its whole text.
    """
    said = clause.clause
    start, end = said.trigger.start - said.start, said.trigger.end - said.start
    quote = said.quote
    text = f"{quote[:start]} {quote[end:]}" if start >= 0 and end <= len(quote) else quote
    found = [n for n in words.of(text) + words.named(clause.named) if n not in words.everywhere]
    if len({number for number in found if number not in words.common}) < _TELLING:
        found += [n for n in _spoken(sentence, words) if n not in words.everywhere]
    if of_next_meeting(clause):
        found.append(words.number("=next meeting"))
    return found or [words.number("=" + " ".join(quote.lower().split()))]


def of_next_meeting(clause: Clause) -> bool:
    """Whether the clause is what the record's own next meeting was read from: each edition promises that anew."""
    coming = clause.record.meeting.next if clause.record.meeting else None
    if coming is None or "follow_up" not in clause.clause.themes or not isinstance(clause.clause, Commitment):
        return False
    dates = {clause.record.dates[i].value for i in clause.clause.dates} | {clause.clause.deadline}
    named = coming.city is not None and coming.city in clause.clause.quote
    return named or (coming.date is not None and coming.date in dates)


def _spoken(sentence: Sentence, words: Vocabulary) -> list[int]:
    return words.of(sentence.record.statement.text[sentence.start : sentence.end]) + words.named(sentence.named)


def _editions_with(traces: Rows, sentences: list[Sentence], width: int) -> Ints:
    """In how many editions each word stands."""
    editions = np.array([s.edition for s in sentences], dtype=np.int64)[traces.index()]
    cells = np.unique(editions * width + traces.columns)
    counts: Ints = np.bincount(cells % width, minlength=width)
    return counts


def _rarity(rows: Rows, width: int) -> Floats:
    """The weight of each feature: the logarithm of how many items there are for one that has it."""
    held = np.bincount(rows.columns, minlength=width).astype(np.float64)
    weights: Floats = np.log1p(len(rows) / np.maximum(held, 1))
    return weights


def _features(clauses: list[Clause], own: Rows, traces: Rows, weights: Floats, known: Rules) -> Features:
    around = traces.take(np.array([c.sentence for c in clauses], dtype=np.int64))
    names, themes, actors = Names(), Names(), Names()
    named = rows_of([names.of(c.named) for c in clauses])
    themed = rows_of([themes.of(t for t in c.clause.themes if t != "other") for c in clauses])
    acting = rows_of([actors.of(c.clause.actors) for c in clauses])
    rarity = _rarity(named, len(names))
    return Features(
        words=joined(own, around, known.context).scaled(weights),
        own=own,
        names=named.scaled(rarity),
        themes=themed.scaled(np.ones(len(themes))).dense(len(themes)),
        actors=acting.scaled(np.ones(len(actors))).dense(len(actors)),
        rarity=_rarest(named, rarity),
    )


def _rarest(named: Rows, weights: Floats) -> Floats:
    found = np.zeros(len(named))
    np.maximum.at(found, named.index(), weights[named.columns])
    rarest: Floats = (found / np.log1p(max(len(named), 1))) ** 2
    return rarest


def _names_in(record: Record, spans: Sequence[Span]) -> list[list[str]]:
    """The entities named in each of these stretches of the text, without the parties."""
    mentions = [m for m in record.mentions if m.kind != "party"]
    starts, entities = [m.start for m in mentions], [m.entity for m in mentions]
    return [entities[bisect_left(starts, span.start) : bisect_left(starts, span.end)] for span in spans]
