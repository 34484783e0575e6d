"""A sentence as words with offsets: what the clause grammar reads."""

from __future__ import annotations

import re
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

    def at(self, offset: int) -> int:
        """Index of the first word that starts at or after ``offset``."""
        from bisect import bisect_left

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
