"""A record's text as it stands on a page: paragraphs of segments, each of which knows the spans that cover it.

Spans overlap (an operator lies in its clause, a name in both, one clause in another), and HTML elements cannot. So
the text is cut wherever a span begins or ends; a segment leads to the innermost of its spans and carries the others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.layout import view
from communique.records import Record

_HEADING = re.compile(r"#{1,6}[ \t]+")
_BULLET = re.compile(r"[-*+•●▪◦‣–·][ \t\u00a0]+")
# What stands before a line whose bullet, or whose asterisks of bold type, the view leaves out.
_BULLET_BEFORE = re.compile(r"(?:\A|\n)[ \t>]*[-*+•●▪◦‣–·][ \t\u00a0]+[*_]*\Z")
_BOLD = ("**", "__")
# Words in which no markup can be: most quotes are such, and need no second reading.
_PLAIN = re.compile(r"(?:[^\W_]|[ .,;:'\"()/%$!?\u2019\u201c\u201d\u2013\u2014-])*")


@dataclass(frozen=True, slots=True)
class Mark:
    """An extracted span: what it is, the key of its counterpart in the brief, and its offsets in the text."""

    kind: str
    key: str
    start: int
    end: int

    @property
    def is_clause(self) -> bool:
        """Whether the mark is a whole clause, in which names, dates and operators lie."""
        return self.kind in ("commitment", "position")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same marks cover; ``begins`` are the marks whose first segment it is."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]

    @property
    def target(self) -> Mark | None:
        """The innermost mark: what the segment leads to."""
        return self.marks[-1] if self.marks else None

    @property
    def keys(self) -> list[str]:
        """Keys of all marks, outermost first, each once."""
        return list(dict.fromkeys(mark.key for mark in self.marks))

    @property
    def clauses(self) -> list[Mark]:
        """The clauses that begin here."""
        return [mark for mark in self.begins if mark.is_clause]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, list item or paragraph; ``page`` is the number of the page that begins with it."""

    kind: str
    segments: list[Segment]
    page: int | None


def marks(record: Record) -> list[Mark]:
    """All spans of the record, the outer ones before those that lie in them."""
    found = [Mark("commitment", c.id, c.start, c.end) for c in record.commitments]
    found += [Mark("position", p.id, p.start, p.end) for p in record.positions]
    found += [Mark("trigger", c.id, c.trigger.start, c.trigger.end) for c in record.commitments]
    found += [Mark("trigger", p.id, p.trigger.start, p.trigger.end) for p in record.positions]
    found += [Mark(m.kind, f"m{i}", m.start, m.end) for i, m in enumerate(record.mentions)]
    found += [Mark("date", f"d{i}", d.start, d.end) for i, d in enumerate(record.dates)]
    order = {"commitment": 0, "position": 0, "trigger": 1}
    return sorted(found, key=lambda m: (order.get(m.kind, 2), m.start - m.end, m.start))


def blocks(record: Record) -> list[Block]:
    """The statement's text for reading, paragraph by paragraph.

    Markdown and HTML marks are left out, as the extraction leaves them out; no other character is, and every span of
    the record has at least one segment.
    """
    text, found = record.statement.text, marks(record)
    lines = _lines(text, found)
    pages = [(page.start, page.number) for page in record.statement.pages or []]
    seen: set[int] = set()
    by_line = _by_line(lines, found)
    result = []
    for number, (kind, runs) in enumerate(lines):
        begin, end = runs[0][0], lines[number + 1][1][0][0] if number + 1 < len(lines) else len(text) + 1
        page = next(
            (n for start, n in reversed(pages) if (begin <= start < end or (not number and start < begin))), None
        )
        result.append(Block(kind, list(_segments(text, runs, by_line[number], seen)), page))
    return result


def readable(text: str) -> str:
    """A quote without its Markdown and HTML marks, as `blocks` shows it; the space at its ends is kept.

    What is nothing but marks is shown whole.
    """
    if _PLAIN.fullmatch(text):
        return text
    seen = view(text)
    offsets = [seen.start(i) for i, character in enumerate(seen.text) if character != "\n"]
    if not offsets:
        return text
    words = "".join(text[a:b] for a, b in _runs(text, offsets))
    return f"{' ' * text[:1].isspace()}{words.strip()}{' ' * text[-1:].isspace()}"


