"""The sentences of all texts of a series, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from communique.comparison.clauses import Text
from communique.comparison.columns import as_array, columns
from communique.comparison.records import Evidence
from communique.comparison.sparse import Ints


class Sentences:
    """The sentences in the order of texts and places."""

    def __init__(self, texts: Sequence[Text]) -> None:
        found = [text.record.sentences for text in texts]
        self._starts, self._ends = columns(chain.from_iterable(found), "start", "end")
        self._words, self._ids = [text.words for text in texts], [text.id for text in texts]
        text_of = np.repeat(np.arange(len(found)), list(map(len, found)))
        begins, edition = np.array([(text.start, text.edition) for text in texts]).T[:, text_of]
        self._text_of = text_of.tolist()
        self.edition: Ints = edition
        """The edition of each."""
        self.spans: Ints = begins + as_array(self._starts, self._ends)
        """Starts, and ends, among all that is compared."""

    def quote(self, number: int) -> str:
        """The words of a sentence."""
        return self._words[self._text_of[number]][self._starts[number] : self._ends[number]]

    def evidence(self, number: int) -> Evidence:
        """A sentence in its statement."""
        return Evidence(self._starts[number], self._ends[number], self.quote(number), self._ids[self._text_of[number]])
