"""Which clauses of two editions are the same undertaking: a score of several parts, and the best assignment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.comparison.assignment import assign
from communique.comparison.making import made
from communique.comparison.material import ClauseKind, Features, Material
from communique.comparison.records import Parts
from communique.comparison.sparse import Floats, Ints, Mask

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


def align(content: Material, kind: ClauseKind, earlier: Ints, later: Ints) -> list[Pair]:
    """One-to-one pairs of clauses given by their numbers, in the order of the earlier ones.

    The assignment is the one with the greatest sum of what the pairs' scores have over the threshold.
    """
    if not len(earlier) or not len(later):
        return []
    one, other = content.features[kind].take(earlier), content.features[kind].take(later)
    words = one.words.products(other.words)
    rows, columns = np.nonzero(_comparable(content, one, other, words))
    scores = _scores(content, one, other, words, rows, columns)
    clauses = content.clauses[kind]
    places = [np.array([clauses[i].place for i in side.tolist()]) for side in (earlier, later)]
    gained = scores.total - content.rules.aligned
    gained = np.where(gained > 0, gained + _PLACE * (1 - np.abs(places[0][rows] - places[1][columns])), 0)
    gains = np.zeros(words.shape)
    gains[rows, columns] = gained
    numbers = {(int(a), int(b)): i for i, (a, b) in enumerate(zip(rows, columns, strict=True)) if gained[i] > 0}
    return [
        Pair(int(earlier[a]), int(later[b]), _share(scores.total[numbers[a, b]]), scores.of(numbers[a, b]))
        for a, b in assign(gains)
    ]


@dataclass(frozen=True)
class _Scores:
    """The score of each pair and its parts, and how much of a part there is to compare."""

    total: Floats
    parts: dict[str, Floats]
    held: dict[str, Floats]

    def of(self, pair: int) -> Parts:
        """The parts of one pair's score."""
        return made(
            Parts, **{part: _share(all_[pair]) if self.held[part][pair] else None for part, all_ in self.parts.items()}
        )


def _scores(content: Material, one: Features, other: Features, words: Floats, rows: Ints, columns: Ints) -> _Scores:
    parts: dict[str, Floats] = {
        "words": words[rows, columns],
        "names": one.names.products(other.names)[rows, columns],
        "themes": _paired(one.themes[rows], other.themes[columns]),
        "actors": _paired(one.actors[rows], other.actors[columns]),
    }
    # What only one of the two has speaks less against them than what differs: clauses often leave names out. A name
    # that stands everywhere tells clauses apart no more.
    held: dict[str, Floats] = {
        "words": np.ones(len(rows)),
        "names": (one.rarity[rows] + other.rarity[columns]) / 2,
        "themes": _any(one.themes)[rows] + _any(other.themes)[columns],
        "actors": _any(one.actors)[rows] + _any(other.actors)[columns],
    }
    weights = {part: content.rules.weights[part] * held[part] for part in parts}
    total: Floats = sum((weights[p] * parts[p] for p in parts), np.zeros(len(rows))) / sum(weights.values())
    return _Scores(total, parts, held)


def _any(matrix: Floats) -> Floats:
    """A half for each row that has something."""
    return np.where(matrix.any(axis=1), 0.5, 0.0)


def _paired(one: Floats, other: Floats) -> Floats:
    """The scalar product of each row of one with the same row of the other."""
    products: Floats = (one * other).sum(axis=1)
    return products


def _comparable(content: Material, one: Features, other: Features, words: Floats) -> Mask:
    """Pairs that have words enough in common, or all of them."""
    _, shared = one.own.common(other.own, content.telling, content.telling)
    enough: Mask = (shared >= content.rules.shared_words) & (words >= content.rules.least_words) | (words >= _SAME)
    return enough


def _share(value: float) -> float:
    return round(min(max(float(value), 0.0), 1.0), 3)
