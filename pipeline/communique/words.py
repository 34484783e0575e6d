"""The words of a text, cut at its blanks once for all components, and what a component knows of each form of a word.

A few thousand forms make up most texts. What a component asks of a word (can a date begin here, a theme's term?) it
works out when it first meets the form and keeps, as spaCy keeps lexemes; then a word costs one look-up, and grammar is
tried only where something can be.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate, compress, count
from operator import add
from typing import TypeVar

LONGEST = 64
"""Code points of the longest form that is kept."""

KEPT = 50_000
"""How many forms are kept before all are forgotten, so that memory does not grow with an archive."""

T = TypeVar("T")


def lowered(text: str) -> str:
    """The text in lower case, but for letters that would become two: offsets stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


class Facts(dict[str, T]):
    """What ``rule`` says of each form, asked once: a dictionary that fills itself."""

    def __init__(self, rule: Callable[[str], T]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, form: str) -> T:
        fact = self._rule(form)
        if len(form) <= LONGEST:
            if len(self) >= KEPT:
                self.clear()
            self[form] = fact
        return fact


class Words:
    """A text's forms: what stands between its blanks and line breaks, marks and all.

    ``starts`` are their offsets in code points. Two blanks in a row have an empty form between them.
    """

    __slots__ = ("forms", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.forms = text.replace("\n", " ").split(" ")
        self.starts = list(map(add, accumulate(map(len, self.forms), initial=0), count()))

    def told(self, facts: Facts[T]) -> list[tuple[int, T]]:
        """Offset and fact of each form of which there is any to tell: that is not empty or false."""
        told = list(map(facts.__getitem__, self.forms))
        return list(zip(compress(self.starts, told), filter(None, told), strict=True))

    def between(self, start: int, end: int) -> tuple[list[int], list[str]]:
        """Offsets and forms from ``start`` to ``end``; a form across an edge is cut there."""
        first, last = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end, hi=len(self.forms))
        starts, forms = self.starts[first:last], self.forms[first:last]
        if forms and starts[0] < start:
            starts[0], forms[0] = start, self.text[start : min(starts[0] + len(forms[0]), end)]
        if forms and starts[-1] + len(forms[-1]) > end:
            forms[-1] = self.text[starts[-1] : end]
        return starts, forms