_Runs = list[tuple[int, int]]


def _lines(text: str, found: Sequence[Mark]) -> list[tuple[str, _Runs]]:
    """Kind and visible runs of each paragraph, in the order of the text."""
    seen = view(text)
    result: list[tuple[str, _Runs]] = []
    position = before = 0
    for line in seen.text.split("\n"):
        if line:
            offsets = [seen.start(i) for i in range(position, position + len(line))]
            kind, first = _kind(text, offsets, before)
            result.append((kind, _runs(text, offsets[first:])))
            before = offsets[-1] + 1
        position += len(line) + 1
    starts = [a for _, runs in result for a, _ in runs]
    ends = [b for _, runs in result for _, b in runs]
    # All of a span may lie in what is left out; it has to be seen even so.
    hidden = [mark for mark in found if bisect_right(ends, mark.start) >= bisect_left(starts, mark.end)]
    shown = _united([(m.start, m.end) for m in hidden if m.start < m.end])
    inside = [shown[bisect_left(shown, runs[0]) : bisect_left(shown, (runs[-1][1], 0))] for _, runs in result]
    lines = [(kind, sorted([*runs, *more])) for (kind, runs), more in zip(result, inside, strict=True)]
    between = set(shown).difference(*inside)
    return sorted([*lines, *(("p", [run]) for run in between)], key=lambda item: item[1][0])


def _united(runs: _Runs) -> _Runs:
    """The runs, those that overlap as one."""
    united: _Runs = []
    for start, end in sorted(runs):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _kind(text: str, offsets: Sequence[int], before: int) -> tuple[str, int]:
    """The kind of a paragraph, and the index in ``offsets`` of its first visible character."""
    begin, end = offsets[0], offsets[-1] + 1
    heading = _HEADING.match(text, begin, end)
    if heading:
        return "heading", bisect_left(offsets, heading.end())
    if "#" in text[before:begin] and _HEADING.search(text, before, begin):
        return "heading", 0
    if text[max(before, begin - 2) : begin] in _BOLD and text[end : end + 2] in _BOLD and text[end - 1] not in ".;:,":
        return "heading", 0
    bullet = _BULLET.match(text, begin, end)
    if bullet:
        return "item", bisect_left(offsets, bullet.end())
    return ("item" if _BULLET_BEFORE.search(text[max(before, begin - 16) : begin]) else "p"), 0


def _runs(text: str, offsets: Sequence[int]) -> _Runs:
    """The offsets as runs; what lies between two of them is kept where it is space, left out where it is markup."""
    runs: _Runs = []
    start = last = offsets[0]
    for offset in offsets[1:]:
        if offset > last + 1 and not text[last + 1 : offset].isspace():
            runs.append((start, last + 1))
            start = offset
        last = offset
    return [*runs, (start, last + 1)]


def _segments(text: str, runs: _Runs, here: Sequence[tuple[int, Mark]], seen: set[int]) -> Iterator[Segment]:
    """The runs cut where the marks ``here`` begin and end; ``seen`` holds the numbers of those that have begun."""
    edges = sorted({edge for _, mark in here for edge in (mark.start, mark.end)})
    waiting = sorted(here, key=lambda item: -item[1].start)
    active: list[tuple[int, Mark]] = []
    for start, stop in runs:
        for a, b in pairwise([start, *edges[bisect_right(edges, start) : bisect_left(edges, stop)], stop]):
            while waiting and waiting[-1][1].start <= a:
                insort(active, waiting.pop(), key=lambda item: item[0])
            active = [item for item in active if item[1].end > a]
            begins = tuple(mark for number, mark in active if number not in seen)
            seen.update(number for number, _ in active)
            yield Segment(text[a:b], tuple(mark for _, mark in active), begins)


def _by_line(lines: Sequence[tuple[str, _Runs]], found: Sequence[Mark]) -> list[list[tuple[int, Mark]]]:
    """For each line, the numbered marks that lie in it, wholly or in part."""
    starts, ends = [runs[0][0] for _, runs in lines], [runs[-1][1] for _, runs in lines]
    result: list[list[tuple[int, Mark]]] = [[] for _ in lines]
    for number, mark in enumerate(found):
        for line in range(bisect_right(ends, mark.start), bisect_left(starts, mark.end)):
            result[line].append((number, mark))
    return result
