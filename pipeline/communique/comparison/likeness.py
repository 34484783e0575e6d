"""How much of what sentences say is what other words say too."""

from __future__ import annotations

import numpy as np

from communique.comparison.material import Material
from communique.comparison.sparse import Floats, Ints, Mask, Rows, paired, products, row_sums, weighted

# How much more a rare word counts, and the part of the mean length that a sentence has at least.
_RARITY = 1.5
_SHORTEST = 0.8
_SMALLEST = 1e-9
# So many rows are held against all sentences at once: few enough for their products to stand in memory.
_BLOCK = 256


class Likeness:
    """Scores of rows of words with the sentences of all editions.

    A score is the mean of two shares of the words in common: the overlap coefficient (Szymkiewicz and Simpson), for
    which a sentence counts as no shorter than most are, and the cosine.
    """

    def __init__(self, content: Material) -> None:
        self._spoken, self._edition, self._editions = content.traces, content.edition, len(content.meetings)
        self._weights = content.weights**_RARITY * content.lasting
        lengths = row_sums(weighted(content.traces, self._weights))
        self._lengths: Floats = np.maximum(lengths, _SHORTEST * max(lengths.mean(), _SMALLEST))

    def of(self, words: Rows, rows: Ints, sentences: Ints) -> Floats:
        """The score of each of these rows with the sentence beside it."""
        weighed = weighted(words, self._weights)
        shared = paired(weighed[rows], self._spoken[sentences])
        return shared * self._share(row_sums(weighed)[rows], self._lengths[sentences])

    def speak(self, words: Rows, least: float) -> Mask:
        """For each row and each edition, whether a sentence of the edition scores this with the row."""
        found = np.zeros((words.shape[0], self._editions), dtype=bool)
        weighed = weighted(words, self._weights)
        sizes = np.maximum(row_sums(weighed), _SMALLEST)
        # No share is greater than that of the shortest sentence.
        needed = least / self._share(sizes, self._lengths.min(initial=np.inf))
        for start in range(0, words.shape[0], _BLOCK):
            block = slice(start, start + _BLOCK)
            rows, sentences, shared = products(weighed[block], self._spoken, needed[block])
            near = shared * self._share(sizes[block][rows], self._lengths[sentences]) >= least
            found[start + rows[near], self._edition[sentences[near]]] = True
        return found

    @staticmethod
    def _share(one: Floats, other: Floats | np.float64) -> Floats:
        share: Floats = (1 / np.minimum(one, other) + 1 / np.sqrt(one * other)) / 2
        return share
