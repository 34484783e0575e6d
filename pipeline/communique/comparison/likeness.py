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
# A sum of another order may differ in its last digits.
_NEARLY = 1 - 1e-9
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
        self._content, self._by_word = content, turned(content.traces)
        self._untelling = only(content.traces, ~content.telling[content.traces.indices])
        self._weights = content.weights**_RARITY * content.lasting
        lengths = row_sums(weighted(content.traces, self._weights))
        mean = lengths[content.trace_of].mean()
        self._lengths: Floats = np.maximum(lengths, _SHORTEST * max(mean, _SMALLEST))

    def alike(self, words: Rows, least: Floats) -> tuple[Ints, Ints, Floats]:
        """Pairs of these rows and traces whose score is at least what it is to be for the row, and the scores.

        They have enough of the words in common that tell one action from another. What these weigh is found first:
        words that stand everywhere are in common to most pairs.
        """
        found = [
            self._alike(words[start : start + _BLOCK], least[start : start + _BLOCK], start)
            for start in range(0, words.shape[0] or 1, _BLOCK)
        ]
        rows, traces, scores = (np.concatenate(column) for column in zip(*found, strict=True))
        return rows, traces, scores

    def _alike(self, words: Rows, least: Floats, start: int) -> tuple[Ints, Ints, Floats]:
        weighed = weighted(words, self._weights)
        sizes, tells = row_sums(weighed), self._content.telling[weighed.indices]
        telling, rest = only(weighed, tells), only(weighed, ~tells)
        few = np.minimum(np.diff(telling.indptr), self._content.rules.shared_words)
        # How many words are in common and what they weigh come from one product: a word counts more than all weigh.
        one = 2.0 ** np.ceil(np.log2(1 + sizes.max(initial=0)))
        telling.data += one
        rows, traces, found = products(telling, self._by_word, few * one)
        shared = found % one
        share = self._share(sizes[rows], self._lengths[traces])
        near = np.flatnonzero((shared + row_sums(rest)[rows]) * share >= _NEARLY * least[rows])
        rows, traces, shared, share = rows[near], traces[near], shared[near], share[near]
        scores = (shared + paired(rest[rows], self._untelling[traces])) * share
        near = np.flatnonzero(scores >= least[rows])
        return start + rows[near], traces[near], scores[near]

    def speak(self, words: Rows, least: float) -> Mask:
        """For each row and each edition, whether a sentence of the edition scores this with the row."""
        found = np.zeros((words.shape[0], len(self._content.meetings)), dtype=bool)
        weighed = weighted(words, self._weights)
        sizes = np.maximum(row_sums(weighed), _SMALLEST)
        needed = least / self._share(sizes, self._lengths.min(initial=np.inf))
        for start in range(0, words.shape[0], _BLOCK_OF_ALL):
            block = slice(start, start + _BLOCK_OF_ALL)
            rows, traces, shared = products(weighed[block], self._by_word, needed[block])
            near = np.flatnonzero(shared * self._share(sizes[block][rows], self._lengths[traces]) >= least)
            sentences, index = self._content.sentences_of(traces[near])
            found[start + rows[near[index]], self._content.sentences.edition[sentences]] = True
        return found

    @staticmethod
    def _share(one: Floats, other: Floats | np.float64) -> Floats:
        share: Floats = (1 / np.minimum(one, other) + 1 / np.sqrt(one * other)) / 2
        return share
