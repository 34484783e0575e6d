"""The words of a text, cut at its blanks once for all components, and what a component knows of each form of a word.

A few thousand forms make up most texts. Each is looked up once in a text and has a number from then on. What a
component asks of a form (can a date begin here, a theme's term?) it works out when the form is new and keeps by its
number, as spaCy keeps lexemes; then one look into an array tells it all places of a text that concern it, and grammar
is tried only there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from threading import RLock
from typing import ClassVar, TypeVar

import numpy as np

LONGEST = 64
"""Code points of the longest form that is kept."""

SHORT = 100
"""How many forms a text has at least whose forms are numbered: a shorter one is looked through as fast without."""

KEPT = 50_000
"""How many forms are kept before all are forgotten, so that memory does not grow with an archive."""

_BLANK = ord(" ")
_GROWING = RLock()
"""Held while a form gets its number, or facts grow, in whatever thread."""

T = TypeVar("T")


def lowered(text: str) -> str:
    """The text in lower case, but for letters that would become two: offsets stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


class Vocabulary(dict[str, int]):
    """The numbers of forms, in the order in which they were met: a dictionary that fills itself."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[str] = []
        self._room = KEPT * LONGEST

    def __missing__(self, form: str) -> int:
        with _GROWING:
            number = self.setdefault(form, len(self.forms))
            if number == len(self.forms):
                self.forms.append(form)
                self._room -= len(form)
        return number

    @property
    def full(self) -> bool:
        """Whether the next text should begin with a new one, so that memory does not grow with an archive."""
        return len(self.forms) >= KEPT or self._room <= 0


class Facts(dict[str, T]):
    """What ``rule`` says of each form, asked once: a dictionary that fills itself."""

    def __init__(self, rule: Callable[[str], T]) -> None:
        super().__init__()
        self._rule = rule
        self._vocabulary: Vocabulary | None = None
        self._values: list[T] = []
        self._tell = np.zeros(0, np.bool_)

    def __missing__(self, form: str) -> T:
        fact = self._rule(form)
        if len(form) <= LONGEST:
            if len(self) >= KEPT:
                self.clear()
            self[form] = fact
        return fact

    def by_number(self, vocabulary: Vocabulary) -> tuple[list[T], np.ndarray]:
        """The facts of a vocabulary's forms by their numbers, and of which of them there is any to tell."""
        with _GROWING:
            if vocabulary is not self._vocabulary:
                self._vocabulary, self._values, self._tell = vocabulary, [], np.zeros(0, np.bool_)
            new = [self._rule(form) for form in vocabulary.forms[len(self._values) :]]
            if new:
                self._values += new
                self._tell = np.append(self._tell, [bool(fact) for fact in new])
            return self._values, self._tell


class Words:
    """A text's forms: what stands between its blanks and line breaks, marks and all.

    ``starts`` are their offsets in code points. Two blanks in a row have an empty form between them.
    """

    __slots__ = ("_numbers", "_places", "_vocabulary", "forms", "starts", "text")

    _current: ClassVar = Vocabulary()

    def __init__(self, text: str) -> None:
        self.text = text
        plain = text.replace("\n", " ")
        self.forms = plain.split(" ")
        points = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), np.uint32)
        self._places = np.append(0, np.flatnonzero(points == _BLANK) + 1)
        self.starts: list[int] = self._places.tolist()
        self._vocabulary: Vocabulary | None = None
        if len(self.forms) >= SHORT:
            self._number()

    def _number(self) -> None:
        if Words._current.full:
            Words._current = Vocabulary()
        self._vocabulary = Words._current
        self._numbers = np.fromiter(map(self._vocabulary.__getitem__, self.forms), np.int32, len(self.forms))

    def told(self, facts: Facts[T]) -> list[tuple[int, T]]:
        """Offset and fact of each form of which there is any to tell: that is not empty or false."""
        if self._vocabulary is None:
            known = map(facts.__getitem__, self.forms)
            return [(start, fact) for start, fact in zip(self.starts, known, strict=True) if fact]
        values, tell = facts.by_number(self._vocabulary)
        told = np.flatnonzero(tell[self._numbers])
        numbers = self._numbers[told].tolist()
        return list(zip(self._places[told].tolist(), map(values.__getitem__, numbers), strict=True))

    def between(self, start: int, end: int) -> tuple[list[int], list[str]]:
        """Offsets and forms from ``start`` to ``end``; a form across an edge is cut there."""
        first, last = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end, hi=len(self.forms))
        starts, forms = self.starts[first:last], self.forms[first:last]
        if forms and starts[0] < start:
            starts[0], forms[0] = start, self.text[start : min(starts[0] + len(forms[0]), end)]
        if forms and starts[-1] + len(forms[-1]) > end:
            forms[-1] = self.text[starts[-1] : end]
        return starts, forms
