"""The words of an action, reduced to what tells one action from another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.comparison.rules import Rules

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*", re.UNICODE)
_SHORTEST = 4
EMPTY = 0


class Vocabulary(dict[str, int]):
    """Number of each word as written in lower case; words of one stem share theirs, empty ones have `EMPTY`."""

    def __init__(self, known: Rules, never: Iterable[str] = ()) -> None:
        super().__init__()
        self._rules = known
        self._empty = known.empty.union(*(WORD.findall(text.lower()) for text in never))
        self._numbers: dict[str, int] = {}
        self.common: set[int] = set()
        """Numbers of the words that count less."""

    def __missing__(self, word: str) -> int:
        number = EMPTY if word in self._empty or word.isdigit() else self.number(stem(word, self._rules))
        if word in self._rules.common:
            self.common.add(number)
        self[word] = number
        return number

    def number(self, feature: str) -> int:
        """Number of a feature, a new one where it is new."""
        return self._numbers.setdefault(feature, len(self._numbers) + 1)

    def __len__(self) -> int:
        return len(self._numbers) + 1

    def of(self, text: str) -> list[int]:
        """Numbers of the words of a text that mean something."""
        return [number for number in map(self.__getitem__, WORD.findall(text.lower())) if number]


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

    The longest ending that leaves four letters goes, then a doubled last letter; short and hyphenated words stay.
    """
    found = known.stems.get(word)
    if found is None:
        found = known.stems[word] = _stem(word.replace("’", "'").removesuffix("'s"), known.suffixes)
    return found


def _stem(word: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word
