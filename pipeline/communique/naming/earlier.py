"""The accords and forums that a statement has named so far, by the shorter names that it may give them later on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.annotations import Entity
from communique.knowledge import alternation
from communique.words import Facts

KINDS = ("forum", "instrument")

_LONGEST = 200
"""Code points of the longest shorter name, so that time stays linear whatever the text."""


class ShorterNames:
    """What names can be shortened to: their last words, and those before a link."""

    def __init__(self, links: Iterable[str]) -> None:
        self._end = re.compile(rf"(?= (?:{alternation(links)}) )|\Z")
        self.of = Facts(self._of)
        """The shorter names of a name."""

    def _of(self, name: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for end in (m.start() for m in self._end.finditer(name)):
            start = name.rfind(" ", 0, end) + 1
            while end - start <= _LONGEST:
                if end - start < len(name):
                    found[name[start:end]] = None
                if start == 0:
                    break
                start = name.rfind(" ", 0, start - 1) + 1
        return tuple(found)


class EarlierNames:
    """One statement's accords and forums, the latest of each shorter name."""

    def __init__(self, shorter: ShorterNames, titled: Iterable[Entity]) -> None:
        self._shorter = shorter.of
        self._listed: dict[tuple[str, str], Entity] = {}
        self._unlisted: dict[tuple[str, str], Entity] = {}
        for entity in {entity.id: entity for entity in titled}.values():
            self.add(entity)

    def add(self, entity: Entity) -> None:
        """Note an entity that is named; only accords and forums are called by less than their names."""
        if entity.kind in KINDS:
            latest = self._listed if entity.known else self._unlisted
            for words in self._shorter[entity.name]:
                latest[entity.kind, words] = entity

    def called(self, words: str, kind: str) -> Entity | None:
        """The latest entity whose longer name ends in these words (``Strategic Dialogue``) or has a link after them.

        ``Framework Agreement between``, ``U.S.-Peru Comprehensive Dialogue on Space``. A listed one goes first.
        """
        return self._listed.get((kind, words)) or self._unlisted.get((kind, words))
