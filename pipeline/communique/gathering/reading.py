"""A statement as the rules of the meeting read it: sentences with the names and dates that stand in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from communique.annotations import Annotations, DateExpression, Mention
from communique.naming.beginnings import Forms

if TYPE_CHECKING:
    from communique.gathering.expressions import Searched
    from communique.gathering.persons import Person
    from communique.gathering.tokens import Token

DAY = re.compile(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?")
"""A date's value that is a day, or several."""
_PLAIN = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u00a0": " ", "\n": " "}
)
_LOOSE = re.compile(r"(?<=[\w.])(?: ?- | -)(?=[A-Z])(?!(?:Joint|Press|Media|Read-?[Oo]ut|Statement|Communiqu|Fact) ?)")
_SEASON = timedelta(days=100)
_STUB = 40
"""Longest sentence, in code points, that ends in `U.S.` and begins another."""
_TOP = 4
"""Lines at the top of a text among which its heading stands."""
_LONGEST = 6_000
"""Code points that are read of a sentence: one that goes on would be asked again at each of its words."""
_BLANKS = 4
"""Blanks in a heading of so many words that it is a title."""
_day = date.fromisoformat


class Reading:
    """The text and what was found in it so far. Offsets count code points of ``text``."""

    def __init__(self, text: str, notes: Annotations, sides: Mapping[str, str], countries: Forms) -> None:
        self.text = text
        self.notes = notes
        self.sentences = _whole(text, notes.sentences)
        self.parties = notes.parties
        self.sides = sides
        """ISO code by every name and adjective of a country."""
        self.title = " ".join(_LOOSE.sub("-", (notes.title or _heading(text, notes)).translate(_PLAIN)).split())
        self._countries = countries
        self.tokens: dict[tuple[int, int], list[Token]] = {}
        self.people: dict[tuple[int, int], list[Person]] = {}
        """What was read of a stretch before: several questions are asked of a sentence."""
        self._found: dict[tuple[str, ...], list[int]] = {}
        self._mention_starts = [m.start for m in notes.mentions]
        self._date_starts = [d.start for d in notes.dates]
        self._line_starts = [line.start for line in notes.lines]

    def countries(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Countries of more than one word in [start, end): where they stand, and their ISO codes."""
        return [
            (low, high, self.sides[name])
            for low, high, name, _ in self._countries.find_in(self.text, start, end)
            if self.text[low - 1 : low] not in (".", "-")
        ]

    def mentions(self, start: int, end: int, kind: str | None = None) -> list[Mention]:
        """The mentions that begin in [start, end)."""
        first, last = bisect_left(self._mention_starts, start), bisect_left(self._mention_starts, end)
        return [m for m in self.notes.mentions[first:last] if kind is None or m.kind == kind]

    def dates(self, start: int, end: int) -> list[DateExpression]:
        """The dates (no durations or sets) that begin in [start, end)."""
        first, last = bisect_left(self._date_starts, start), bisect_left(self._date_starts, end)
        return [d for d in self.notes.dates[first:last] if d.type == "date" and d.value]

    def durations(self, start: int, end: int) -> list[DateExpression]:
        """The durations that begin in [start, end)."""
        first, last = bisect_left(self._date_starts, start), bisect_left(self._date_starts, end)
        return [d for d in self.notes.dates[first:last] if d.type == "duration"]

    def is_recent(self, found: DateExpression) -> bool:
        """Whether a date is a day at most a season before the publication, or any day where that is not known."""
        if not DAY.fullmatch(found.value or ""):
            return False
        known = self.notes.published
        return known is None or _day(known) - _day(str(found.value)[-10:]) <= _SEASON

    def is_near(self, found: DateExpression) -> bool:
        """Whether a date of any length ends at most a season before the publication, or nothing tells that."""
        known = self.notes.published
        return known is None or found.latest is None or _day(known) - _day(found.latest) <= _SEASON

    def is_ahead(self, found: DateExpression) -> bool:
        """Whether a day lies after the publication."""
        known = self.notes.published
        return known is not None and str(found.value)[:10] > known

    def tells_day(self, start: int, end: int) -> bool:
        """Whether a date that is a day begins in [start, end)."""
        return any(DAY.fullmatch(d.value or "") for d in self.dates(start, end))

    def sentences_with(self, stems: Sequence[str], pattern: Searched | None = None) -> list[int]:
        """Indices of the sentences that hold one of these stretches of text, and the pattern too, in their order.

        A search for plain text takes a hundredth of the time that a regular expression over the whole text does.
        """
        key = (*stems, pattern.pattern if pattern else "")
        if key not in self._found:
            at = sorted({index for stem in stems for index in self._holding(stem)})
            spans = self.sentences
            self._found[key] = [i for i in at if pattern is None or pattern.search(self.text, *spans[i])]
        return self._found[key]

    def holds(self, start: int, end: int, stems: Sequence[str]) -> bool:
        """Whether [start, end) holds one of these stretches of text: spares the regular expressions after it."""
        part = self.text[start:end]
        for stem in stems:  # noqa: SIM110 - `any` takes twice the time, and this is asked of every sentence
            if stem in part:
                return True
        return False

    def _holding(self, stem: str) -> Iterator[int]:
        at = self.text.find(stem)
        while at >= 0:
            index = self.sentence_at(at + len(stem) - 1)
            yield index
            at = self.text.find(stem, max(at + 1, self.sentences[index][1] if self.sentences else 0))

    def tells_act(self, start: int) -> bool:
        """Whether the verb of a commitment or position stands at an offset."""
        verbs = [*(c.trigger_start for c in self.notes.commitments), *(p.trigger_start for p in self.notes.positions)]
        return start in verbs

    def line_kind(self, offset: int) -> str:
        """The kind of line in which an offset lies."""
        index = bisect_right(self._line_starts, offset) - 1
        return self.notes.lines[index].kind if index >= 0 else "paragraph"

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence in which, or after which, an offset lies."""
        return max(0, bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1)


def _heading(text: str, notes: Annotations) -> str:
    """The heading at the top of a text that was given without title; one of a few words is no title."""
    headings = (text[line.start : line.end] for line in notes.lines[:_TOP] if line.kind == "heading")
    return next((heading for heading in headings if heading.count(" ") >= _BLANKS), "")


def _whole(text: str, sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences, a stub that ends in `U.S.` joined to what follows: `On June 2, U.S. | Under Secretary X met`."""
    whole: list[tuple[int, int]] = []
    for start, end in sentences:
        if whole:
            low, high = whole[-1]
            if high - low < _STUB and text.endswith("U.S.", low, high) and text[high:start] == " ":
                whole[-1] = (low, end)
                continue
        whole.append((start, min(end, start + _LONGEST)))
    return whole
