"""How much of what sentences say is what other words say too."""

from __future__ import annotations

import numpy as np

from communique.comparison.material import Material
from communique.comparison.sparse import (
    Floats,
    Ints,
    Mask,
    Rows,
    only,
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
# So finely weights are told: with it, what a thousand words weigh is exact in 64 bits.
_GRID = 2.0**24
# So many rows are held against all sentences at once: few enough for their products to stand in memory. They are fewer
# where words that stand everywhere are among them.
_BLOCK = 2048
_BLOCK_OF_ALL = 256


class Likeness:
    """Scores of rows of words with the sentences of all editions.

    A score is the mean of two shares of the words in common: the overlap coefficient (Szymkiewicz and Simpson), for
    which a sentence counts as no shorter than most are, and the cosine.
    """

    def __init__(self, content: Material) -> None:
        self._content, self._by_word = content, turned(content.spoken)
        self._untelling = only(content.spoken, ~content.telling[content.spoken.indices])
        # Multiples of one small number: sums are exact in whatever order, so that equal scores are equal.
        self._weights = np.rint(content.weights**_RARITY * content.lasting * _GRID) / _GRID
        lengths = row_sums(weighted(content.spoken, self._weights))
        mean = lengths[content.spoken_of].sum() / max(len(content.spoken_of), 1)
        self._lengths: Floats = np.maximum(lengths, _SHORTEST * max(mean, _SMALLEST))

    def alike(self, words: Rows, least: Floats) -> tuple[Ints, Ints, Floats]:
        """Pairs of these rows and different sentences that score at least what is asked for the row, and the scores.

        The rows are of ones, as the sentences are. They have enough of the words in common that tell one action from
        another. What these weigh is found first: words that stand everywhere are in common to most pairs.
        """
        found = [
            self._alike(words[start : start + _BLOCK], least[start : start + _BLOCK], start)
            for start in range(0, words.shape[0] or 1, _BLOCK)
        ]
        rows, spoken, scores = (np.concatenate(column) for column in zip(*found, strict=True))
        return rows, spoken, scores

    def _alike(self, words: Rows, least: Floats, start: int) -> tuple[Ints, Ints, Floats]:
        """The pairs of a few rows, of which the first is number ``start``."""
        weighed = weighted(words, self._weights)
        sizes, tells = row_sums(weighed), self._content.telling[weighed.indices]
        telling, rest = only(weighed, tells), only(weighed, ~tells)
        few = np.minimum(np.diff(telling.indptr), self._content.rules.shared_words)
        # How many words are in common and what they weigh come from one product: a word counts more than all weigh.
        one = 2.0 ** np.ceil(np.log2(1 + sizes.max(initial=0)))
        telling.data += one
        rows, spoken, found = products(telling, self._by_word, few * one)
        shared = found % one
        share = self._share(sizes[rows], self._lengths[spoken])
        near = np.flatnonzero((shared + row_sums(rest)[rows]) * share >= least[rows])
        rows, spoken, shared, share = rows[near], spoken[near], shared[near], share[near]
        scores = (shared + paired(rest[rows], self._untelling[spoken])) * share
        near = np.flatnonzero(scores >= least[rows])
        return start + rows[near], spoken[near], scores[near]

    def speak(self, words: Rows, least: float) -> Mask:
        """For each row and each edition, whether a sentence of the edition scores this with the row."""
        found = np.zeros((words.shape[0], len(self._content.meetings)), dtype=bool)
        weighed = weighted(words, self._weights)
        sizes = np.maximum(row_sums(weighed), _SMALLEST)
        # No share is greater than that of the shortest sentence.
        needed = least / self._share(sizes, self._lengths.min(initial=np.inf))
        for start in range(0, words.shape[0], _BLOCK_OF_ALL):
            block = slice(start, start + _BLOCK_OF_ALL)
            rows, spoken, shared = products(weighed[block], self._by_word, needed[block])
            near = np.flatnonzero(shared * self._share(sizes[block][rows], self._lengths[spoken]) >= least)
            sentences, index = self._content.alike.members(spoken[near])
            found[start + rows[near[index]], self._content.sentences.edition[sentences]] = True
        return found

    @staticmethod
    def _share(one: Floats, other: Floats | np.float64) -> Floats:
        share: Floats = (1 / np.minimum(one, other) + 1 / np.sqrt(one * other)) / 2
        return share
