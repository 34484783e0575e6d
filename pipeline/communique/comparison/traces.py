"""Where an edition speaks of a clause's matter without the clause: the sentence that has most of its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.comparison.material import ClauseKind, Material
from communique.comparison.sparse import Floats, Ints

# So many characters before and after the words that say that something was done, what was done is named.
_NEAR = 80

# How much more a rare word counts, and the part of the mean length that a sentence has at least.
_RARITY = 1.5
_SHORTEST = 0.8


@dataclass(frozen=True)
class Trace:
    """A sentence, by number, that speaks of a clause's matter, and its score.

    ``certain`` where it has words enough in common, ``done`` where it says that something was done.
    """

    sentence: int
    score: float
    certain: bool
    done: bool


class Traces:
    """Finds sentences that speak of clauses."""

    def __init__(self, content: Material) -> None:
        self._content = content
        self._near: dict[int, frozenset[int]] = {}

    def find(self, kind: ClauseKind, clauses: Ints, first: int, last: int, *, done: bool) -> dict[int, Trace]:
        """The best trace of each clause in the editions from ``first`` up to ``last``, which is not among them.

        With several editions the latest that has a certain one counts, or else the latest. With ``done``, a sentence
        that says that something was done goes before others. A clause without a trace is left out.
        """
        if not len(clauses) or first == last:
            return {}
        known, starts = self._content.rules, self._content.starts
        rows, columns, scores = self._scores(kind, clauses, starts[first], starts[last])
        near = scores >= min(known.perhaps, known.carried_out)
        hits: dict[int, list[tuple[float, int]]] = {}
        for row, column, score in zip(rows[near].tolist(), columns[near].tolist(), scores[near].tolist(), strict=True):
            hits.setdefault(row, []).append((-score, starts[first] + column))
        found = {}
        for row, sentences in hits.items():
            clause = int(clauses[row])
            trace = self._done(kind, clause, sentences) if done else None
            found[clause] = trace or self._best(sentences)
        return found

    def _best(self, hits: list[tuple[float, int]]) -> Trace:
        """The best sentence of the latest edition that has a certain one, or else of the latest."""
        known, sentences = self._content.rules, self._content.sentences
        certain = [hit for hit in hits if -hit[0] >= known.mentioned]
        latest = max(sentences[number].edition for _, number in certain or hits)
        score, number = min(hit for hit in certain or hits if sentences[hit[1]].edition == latest)
        return Trace(number, -score, certain=bool(certain), done=False)

    def _done(self, kind: ClauseKind, clause: int, hits: list[tuple[float, int]]) -> Trace | None:
        """The best sentence that says close to words of the clause that something was done."""
        own = self._content.features[kind].own
        columns = own.columns[own.starts[clause] : own.starts[clause + 1]]
        decisive: set[int] = set(columns[self._content.telling[columns] > 0].tolist())
        for score, number in sorted(hits):
            if -score >= self._content.rules.carried_out and decisive & self._done_words(number):
                return Trace(number, -score, certain=True, done=True)
        return None

    def _done_words(self, number: int) -> frozenset[int]:
        """The words that stand close to what says that something was done; none where nothing says so."""
        if number not in self._near:
            sentence = self._content.sentences[number]
            text = " ".join(sentence.record.statement.text[sentence.start : sentence.end].split())
            found = self._content.rules.completions.search(text)
            near = [(text[max(0, m.start() - _NEAR) : m.start()], text[m.end() : m.end() + _NEAR]) for m in found]
            words = self._content.vocabulary
            self._near[number] = frozenset(n for sides in near for side in sides for n in words.of(side))
        return self._near[number]

    def _scores(self, kind: ClauseKind, clauses: Ints, first: int, last: int) -> tuple[Ints, Ints, Floats]:
        """Pairs of clause and sentence, by their places, and the score of each.

        It is the mean of two shares of the words in common: the overlap coefficient (Szymkiewicz and Simpson), for
        which a sentence counts as no shorter than most are, and the cosine.
        """
        content = self._content
        own, spoken = content.features[kind].own.take(clauses), content.traces.slice(first, last)
        weights = content.weights**_RARITY * content.lasting
        shared, telling = own.common(spoken, weights, content.telling)
        clause, sentence = (np.bincount(r.index(), weights[r.columns], minlength=len(r)) for r in (own, spoken))
        sentence = np.maximum(sentence, _SHORTEST * max(sentence.mean(), 1e-9))
        needed = np.bincount(own.index(), content.telling[own.columns], minlength=len(own))
        needed = np.minimum(needed, content.rules.shared_words)
        rows, columns = np.nonzero((shared > 0) & (telling >= needed[:, None]))
        one, other = clause[rows], sentence[columns]
        scores = shared[rows, columns] * (1 / np.minimum(one, other) + 1 / np.sqrt(one * other)) / 2
        return rows, columns, scores
