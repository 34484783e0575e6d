"""Patterns in which case does not count, and how they are found fast."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from communique.words import lowered

_FLAGS = re.IGNORECASE | re.MULTILINE
_LONG = 64
"""Code points from which on a search pays that first looks for where a match may be."""
_CASED = re.compile(r"\\.|\(\?P|\(\?-i:|[A-Z]+", re.DOTALL)
_BRACKETS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?!|\(\?-i:|\(|\)", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:x(?:4[1-9A-Fa-f]|5[0-9Aa])|[uUN])")
"""Letters that are written by their code: capitals, or any."""
_lower = lru_cache(maxsize=2)(lowered)
"""A statement's text is searched for dozens of patterns, one after the other."""


class Searched(Protocol):
    """A pattern, compiled or not, that can be searched for."""

    @property
    def pattern(self) -> str:
        """The pattern as it is written."""
        ...

    def search(self, text: str, start: int = 0, end: int = sys.maxsize, /) -> re.Match[str] | None:
        """The first match in ``text[start:end]``."""
        ...


class Expression:
    """A pattern for `re` in which case does not count, but within ``(?-i:...)``.

    Where case counts, the engine leaves a branch at its first letter; where it does not, it goes into every branch of
    every place. So a long stretch is searched in lower case for what may be a match, and the pattern is tried there.
    """

    __slots__ = ("_exact", "_rough", "fullmatch", "match", "pattern", "sub")

    def __init__(self, pattern: str) -> None:
        """Raises `re.error` where the pattern is none."""
        self.pattern = pattern
        self._exact = re.compile(pattern, _FLAGS)
        self._rough = re.compile(_in_lower_case(pattern), re.MULTILINE) if _can_be_rough(pattern) else None
        self.match, self.fullmatch, self.sub = self._exact.match, self._exact.fullmatch, self._exact.sub

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in ``text[start:end]``, as a compiled pattern's own ``search`` finds it."""
        if self._rough is None or end - start < _LONG or len(text) - start < _LONG:
            return self._exact.search(text, start, end)
        lower, match = _lower(text), self._exact.match
        while (place := self._rough.search(lower, start, end)) is not None:
            start = place.start()
            found = match(text, start, end)
            if found is not None:
                return found
            start += 1
        return None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches in ``text[start:end]``, from left to right; none is empty."""
        while (found := self.search(text, start, end)) is not None and found.end() > found.start():
            yield found
            start = found.end()


def _in_lower_case(pattern: str) -> str:
    """The pattern for a text in lower case, which finds all that the pattern finds, and what is not capitalised too."""
    return _CASED.sub(lambda m: "(?:" if m[0] == "(?-i:" else m[0].lower() if m[0][0] not in "\\(" else m[0], pattern)


def _can_be_rough(pattern: str) -> bool:
    """Whether without regard to case the pattern would find no less: case must not count where it says `not`."""
    if pattern.endswith(r"\Z"):
        return False  # asked of the few words before a place
    if _ESCAPED.search(pattern) or any(not c.isascii() and c != c.lower() for c in pattern):
        return False  # capitals that `_in_lower_case` leaves
    within: list[str] = []
    for mark in _BRACKETS.findall(pattern):
        if mark == ")":
            within.pop()
        elif mark[0] == "(":
            cased, negated = "(?-i:" in {mark, *within}, not {"(?!", "(?<!"}.isdisjoint({mark, *within})
            if cased and negated:
                return False
            within.append(mark)
        elif mark.startswith("[^") and "(?-i:" in within:
            return False
    return True
