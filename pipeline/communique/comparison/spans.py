"""Spans of one kind in all texts of a series, column by column: sentences, mentions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from communique.comparison.clauses import Text
from communique.comparison.columns import as_array, columns
from communique.comparison.records import Evidence
from communique.comparison.sparse import Ints
from communique.records import Span


class Spans:
    """The spans that are found in each text, in the order of texts and places."""

    def __init__(self, texts: Sequence[Text], found: Sequence[Sequence[Span]]) -> None:
        self._texts = texts
        self._starts: list[int]
        self._ends: list[int]
        self._starts, self._ends = columns(chain.from_iterable(found), "start", "end")
        text_of: Ints = np.repeat(np.arange(len(found)), list(map(len, found)))
        begins, edition = np.array([(text.start, text.edition) for text in texts]).T[:, text_of]
        self.text_of: list[int] = text_of.tolist()
        """The text that each stands in, by number."""
        self.edition: Ints = edition
        """The edition of each."""
        self.spans: Ints = begins + as_array(self._starts, self._ends)
        """Starts, and ends, among all that is compared."""

    def quote(self, number: int) -> str:
        """The words of a span."""
        return self._texts[self.text_of[number]].body[self._starts[number] : self._ends[number]]

    def evidence(self, number: int) -> Evidence:
        """A span in its statement."""
        text = self._texts[self.text_of[number]]
        return Evidence(self._starts[number], self._ends[number], self.quote(number), text.id)
