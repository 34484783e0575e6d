"""Which clauses of two editions are the same undertaking: a score of several parts, and the best assignment."""

from __future__ import annotations

import numpy as np

from communique.comparison.assignment import assign
from communique.comparison.clauses import ClauseKind
from communique.comparison.material import Features, Material
from communique.comparison.records import Link, Parts
from communique.comparison.sparse import Floats, Ints, Mask, distinct, paired, products, turned

# What clauses of the same words gain where they stand in the same place of their statements: enough to decide between
# equals, too little to decide anything else.
_PLACE = 1e-6
# So many clauses are held against all before them at once: few enough for their products to stand in memory.
_BLOCK = 2048
_PARTS = ("words", "names", "themes", "actors")
# Scores are told to three digits.
_THOUSAND = 1000
# What stands for the score of a part of which there is nothing to be compared.
_NOTHING = -1
_SHARES = tuple(number / _THOUSAND for number in range(_THOUSAND + 1))
_SHARES_OR_NONE = (*_SHARES, None)


class Candidates:
    """The pairs of clauses of two editions that are enough alike to be one undertaking, through the whole series.

    They are found before any edition is aligned: products of many editions take a third of the time of one for each.
    Clauses of one ``wording`` are not among them, and none but the clauses, by number, that may be the ``earlier`` or
    the ``later`` of a pair: most say word for word what the edition before or after them says.
    """

    def __init__(self, content: Material, kind: ClauseKind, wording: Ints, earlier: Ints, later: Ints) -> None:
        self._edition = content.clauses[kind].edition
        blocks = [
            _block(content, kind, wording, earlier, later[start : start + _BLOCK])
            for start in range(0, len(later) or 1, _BLOCK)
        ]
        self._earlier, self._later, self._gains = (np.concatenate(column) for column in zip(*blocks, strict=True))

    def aligned(self, clauses: range, earlier: Mask, later: Mask) -> tuple[Ints, Ints]:
        """One-to-one pairs of these clauses of one edition and earlier ones, both among the clauses in the masks.

        The assignment is the one with the greatest sum of what the pairs' scores have over the threshold. What the
        edition before has is paired first; what is left goes to what comes back after a gap.
        """
        begin, end = np.searchsorted(self._later, (clauses.start, clauses.stop))
        one, other, gains = self._earlier[begin:end], self._later[begin:end], self._gains[begin:end]
        kept = earlier[one] & later[other]
        one, other, gains = one[kept], other[kept], gains[kept]
        recent = self._edition[one] == self._edition[other] - 1
        taken = assign(one, other, np.where(recent, gains, 0))
        paired_now = np.zeros(len(clauses), dtype=bool)
        paired_now[other[taken] - clauses.start] = True
        left = ~recent & ~paired_now[other - clauses.start]
        taken = np.concatenate((taken, assign(one, other, np.where(left, gains, 0))))
        return one[taken], other[taken]


def _block(content: Material, kind: ClauseKind, wording: Ints, earlier: Ints, later: Ints) -> tuple[Ints, Ints, Floats]:
    """Candidates of these clauses, by the later: earlier, later, gains."""
    features, clauses = content.features[kind], content.clauses[kind]
    earlier = earlier[: np.searchsorted(earlier, later.max(initial=0))]
    telling = turned(features.telling[earlier])
    rows, columns, _ = products(features.telling[later], telling, content.rules.shared_words)
    other, one = later[rows], earlier[columns]
    apart = np.flatnonzero((clauses.edition[one] < clauses.edition[other]) & (wording[one] != wording[other]))
    one, other = one[apart], other[apart]
    words = paired(features.words[one], features.words[other])
    near = np.flatnonzero((words >= content.rules.least_words) & ~_elsewhere(features, one, other))
    one, other, words = one[near], other[near], words[near]
    over = _Scores(content, features, one, other, words).total - content.rules.aligned
    kept = np.flatnonzero(over > 0)
    kept = kept[_on_one_thing(features, one[kept], other[kept])]
    one, other, over = one[kept], other[kept], over[kept]
    return one, other, over + _PLACE * (1 - np.abs(clauses.places[one] - clauses.places[other]))


def links(content: Material, kind: ClauseKind, one: Ints, other: Ints) -> list[Link]:
    """What links the later of each pair of clauses to the earlier ``one``; what is alike is one object."""
    features = content.features[kind]
    # Clauses without any word that means something are paired only where they are the same.
    wordless = np.diff(features.words.indptr)[one] == 0
    words = np.where(wordless, 1, paired(features.words[one], features.words[other]))
    scores = _Scores(content, features, one, other, words)
    columns = [content.clauses[kind].edition[one], _thousandths(scores.total)]
    columns += [np.where(scores.held[part] != 0, _thousandths(scores.parts[part]), _NOTHING) for part in _PARTS]
    different, which = distinct(columns)
    editions, scored, *told = (column.tolist() for column in different)
    parts = map(Parts, *(map(_SHARES_OR_NONE.__getitem__, column) for column in told))
    found = list(map(Link, editions, map(_SHARES.__getitem__, scored), parts))
    return list(map(found.__getitem__, which.tolist()))


def links_of_words(editions: Ints, scores: Floats) -> list[Link]:
    """What links a clause and a sentence, by their words alone; what is alike is one object.

    ``editions``: those whose clause or sentence each was held against.
    """
    (different, scored), which = distinct([editions, _thousandths(scores)])
    shares = [_SHARES[score] for score in scored.tolist()]
    parts = [Parts(words=share, names=None, themes=None, actors=None) for share in shares]
    found = list(map(Link, different.tolist(), shares, parts))
    return list(map(found.__getitem__, which.tolist()))


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


def _on_one_thing(features: Features, one: Ints, other: Ints) -> Mask:
    """Whether both do something to what both speak of: a body that one founds is not what it does in the other."""
    few = np.zeros(len(features.sentence), dtype=bool)
    few[list(features.few)] = True
    found: Mask = few[one] | few[other] | (paired(features.acted_on[one], features.acted_on[other]) > 0)
    return found


def _elsewhere(features: Features, one: Ints, other: Ints) -> Mask:
    """Whether both clauses name countries that do not act, and not one that both name: the same said of another."""
    some = np.diff(features.abroad.indptr) > 0
    apart: Mask = some[one] & some[other]
    places = np.flatnonzero(apart)
    apart[places] = paired(features.abroad[one[places]], features.abroad[other[places]]) == 0
    return apart


def _thousandths(values: Floats) -> Ints:
    return np.rint(np.clip(values, 0, 1) * _THOUSAND).astype(np.int64)
