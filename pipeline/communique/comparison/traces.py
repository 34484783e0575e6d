"""Where an edition speaks of a clause's matter without the clause: the sentence that has most of its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.comparison.alignment import telling
from communique.comparison.material import ClauseKind, Material
from communique.comparison.sparse import Floats, Ints, Rows


@dataclass(frozen=True)
class Trace:
    """A sentence, by number, that speaks of a clause's matter, its score, and whether it says that it was done."""

    sentence: int
    score: float
    done: bool


class Traces:
    """Finds sentences that speak of clauses."""

    def __init__(self, content: Material) -> None:
        self._content = content
        self._done: dict[int, bool] = {}

    def find(self, kind: ClauseKind, clauses: Ints, first: int, last: int, *, done: bool) -> dict[int, Trace]:
        """The best trace of each clause in the editions from ``first`` up to ``last``, which is not among them.

        With several editions the latest that has one counts. With ``done``, a sentence that says that something
        was done goes before others. A clause without a trace is left out.
        """
        if not len(clauses) or first == last:
            return {}
        starts = self._content.starts
        scores = self._scores(kind, clauses, np.arange(starts[first], starts[last]))
        known, found = self._content.rules, {}
        for place in np.nonzero((scores >= min(known.mentioned, known.carried_out)).any(axis=1))[0].tolist():
            for edition in range(last - 1, first - 1, -1):
                a, b = starts[edition] - starts[first], starts[edition + 1] - starts[first]
                trace = self._best(scores[place, a:b], starts[edition], done=done)
                if trace is not None:
                    found[int(clauses[place])] = trace
                    break
        return found

    def _best(self, scores: Floats, offset: int, *, done: bool) -> Trace | None:
        known = self._content.rules
        if done:
            for at in np.argsort(-scores, kind="stable").tolist():
                if scores[at] < known.carried_out:
                    break
                if self._says_done(offset + at):
                    return Trace(offset + at, float(scores[at]), done=True)
        at = int(scores.argmax()) if len(scores) else 0
        if len(scores) and scores[at] >= known.mentioned:
            return Trace(offset + at, float(scores[at]), done=False)
        return None

    def _says_done(self, number: int) -> bool:
        if number not in self._done:
            sentence = self._content.sentences[number]
            text = " ".join(sentence.record.statement.text[sentence.start : sentence.end].split())
            self._done[number] = any(c.search(text) for c in self._content.rules.completions)
        return self._done[number]

    def _scores(self, kind: ClauseKind, clauses: Ints, sentences: Ints) -> Floats:
        """The mean of how much of the clause is in the sentence and how alike the two are."""
        content = self._content
        own, spoken = content.features[kind].own.take(clauses), content.traces.take(sentences)
        squares = content.weights**2
        shared = Rows(own.starts, own.columns, squares[own.columns]).products(spoken)
        sizes = [np.bincount(r.index(), squares[r.columns], minlength=len(r)) + 1e-9 for r in (own, spoken)]
        scores: Floats = shared * 0.5 * (1 / sizes[0][:, None] + 1 / np.sqrt(sizes[0][:, None] * sizes[1]))
        common = telling(own, content.telling).products(spoken)
        scores[common < content.rules.shared_words] = 0
        return scores
