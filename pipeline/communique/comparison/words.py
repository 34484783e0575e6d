"""The words of an action, reduced to what tells one action from another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.comparison.rules import Rules

WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_SHORTEST = 4
# A number of fewer digits counts things; of more, it names a year, a resolution or a sum.
_DIGITS = 3
EMPTY = 0


class Vocabulary(dict[str, int]):
    """Number of each word as written in lower case; words of one stem share theirs, empty ones have `EMPTY`."""

    def __init__(self, known: Rules, never: Iterable[str] = ()) -> None:
        super().__init__()
        self._rules = known
        self._empty = {stem(word, known) for word in known.empty}
        self._empty.update(*(WORD.findall(text.lower()) for text in never))
        self._common = {stem(word, known) for word in known.common}
        self._numbers: dict[str, int] = {}
        self._entities: dict[str, int] = {}
        self.common: set[int] = set()
        """Numbers of the words that count less."""
        self.everywhere: set[int] = set()
        """Numbers of the words that stand in so many sentences that they tell nothing."""

    def __missing__(self, word: str) -> int:
        found = stem(word, self._rules)
        empty = word in self._empty or found in self._empty or (len(word) < _DIGITS and word.isdigit())
        number = self[word] = EMPTY if empty else self.number(found)
        if found in self._common:
            self.common.add(number)
        return number

    def number(self, feature: str) -> int:
        """Number of a feature, a new one where it is new."""
        return self._numbers.setdefault(feature, len(self._numbers) + 1)

    def __len__(self) -> int:
        return len(self._numbers) + 1

    def of(self, text: str) -> list[int]:
        """Numbers of the words of a text that mean something."""
        return [number for number in map(self.__getitem__, WORD.findall(text.lower())) if number]

    def named(self, entities: Iterable[str]) -> list[int]:
        """Numbers of the entities named, so that a name and its acronym are one word more in common."""
        return [self._entity(entity) for entity in entities]

    def _entity(self, entity: str) -> int:
        number = self._entities.get(entity)
        if number is None:
            number = self._entities[entity] = self.number(f"entity {entity}")
        return number


class Names(dict[str, int]):
    """Number of each identifier met."""

    def __missing__(self, name: str) -> int:
        number = self[name] = len(self)
        return number

    def of(self, names: Iterable[str]) -> list[int]:
        """Numbers of these identifiers."""
        return [self[name] for name in names]


def stem(word: str, known: Rules) -> str:
    """The word without its ending, so that ``establish``, ``establishing`` and ``establishment`` are one.

    The longest ending that leaves four letters goes, and again what ending then stands (implement-ation, impl-ement);
    then a doubled last letter.
    """
    found = known.stems.get(word)
    if found is None:
        found = known.stems[word] = _stem(word.replace("’", "'").removesuffix("'s"), known.suffixes)
    return found


def _stem(word: str, suffixes: tuple[str, ...]) -> str:
    while True:
        ending = next((e for e in suffixes if word.endswith(e) and len(word) - len(e) >= _SHORTEST), None)
        if ending is None:
            break
        word = word[: -len(ending)]
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word
