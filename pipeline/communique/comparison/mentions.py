"""The names in all texts of a series, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from communique.comparison.clauses import Text
from communique.comparison.columns import as_array, columns, numbered
from communique.comparison.records import Evidence
from communique.comparison.sparse import Ints, Mask, distinct


class Mentions:
    """The mentions of entities in the order of texts and places."""

    def __init__(self, texts: Sequence[Text]) -> None:
        found = [text.record.mentions for text in texts]
        kinds, entities, self._starts, self._ends, self.quotes = columns(
            chain.from_iterable(found), "kind", "entity", "start", "end", "quote"
        )
        self._ids = [text.id for text in texts]
        self._text_of: Ints = np.repeat(np.arange(len(found)), list(map(len, found)))
        """The text that each stands in, by number."""
        begins, edition = np.array([(text.start, text.edition) for text in texts]).T[:, self._text_of]
        self.edition: Ints = edition
        """The edition of each."""
        self.spans: Ints = begins + as_array(self._starts, self._ends)
        """Starts, and ends, among all that is compared."""
        self.entity, self.entities = numbered(entities)
        """The entity of each, by number, and the ids of these."""
        self.party: Mask = np.fromiter(map("party".__eq__, kinds), np.bool_, len(kinds))
        """Whether each names a party."""

    def having(self, entities: Iterable[str]) -> Mask:
        """Which of the mentions are of these entities."""
        chosen = {*entities}
        has: Mask = np.array([entity in chosen for entity in self.entities], dtype=bool)
        return has[self.entity]

    def acting(self, acting: Sequence[set[str]]) -> Mask:
        """Which of them name a party that is among those who act in their text; these are told for each text."""
        (texts, entities), which = distinct([self._text_of, self.entity])
        codes = [entity.removeprefix("party:").upper() for entity in self.entities]
        acts = [codes[entity] in acting[text] for text, entity in zip(texts.tolist(), entities.tolist(), strict=True)]
        found: Mask = self.party & np.array(acts, dtype=bool)[which]
        return found

    def evidence(self, number: int) -> Evidence:
        """A mention in its statement."""
        statement = self._ids[self._text_of[number]]
        return Evidence(self._starts[number], self._ends[number], self.quotes[number], statement)
