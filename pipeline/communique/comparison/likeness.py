"""How much of what sentences say is what other words say too."""

from __future__ import annotations

import numpy as np

from communique.comparison.material import Material
from communique.comparison.sparse import (
    Floats,
    Ints,
    Mask,
    Rows,
    index_of,
    paired,
    products,
    row_sums,
    turned,
    weighted,
)

# How much more a rare word counts, and the part of the mean length that a sentence has at least.
_RARITY = 1.5
_SHORTEST = 0.8
_SMALLEST = 1e-9
# A sum of another order may differ in its last digits.
_NEARLY = 1 - 1e-9
# So many rows are held against all sentences at once: few enough for their products to stand in memory.
_BLOCK = 256


class Likeness:
    """Scores of rows of words with the sentences of all editions.

    A score is the mean of two shares of the words in common: the overlap coefficient (Szymkiewicz and Simpson), for
    which a sentence counts as no shorter than most are, and the cosine.
    """

    def __init__(self, content: Material) -> None:
        self._content, self._by_word = content, turned(content.traces)
        self._weights = content.weights**_RARITY * content.lasting
        lengths = row_sums(weighted(content.traces, self._weights))
        mean = lengths[content.trace_of].mean()
        self._lengths: Floats = np.maximum(lengths, _SHORTEST * max(mean, _SMALLEST))

    def alike(self, words: Rows, least: Floats) -> tuple[Ints, Ints, Floats]:
        """Pairs of these rows and traces whose score is at least what it is to be for the row, and the scores.

        They have enough of the words in common that tell one action from another. These are counted first: words that
        stand everywhere are in common to most pairs.
        """
        weighed = weighted(words, self._weights)
        sizes = row_sums(weighed)
        telling = self._content.only_telling(words)
        reach = _Reach(weighed, self._content.telling)
        # No share is greater than that of the shortest sentence.
        needed = reach.needed(least / self._share(np.maximum(sizes, _SMALLEST), self._lengths.min(initial=np.inf)))
        few = np.minimum(row_sums(telling), self._content.rules.shared_words)
        rows, traces, shared = products(telling, self._by_word, np.maximum(needed, few))
        share = self._share(sizes[rows], self._lengths[traces])
        near = np.flatnonzero(reach.most(rows, shared) * share >= _NEARLY * least[rows])
        rows, traces, share = rows[near], traces[near], share[near]
        scores = paired(weighed[rows], self._content.traces[traces]) * share
        near = np.flatnonzero(scores >= least[rows])
        return rows[near], traces[near], scores[near]

    def speak(self, words: Rows, least: float) -> Mask:
        """For each row and each edition, whether a sentence of the edition scores this with the row."""
        found = np.zeros((words.shape[0], len(self._content.meetings)), dtype=bool)
        weighed = weighted(words, self._weights)
        sizes = np.maximum(row_sums(weighed), _SMALLEST)
        needed = least / self._share(sizes, self._lengths.min(initial=np.inf))
        for start in range(0, words.shape[0], _BLOCK):
            block = slice(start, start + _BLOCK)
            rows, traces, shared = products(weighed[block], self._by_word, needed[block])
            near = np.flatnonzero(shared * self._share(sizes[block][rows], self._lengths[traces]) >= least)
            sentences, index = self._content.sentences_of(traces[near])
            found[start + rows[near[index]], self._content.sentences.edition[sentences]] = True
        return found

    @staticmethod
    def _share(one: Floats, other: Floats | np.float64) -> Floats:
        share: Floats = (1 / np.minimum(one, other) + 1 / np.sqrt(one * other)) / 2
        return share


class _Reach:
    """How much rows of weighed words can share with a trace, by the number of telling words in common.

    That is what their heaviest such words weigh, and all of the others.
    """

    def __init__(self, weighed: Rows, telling: Mask) -> None:
        index, tells = index_of(weighed), telling[weighed.indices]
        rest = np.bincount(index[~tells], weighed.data[~tells], minlength=weighed.shape[0])
        self._rest, self._index = rest, index[tells]
        values = weighed.data[tells]
        # Row by row, the heaviest first.
        order = np.argsort(self._index * (values.max(initial=0) + 1) - values)
        self._sums: Floats = np.concatenate(([0.0], np.cumsum(values[order])))
        self._begins = np.searchsorted(self._index, np.arange(weighed.shape[0]))

    def most(self, rows: Ints, counts: Floats) -> Floats:
        """The most that each of these rows can share with a trace that has so many of its telling words."""
        begins = self._begins[rows]
        most: Floats = self._sums[begins + counts.astype(np.int64)] - self._sums[begins] + self._rest[rows]
        return most

    def needed(self, shared: Floats) -> Ints:
        """How many telling words of each row a trace must have to share so much of it, if it can."""
        needed = _NEARLY * shared - self._rest
        index = self._index
        short = self._sums[1:] - self._sums[self._begins][index] < needed[index]
        counts: Ints = np.bincount(index, short, minlength=len(needed)).astype(np.int64) + (needed > 0)
        return counts
