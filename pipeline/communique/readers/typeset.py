"""Lines on pages → paragraphs: what typesetting did to a text, undone.

The order is that of people who read: columns from left to right, each from top to bottom, with lines across all columns
between. Running heads, running feet and page numbers are left out. A line was wrapped when the first word of the next
would not have fitted on it; a hyphen at its end stays where the document writes the word with one, or where its halves
are words of it (both of them in a document that is known to divide words).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from communique.layout import GLYPHS


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type: its text, its ends and base line in points from the page's bottom left, and the type's size."""

    text: str
    left: float
    right: float
    base: float
    size: float


def compose(pages: list[list[Line]]) -> tuple[str, list[tuple[int, int]]]:
    """The text of the pages, and the number and first offset of each page that has text.

    Paragraphs are parted by an empty line, list items by a line end. Time is linear in the lines but for sorting.
    """
    joiner = _Joiner(pages)
    for number, lines in enumerate(_without_running(pages), 1):
        for column in reading_order(lines):
            joiner.add(number, column)
    return "".join(joiner.pieces), joiner.starts


# Running heads and feet ----------------------------------------------------------------------------------------------

_EDGE = 3
"""Lines at the top and at the bottom of a page that may be running ones."""
_SAME = 6.0
"""Points within which running lines stand at the same height on each page."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:[^\W\d_]{1,6}\.?\s)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?(?:/|of)\s?\d{1,4})?[\W_]*", re.IGNORECASE
)


def _without_running(pages: list[list[Line]]) -> list[list[Line]]:
    edges = [_edges(lines) for lines in pages]
    counts = Counter(key for edge in edges for key in dict.fromkeys(edge.values()))
    # On every page, or on those of one hand where left and right pages differ.
    enough = max(2, round(0.4 * sum(1 for lines in pages if lines)))
    kept = []
    for number, (lines, edge) in enumerate(zip(pages, edges, strict=True), 1):
        running = {line for line, key in edge.items() if counts[key] >= enough or _is_number(lines, line, number)}
        kept.append([line for line in lines if line not in running])
    return kept


def _edges(lines: list[Line]) -> dict[Line, tuple[str, int]]:
    """The lines at the top and the bottom with what makes them the same on another page: words and height."""
    ordered = sorted(lines, key=lambda line: line.base)
    edge = {}
    for outward in (ordered, ordered[::-1]):
        for line in _outermost(outward):
            edge[line] = (_DIGITS.sub("#", line.text), round(line.base / _SAME))
    return edge


def _outermost(lines: list[Line]) -> list[Line]:
    """The lines from the edge to the white that parts them from the text; without such white, the very first."""
    found: list[Line] = []
    rows = 0
    for line in lines:
        if found and abs(line.base - found[-1].base) > 1.0:
            rows += 1
            if abs(line.base - found[-1].base) > 1.8 * max(line.size, found[-1].size):
                return found
            if rows == _EDGE:
                break
        found.append(line)
    return [line for line in found if abs(line.base - found[0].base) <= 1.0]


def _is_number(lines: list[Line], line: Line, number: int) -> bool:
    if not _PAGE_NUMBER.fullmatch(line.text):
        return False
    others = [other for other in lines if other is not line]
    if not others:
        return True
    apart = min(abs(line.base - other.base) for other in others) > 2 * line.size
    digits = _DIGITS.search(line.text)
    return apart and (digits is None or int(digits[0]) == number)


# Reading order -------------------------------------------------------------------------------------------------------

_BIN = 2.0
_GUTTER = 8.0
"""Least width of the white between two columns, in points."""
_FEWEST = 4
"""Fewest lines of a column."""


def reading_order(lines: list[Line], depth: int = 0) -> list[list[Line]]:
    """The lines in the order of reading, as columns whose lines stand one below the other."""
    gutter = _gutter(lines) if depth < 3 else None
    if gutter is None:
        return [_rows(lines)] if lines else []
    columns: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []

    def close() -> None:
        for side in (left, right):
            columns.extend(reading_order(side.copy(), depth + 1))
            side.clear()

    for line in sorted(lines, key=lambda line: (-line.base, line.left)):
        if line.left < gutter < line.right:
            if left or right:
                close()
            across.append(line)
            continue
        if across:
            columns.append(_rows(across))
            across = []
        (left if line.right <= gutter else right).append(line)
    close()
    return [*columns, _rows(across)] if across else columns


def _rows(lines: list[Line]) -> list[Line]:
    """The lines from top to bottom, those on one base line from left to right."""
    ordered = sorted(lines, key=lambda line: (-line.base, line.left))
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and abs(rows[-1][0].base - line.base) < 0.3 * max(line.size, 4.0):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _joined(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    return Line(
        " ".join(line.text for line in row),
        row[0].left,
        max(line.right for line in row),
        row[0].base,
        max(line.size for line in row),
    )


def _gutter(lines: list[Line]) -> float | None:
    """Where white runs between two columns, past nearly all lines; None where there are no columns."""
    if len(lines) < 2 * _FEWEST:
        return None
    first, last = min(line.left for line in lines), max(line.right for line in lines)
    if not last - first > 10 * _GUTTER:
        return None
    crossed = _crossed(lines, first, last)
    most = len(lines) // 5
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    best: tuple[int, float] | None = None
    at = 0
    while at < len(crossed):
        end = at
        while end < len(crossed) and crossed[end] <= most:
            end += 1
        place = first + (at + end) / 2 * _BIN
        if (end - at) * _BIN >= _GUTTER and first + 0.15 * (last - first) < place < last - 0.15 * (last - first):
            fewer = min(bisect_left(rights, place), len(lines) - bisect_left(lefts, place))
            if fewer >= _FEWEST and _side_by_side(lines, place) and (best is None or fewer > best[0]):
                best = (fewer, place)
        at = max(end, at + 1)
    return best[1] if best else None


def _crossed(lines: list[Line], first: float, last: float) -> list[int]:
    """How many lines cover each strip of the page's width."""
    changes = [0] * (int((last - first) / _BIN) + 2)
    for line in lines:
        changes[_strip(line.left, first, last)] += 1
        changes[_strip(line.right, first, last) + 1] -= 1
    covered, total = [], 0
    for change in changes[:-1]:
        total += change
        covered.append(total)
    return covered


