"""Which clauses of two editions are the same undertaking: a score of several parts, and the best assignment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.comparison.assignment import assign
from communique.comparison.material import ClauseKind, Features, Material
from communique.comparison.records import Parts
from communique.comparison.sparse import Floats, Ints, Mask, Rows

# What clauses of the same words gain where they stand in the same place of their statements: enough to decide between
# equals, too little to decide anything else.
_PLACE = 1e-6
_SAME = 1 - 1e-9


@dataclass(frozen=True)
class Pair:
    """Two clauses, by number, that are the same undertaking, and why."""

    earlier: int
    later: int
    score: float
    parts: Parts


@dataclass(frozen=True)
class _Scores:
    """Matrices of the score and its parts, and which cells of a part mean anything."""

    total: Floats
    parts: dict[str, Floats]
    held: dict[str, Floats]


def align(content: Material, kind: ClauseKind, earlier: Ints, later: Ints) -> list[Pair]:
    """One-to-one pairs of clauses given by their numbers, in the order of the earlier ones.

    The assignment is the one with the greatest sum of what the pairs' scores have over the threshold.
    """
    if not len(earlier) or not len(later):
        return []
    one, other = content.features[kind].take(earlier), content.features[kind].take(later)
    scores = _scores(content, one, other)
    gains = scores.total - content.rules.aligned
    gains[~_comparable(content, one, other, scores)] = 0
    places = [np.array([content.clauses[kind][i].place for i in side.tolist()]) for side in (earlier, later)]
    gains = np.where(gains > 0, gains + _PLACE * (1 - np.abs(places[0][:, None] - places[1])), 0)
    return [
        Pair(int(earlier[a]), int(later[b]), _share(scores.total[a, b]), _parts(scores, a, b)) for a, b in assign(gains)
    ]


def _scores(content: Material, one: Features, other: Features) -> _Scores:
    parts, held = {}, {}
    total, weight = np.zeros((len(one.words), len(other.words))), np.zeros((len(one.words), len(other.words)))
    for part in ("words", "names", "themes", "actors"):
        left, right = getattr(one, part), getattr(other, part)
        parts[part] = left.products(right)
        # What only one of the two has speaks less against them than what differs: clauses often leave names out.
        held[part] = (_says(one, part)[:, None] + _says(other, part)) / 2
        total += content.rules.weights[part] * held[part] * parts[part]
        weight += content.rules.weights[part] * held[part]
    return _Scores(total / np.maximum(weight, 1e-9), parts, held)


def _says(side: Features, part: str) -> Floats:
    """How much a part says of each clause, from 0 to 1: a name that stands everywhere tells clauses apart no more."""
    rows: Rows = getattr(side, part)
    if part != "names":
        return (rows.counts() > 0).astype(np.float64)
    return side.rarity


def _comparable(content: Material, one: Features, other: Features, scores: _Scores) -> Mask:
    """Pairs that have words enough in common, or all of them."""
    shared = telling(one.own, content.telling).products(telling(other.own, content.telling))
    words = scores.parts["words"]
    enough: Mask = (shared >= content.rules.shared_words) & (words >= content.rules.least_words) | (words >= _SAME)
    return enough


def telling(rows: Rows, weights: Floats) -> Rows:
    """The rows without the words that stand in actions of every kind."""
    return rows.where(weights[rows.columns] > 0)


def _parts(scores: _Scores, a: int, b: int) -> Parts:
    said = {part: _share(m[a, b]) if scores.held[part][a, b] else None for part, m in scores.parts.items()}
    return Parts.model_construct(None, **said)


def _share(value: float) -> float:
    return round(min(max(float(value), 0.0), 1.0), 3)
