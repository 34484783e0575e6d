"""Which country's body a name means, and what the two parties of a statement are called in the name of a series."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from communique.naming.matching import Hit
from communique.naming.passage import Passage

_LED = re.compile(r" led the (?=\S)")
_SENTENCE_END = re.compile(r"[.!?][\"')]?\s+(?=[A-Z\"(])")
_OF = re.compile(r",? (?:of|for) (?:the )?|, | \(")
_CLAUSE = 400
_GAPS = (" ", "'s ", "' ", "'s own ")
"""What may stand between a country and a body of it."""
_WIDEST = max(map(len, _GAPS))


@dataclass(frozen=True, slots=True)
class SideWords:
    """Words of ``forms.toml`` that keep a country from being taken for a side, or a stop for a sentence's end.

    ``geography`` make a country word before them a part of the Earth (``Indian Ocean``); ``abbreviation`` matches at
    the end of a text whose last stop ends no sentence (``Dr.``).
    """

    geography: tuple[str, ...]
    abbreviation: re.Pattern[str]


class SideEvidence:
    """Countries as the text names them, up to and in the paragraph of a name."""

    def __init__(
        self,
        passage: Passage,
        hits: Sequence[Hit],
        titled: Sequence[str],
        words: SideWords,
        *,
        grouping: bool,
    ) -> None:
        """``grouping`` says that the title names a forum whose members may be parties too."""
        self._text = text = passage.text
        self._passage = passage
        self._hits = [
            h
            for h in hits
            if (h.kind in ("party", "adjective") and not text.startswith(words.geography, h.end + 1))
            or (h.kind == "agency" and _side(h))
        ]
        self._starts = [h.start for h in self._hits]
        self._hits = [h for h in self._hits if h.kind != "agency" or self.before(h.start) in (None, _side(h))]
        self._starts = [h.start for h in self._hits]
        self._first_named: dict[str, int] = {}
        """Each country that a name or adjective of it stands for, in order, and where the first of these begins."""
        for hit in self._hits:
            side = _side(hit)
            if side and hit.kind != "agency":
                self._first_named.setdefault(side, hit.start)
        self._words = words
        self._grouping = grouping
        self.titled = list(titled)
        """The parties that the title names, in its order."""

    def before(self, start: int, *, compound: bool = False) -> str | None:
        """The country that stands directly before the name, alone; with ``compound`` also as the last of several."""
        index = bisect_left(self._starts, start)
        hit = self._hits[index - 1] if index else None
        if hit is None or start - hit.end > _WIDEST or hit.kind == "agency":
            return None
        if not compound and self._text[hit.start - 1 : hit.start] == "-":
            return None
        gap = self._text[hit.end : start]
        return _side(hit) if gap in _GAPS or (compound and gap == "-") else None

    def noun_before(self, start: int) -> str:
        """The country's name with the space behind it, where it stands directly before; else nothing."""
        index = bisect_left(self._starts, start)
        hit = self._hits[index - 1] if index else None
        return self._text[hit.start : start] if hit and hit.kind == "party" and hit.end == start - 1 else ""

    def beside(self, start: int, end: int) -> str | None:
        """The country that stands directly before or after the name (``Japan's Ministry``, ``Ministry of Japan``)."""
        before = self.before(start, compound=True)
        if before is not None:
            return before
        index = bisect_left(self._starts, end)
        if index < len(self._hits) and self._hits[index].kind == "party":
            gap = self._text[end : self._hits[index].start]
            m = _OF.fullmatch(gap)
            if m is not None and (gap.strip(" ,") or self._closes(self._hits[index].end)):
                return _side(self._hits[index])
        return None

    def _closes(self, at: int) -> bool:
        """Whether a comma's country ends the phrase (``Ministry of Finance, Japan;``), not a list that goes on."""
        return self._text[at : at + 1] in (";", ")", "\n", "")

    def nearby(self, start: int, end: int, allowed: frozenset[str] | None) -> str | None:
        """The country whose side the sentence speaks of at the name, among ``allowed``."""
        low, high = self._sentence(start, end)
        index = bisect_left(self._starts, start)
        led = _LED.search(self._text, end, high)
        if led is not None:
            following = bisect_left(self._starts, led.end())
            if following < len(self._hits) and self._hits[following].start == led.end():
                side = _side(self._hits[following])
                if side and (allowed is None or side in allowed):
                    return side
        for hit in reversed(self._hits[:index]):
            if hit.start < low:
                break
            side = _side(hit)
            if side and (allowed is None or side in allowed):
                return side
        return None

    def inside(self, start: int, end: int) -> tuple[str | None, int]:
        """The country that a name itself begins with (``Hungarian Space Office``), and where the rest begins."""
        index = bisect_left(self._starts, start)
        if index < len(self._hits) and self._hits[index].start == start and self._hits[index].end < end:
            hit = self._hits[index]
            if hit.kind != "agency" and self._text[hit.end] == " ":
                return _side(hit), hit.end + 1 - start
        return None, 0

    def hyphenated(self, name: str, start: int, end: int) -> str:
        """The name with a hyphen between two country words at its head (``U.S. India Dialogue``)."""
        index = bisect_left(self._starts, start)
        if index + 1 < len(self._hits) and self._hits[index].start == start:
            first, second = self._hits[index], self._hits[index + 1]
            if first.kind == second.kind == "party" and second.end < end:
                gap = self._text[first.end : second.start]
                if gap in (" ", "- ", " - "):
                    return self._text[start : first.end] + "-" + self._text[second.start : end]
        return name

    def so_far(self, start: int) -> list[str]:
        """The parties of the title and, where it names none, those named up to the end of the paragraph."""
        if self.titled:
            return self.titled
        limit = self._passage.line(start)[1]
        return [side for side, first in self._first_named.items() if first < limit]

    def parties(self, start: int) -> list[str]:
        """The parties of the statement: of the title, and of the first paragraph where that names one."""
        if len(self.titled) != 1 or self._grouping:
            return self.so_far(start)
        sides, end = self._first_pair
        named = len(sides) == 2 and self.titled[0] in sides and self._passage.line(start)[1] >= end
        return sides if named else self.so_far(start)

    @cached_property
    def _first_pair(self) -> tuple[list[str], int]:
        """The countries of the first paragraph that names several, and where it ends."""
        sides: list[str] = []
        end = -1
        for hit in self._hits:
            if hit.start >= end:
                if len(sides) > 1:
                    break
                sides, end = [], self._passage.line(hit.start)[1]
            side = _side(hit)
            if side and hit.kind != "agency" and side not in sides:
                sides.append(side)
        return sides, end

    def named_so_far(self, start: int) -> frozenset[str]:
        """The countries that the title names or the text, up to the end of the paragraph."""
        limit = self._passage.line(start)[1]
        return frozenset(side for side, first in self._first_named.items() if first < limit).union(self.titled)

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        low, high = self._passage.line(start)
        low, high = max(low, start - _CLAUSE), min(high, end + _CLAUSE)
        for m in _SENTENCE_END.finditer(self._text, low, start):
            if not self._words.abbreviation.search(self._text[low : m.start() + 1]):
                low = m.end()
        after = _SENTENCE_END.search(self._text, end, high)
        return low, after.start() if after else high


def _side(hit: Hit) -> str | None:
    side = hit.forms[0].entry.side
    return side if len(hit.forms) == 1 or all(f.entry.side == side for f in hit.forms) else None


def sides_named(hits: Sequence[Hit], words: Callable[[Hit], Sequence[str]]) -> list[str]:
    """The countries of a title, in its order; ``words`` are those in the name of an accord or forum."""
    found: list[str | None] = []
    for hit in hits:
        if hit.kind in ("party", "adjective"):
            found.append(_side(hit))
        elif hit.kind != "agency":
            found += words(hit)
    return [s for s in dict.fromkeys(found) if s]


def pair_name(sides: Sequence[str], names: Mapping[str, str], short: Mapping[str, str]) -> str | None:
    """``U.S.-ROK`` for two or three parties; None for another number."""
    if len(sides) not in (2, 3):
        return None
    return "-".join(short.get(s) or names.get(s, s) for s in sides)


def with_article(country: str, article: Sequence[str]) -> str:
    """``the United States``, but ``Japan``: names that begin or end in one of ``article`` take one."""
    words = country.split()
    return f"the {country}" if words and {words[0], words[-1]}.intersection(article) else country