def _strip(place: float, first: float, last: float) -> int:
    return int((min(max(place, first), last) - first) / _BIN)


def _side_by_side(lines: list[Line], place: float) -> bool:
    """Whether the lines left and right of the place stand beside one another for most of the shorter side."""
    left = [line.base for line in lines if line.right <= place]
    right = [line.base for line in lines if line.left >= place]
    if not left or not right:
        return False
    shared = min(max(left), max(right)) - max(min(left), min(right))
    return shared > 0.5 * min(max(left) - min(left), max(right) - min(right))


# Paragraphs ----------------------------------------------------------------------------------------------------------

_ITEM = re.compile(rf"[{GLYPHS}]|(?:[-*\u2013o]|\(?[a-z0-9]{{1,2}}[.)]|\(?[ivx]{{1,4}}[.)]|[A-Z][.)])\s")
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_HYPHEN = re.compile(r"([^\W\d_]+)-$")
_OPENING = re.compile(r"([^\W\d_]+)")
_ENDS = (".", "!", "?", ":", ";", '."', ".\u201d", ".)")


class _Joiner:
    """Puts lines together to paragraphs, in one pass."""

    def __init__(self, pages: list[list[Line]]) -> None:
        self.pieces: list[str] = []
        self.starts: list[tuple[int, int]] = []
        self.length = 0
        self.words = _words(line.text for lines in pages for line in lines)
        self.leading = _leading(pages)
        self.divides = any(
            (head := _HYPHEN.search(above.text)) and (tail := _OPENING.match(below.text))
            and (head[1] + tail[1]).casefold() in self.words
            for lines in pages for above, below in pairwise(lines)
        )  # fmt: skip
        self.previous: Line | None = None
        self.room = 0.0
        """The right edge of the column that the previous line stands in."""
        self.indent = 0.0
        """Where the lines of the paragraph begin, as far as is known."""
        self.item = False

    def add(self, number: int, column: list[Line]) -> None:
        """Add a column of a page."""
        edge = max((line.right for line in column), default=0.0)
        for index, line in enumerate(column):
            joint = self._joint(line, first=index == 0)
            if joint == "" and self.pieces:
                text = self.pieces.pop()
                self.length -= len(text)
                self._put(text[:-1] if self._undo(text, line.text) else text)
            self._put(joint)
            if not self.starts or self.starts[-1][0] != number:
                self.starts.append((number, self.length))
            self._put(line.text)
            if joint not in (" ", "") or self.previous is None:
                self.item = _ITEM.match(line.text) is not None
            self.previous, self.room = line, edge

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _joint(self, line: Line, *, first: bool) -> str:
        """What stands between the previous line and this one: nothing after a hyphen, a space, or line ends."""
        previous = self.previous
        if previous is None:
            return ""
        starts = _ITEM.match(line.text) is not None
        near = 0 < previous.base - line.base <= 1.35 * self.leading.get(line.size, 1.5 * line.size)
        broken = line.text[0].islower() or self._space(previous) == ""
        if near and broken and not starts and not previous.text.endswith(_ENDS):
            return self._space(previous)
        if abs(line.size - previous.size) > 0.15 * max(line.size, previous.size):
            return "\n\n"
        if first:
            # Over the edge of a column or page, the distance tells nothing.
            ended = previous.text.endswith(_ENDS) and not line.text[:1].islower()
            wrapped = self._lacked_room(line) and not ended and not (starts and not line.text[:1].islower())
            return self._space(previous) if wrapped else "\n\n"
        if not near:
            return "\n\n"
        if starts and (line.text[0] in GLYPHS or previous.text.endswith((*_ENDS, ",", "and", "or"))):
            return "\n"
        if not self._lacked_room(line):
            return "\n"
        if line.left > previous.left + 0.8 * line.size and not self.item and previous.text.endswith(_ENDS):
            return "\n\n"
        return self._space(previous)

    @staticmethod
    def _space(previous: Line) -> str:
        return "" if previous.text.endswith("-") and len(previous.text) > 1 and previous.text[-2] != " " else " "

    def _lacked_room(self, line: Line) -> bool:
        """Whether the line's first word would not have fitted on the previous line."""
        previous = self.previous
        if previous is None:
            return False
        word = len(line.text.split(" ", 1)[0]) + 1
        return previous.right + word * (line.right - line.left) / len(line.text) > self.room - 0.1 * line.size

    def _undo(self, left: str, right: str) -> bool:
        """Whether the hyphen at the end of ``left`` was only made by typesetting."""
        head, tail = _HYPHEN.search(left), _OPENING.match(right)
        if head is None or tail is None or not tail[1].islower():
            return False
        before, after = head[1].casefold(), tail[1].casefold()
        if before + after in self.words:
            return True
        if f"{before}-{after}" in self.words:
            return False
        known = (before in self.words) + (after in self.words)
        # Where no word is known to be divided, programs that divide none made the document, as most writers' do.
        return known < (2 if self.divides else 1)


def _words(texts: Iterable[str]) -> frozenset[str]:
    """The document's words that stand whole on a line."""
    found: set[str] = set()
    broken = ""
    for text in texts:
        words = [word.casefold() for word in _WORD.findall(text)]
        # The first word may be the second half of one, the last the first half.
        found.update(words[1 if broken else 0 : -1 if text.endswith("-") else None])
        broken = text if text.endswith("-") else ""
    return frozenset(found)


def _leading(pages: list[list[Line]]) -> dict[float, float]:
    """For each size of type, the usual distance from a line to the next."""
    distances: dict[float, list[float]] = {}
    for lines in pages:
        for above, below in pairwise(lines):
            distance = above.base - below.base
            if above.size == below.size and 0.5 * above.size < distance < 3 * above.size:
                distances.setdefault(above.size, []).append(distance)
    return {size: median(found) for size, found in distances.items()}
