"""The names in all texts of a series, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from communique.comparison.clauses import Text
from communique.comparison.columns import columns, numbered
from communique.comparison.spans import Spans
from communique.comparison.sparse import Ints, Mask, distinct


class Mentions(Spans):
    """The mentions of entities in the order of texts and places."""

    def __init__(self, texts: Sequence[Text]) -> None:
        found = [text.record.mentions for text in texts]
        super().__init__(texts, found)
        kinds, entities = columns(chain.from_iterable(found), "kind", "entity")
        self.entity: Ints
        self.entities: list[str]
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
        (texts, entities), which = distinct([np.array(self.text_of, dtype=np.int64), self.entity])
        codes = [entity.removeprefix("party:").upper() for entity in self.entities]
        acts = [codes[entity] in acting[text] for text, entity in zip(texts.tolist(), entities.tolist(), strict=True)]
        found: Mask = self.party & np.array(acts, dtype=bool)[which]
        return found
