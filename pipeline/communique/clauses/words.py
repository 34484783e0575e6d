"""A sentence as words with offsets: what the clause grammar reads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

# A word keeps its inner points, hyphens and apostrophes; a possessive ending, a contracted verb and every
# other mark stand alone.
_WORD = re.compile(
    r"'(?:s|re|ve|ll)?\b|[^\W_]+(?:(?:['&/.](?!(?:s|re|ve|ll)\b)|-)[^\W_]+)*(?:(?<=\.[A-Z])\.)?|[^\w\s]", re.UNICODE
)


@dataclass(slots=True)
class Sentence:
    """Words of ``text[start:end]``; ``starts`` and ``ends`` are offsets in the text, ``lower`` the folded words."""

    text: str
    start: int
    end: int
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def pieces(self, longest: int) -> Iterator[Sentence]:
        """The sentence itself, or consecutive parts of it with no more than ``longest`` words; none without words."""
        for first in range(0, len(self), longest):
            last = min(first + longest, len(self))
            start = self.start if first == 0 else self.starts[first]
            end = self.end if last == len(self) else self.ends[last - 1]
            words, lower = self.words[first:last], self.lower[first:last]
            yield Sentence(self.text, start, end, words, lower, self.starts[first:last], self.ends[first:last])

    def at(self, offset: int) -> int:
        """Index of the first word that starts at or after ``offset``."""
        return bisect_left(self.starts, offset)


def read_sentence(text: str, start: int, end: int) -> Sentence:
    """The words of a sentence, given its offsets in code points."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _WORD.finditer(text, start, end):
        words.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    return Sentence(text, start, end, words, [w.lower() for w in words], starts, ends)
