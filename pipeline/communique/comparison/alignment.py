"""Which clauses of two editions are the same undertaking: a score of several parts, and the best assignment."""

from __future__ import annotations

import numpy as np

from communique.comparison.assignment import assign
from communique.comparison.material import ClauseKind, Features, Material
from communique.comparison.records import Parts
from communique.comparison.sparse import Floats, Ints, Mask, paired, products

# What clauses of the same words gain where they stand in the same place of their statements: enough to decide between
# equals, too little to decide anything else.
_PLACE = 1e-6


def align(content: Material, kind: ClauseKind, earlier: Ints, later: Ints, *, recent: Mask) -> list[tuple[int, int]]:
    """One-to-one pairs of clauses given by their numbers.

    The assignment is the one with the greatest sum of what the pairs' scores have over the threshold. Earlier clauses
    that are ``recent`` are paired first; what is left goes to the others.
    """
    if not len(earlier) or not len(later):
        return []
    features, places = content.features[kind], content.clauses[kind].places
    one, other, words = _comparable(content, features, earlier, later)
    over = _Scores(content, features, one, other, words).total - content.rules.aligned
    one, other, over = one[over > 0], other[over > 0], over[over > 0]
    gains = over + _PLACE * (1 - np.abs(places[one] - places[other]))
    first = np.isin(one, earlier[recent])
    taken = assign(one, other, np.where(first, gains, 0))
    free = ~first & ~np.isin(other, other[taken])
    taken = np.concatenate((taken, assign(one, other, np.where(free, gains, 0))))
    return list(zip(one[taken].tolist(), other[taken].tolist(), strict=True))


def scored(content: Material, kind: ClauseKind, pairs: list[tuple[int, int]]) -> list[tuple[float, Parts]]:
    """The score of each pair of clauses, with its parts."""
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    features = content.features[kind]
    # Clauses without any word that means something are paired only where they are the same.
    wordless = np.diff(features.words.indptr)[one] == 0
    words = np.where(wordless, 1, paired(features.words[one], features.words[other]))
    scores = _Scores(content, features, one, other, words)
    columns = [_shares(scores.parts[part], scores.held[part]) for part in ("words", "names", "themes", "actors")]
    total = np.round(np.clip(scores.total, 0, 1), 3).tolist()
    return list(zip(total, map(Parts, *columns), strict=True))


class _Scores:
    """The score of each pair of clauses, its parts, and how much there is of a part to be compared."""

    def __init__(self, content: Material, features: Features, one: Ints, other: Ints, words: Floats) -> None:
        self.parts: dict[str, Floats] = {
            "words": words,
            "names": _named(features, one, other),
            "themes": (features.themes[one] * features.themes[other]).sum(axis=1),
            "actors": (features.actors[one] * features.actors[other]).sum(axis=1),
        }
        # What only one of the two has speaks less against them than what differs: clauses often leave names out. A
        # name that stands everywhere tells clauses apart no more.
        self.held: dict[str, Floats] = {
            "words": np.ones(len(one)),
            "names": (features.rarity[one] + features.rarity[other]) / 2,
            "themes": (features.themed[one] + features.themed[other]) / 2,
            "actors": (features.acting[one] + features.acting[other]) / 2,
        }
        weights = {part: content.rules.weights[part] * held for part, held in self.held.items()}
        whole = sum((weights[part] * self.parts[part] for part in weights), np.zeros(len(one)))
        self.total: Floats = whole / sum(weights.values())


def _named(features: Features, one: Ints, other: Ints) -> Floats:
    """What the names of the clauses have in common; most clauses have none."""
    found = np.zeros(len(one))
    some = np.flatnonzero((features.rarity[one] > 0) & (features.rarity[other] > 0))
    if len(some):
        found[some] = paired(features.names[one[some]], features.names[other[some]])
    return found


def _comparable(content: Material, features: Features, earlier: Ints, later: Ints) -> tuple[Ints, Ints, Floats]:
    """Pairs that have telling words enough in common, and what their words score."""
    rows, columns, shared = products(features.telling[earlier], features.telling[later])
    enough = shared >= content.rules.shared_words
    one, other = earlier[rows[enough]], later[columns[enough]]
    words = paired(features.words[one], features.words[other])
    near = (words >= content.rules.least_words) & ~_elsewhere(features, one, other)
    return one[near], other[near], words[near]


def _elsewhere(features: Features, one: Ints, other: Ints) -> Mask:
    """Whether both clauses name countries that do not act, and not one that both name: the same said of another."""
    some = np.diff(features.abroad.indptr) > 0
    apart: Mask = some[one] & some[other]
    places = np.flatnonzero(apart)
    apart[places] = paired(features.abroad[one[places]], features.abroad[other[places]]) == 0
    return apart


def _shares(values: Floats, held: Floats) -> list[float | None]:
    """Values to three digits; None where there is nothing to be compared."""
    rounded = np.round(np.clip(values, 0, 1), 3).tolist()
    return [value if some else None for value, some in zip(rounded, held.tolist(), strict=True)]
