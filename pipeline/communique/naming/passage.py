"""A text seen by lines: what stands before and after a name, and what else its paragraph says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from communique.naming.beginnings import Beginnings, Cut, Place
from communique.words import Words

# Before the @ stand at most 64 characters (RFC 5321, 4.5.3.1.1); looked for from a word's beginning only.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)


class Passage:
    """A text with its paragraphs, and with the words that names begin with. Offsets count code points."""

    def __init__(
        self,
        text: str,
        lines: list[tuple[int, int]] | None = None,
        words: Words | None = None,
        cut: Cut | None = None,
    ) -> None:
        """``lines`` are the paragraphs; a text's own lines stand in for them, as its own words do for ``words``.

        ``cut`` says what names may begin with: what it leaves out takes longer to find, and must not begin small.
        """
        self.text = text
        self._words = words or Words(text)
        self._cut = cut.of(self._words) if cut else None
        self.lines = lines or _text_lines(text)
        self._starts = [start for start, _ in self.lines]
        self._lowered: dict[int, str] = {}
        self._said: dict[tuple[int, re.Pattern[str]], bool] = {}
        self.addresses = (
            [m.span() for m in _ADDRESS.finditer(text)] if "@" in text or "http" in text or "www." in text else []
        )

    def places(self, beginnings: Beginnings) -> list[Place]:
        """Where in the text each of the words stands, in their order."""
        cut = self._cut or Cut(beginnings).of(self._words)
        found = cut.places(beginnings)
        odd = [(at, form) for form in beginnings.odd for at in self._places_of(form)]
        return sorted([*found, *odd]) if odd else found

    def _places_of(self, form: str) -> Iterator[int]:
        at = self.text.find(form)
        while at != -1:
            yield at
            at = self.text.find(form, at + 1)

    def line(self, at: int) -> tuple[int, int]:
        """The paragraph that ``at`` lies in."""
        index = max(bisect_right(self._starts, at) - 1, 0)
        return self.lines[index]

    def says(self, at: int, pattern: re.Pattern[str]) -> bool:
        """Whether the paragraph of ``at``, in lower case, has a match of ``pattern``."""
        start, end = self.line(at)
        said = self._said.get((start, pattern))
        if said is None:  # a paragraph that repeats a guarded name is searched once
            lowered = self._lowered.get(start)
            if lowered is None:
                lowered = self._lowered[start] = self.text[start:end].lower()
            said = self._said[start, pattern] = pattern.search(lowered) is not None
        return said

    def in_address(self, start: int, end: int) -> bool:
        """Whether the span touches an e-mail address or a URL."""
        if not self.addresses:
            return False
        index = bisect_right(self.addresses, (end, 0)) - 1
        return index >= 0 and self.addresses[index][0] < end and start < self.addresses[index][1]

    def words_before(self, at: int, room: int = 160) -> str:
        """The text before ``at`` in its paragraph, at most ``room`` characters."""
        return self.text[max(self.line(at)[0], at - room) : at]

    def words_after(self, at: int, room: int = 160) -> str:
        """The text from ``at`` on in its paragraph, at most ``room`` characters."""
        return self.text[at : min(self.line(at)[1], at + room)]


def _text_lines(text: str) -> list[tuple[int, int]]:
    lines, start = [], 0
    for part in text.split("\n"):
        if part:
            lines.append((start, start + len(part)))
        start += len(part) + 1
    return lines or [(0, len(text))]


@lru_cache(maxsize=4096)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of the words or phrases as a whole or in the plural, in lower-case text."""
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p.lower()) for p in phrases) + r")(?:e?s)?(?!\w)")


@lru_cache(maxsize=4096)
def before_end(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of the phrases at the end of a text, in any case."""
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + r")[\s\"'(]*\Z", re.IGNORECASE)


@lru_cache(maxsize=4096)
def at_start(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of the phrases at the start of a text, in any case."""
    return re.compile(r"[\s,\"')-]*(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)", re.IGNORECASE)
