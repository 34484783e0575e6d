"""What the lexicon found around a place, and the shape of the words there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from communique.naming.matching import Hit

INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
CAPITALISED = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:-[^\W\d_a-z][\w&]*)*|[^\W\d_a-z][\w&/+]*(?:['.-][\w&+]+)*(?:-(?:[^\W\d_]\.){2,})?"
    r"|\d(?:\+\d|G)(?!\w)"
)
"""A capitalised word: ``Space``, ``U.S.-ROK``, ``CAS500-4``, ``ASEAN-U.S.``; also ``2+2``, which stands as one."""


class Surroundings:
    """The lexicon's hits of a passage, for the question of what stands at a place."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits
        self._starts = [h.start for h in hits]

    def over(self, at: int) -> Hit | None:
        """The hit that covers ``at``."""
        index = bisect_right(self._starts, at) - 1
        return self.hits[index] if index >= 0 and self.hits[index].end > at else None

    def before(self, at: int) -> Hit | None:
        """The last hit that begins before ``at``."""
        index = bisect_right(self._starts, at - 1) - 1
        return self.hits[index] if index >= 0 else None


def word_before(text: str, at: int, low: int) -> tuple[str, int]:
    """The word that ends before the space at ``at`` - 1, and where it begins; empty where punctuation ends it."""
    stop = at - 1
    if stop <= low or text[stop] != " ":
        return "", at
    begin = max(text.rfind(" ", low, stop) + 1, low)
    while begin < stop and text[begin] in "\"'([":
        begin += 1
    word = text[begin:stop]
    if word[-1:] in ',;:!?)]"-—' or (word.endswith(".") and not INITIALS.search(word[-4:])):
        return "", at
    return word, begin


def begins_word(text: str, at: int) -> bool:
    """Whether no letter, digit or hyphen stands before ``at``.

    Asked after a match, because a pattern that begins with a lookbehind cannot skip ahead by its first letters.
    """
    before = text[at - 1 : at]
    return not (before.isalnum() or before in ("-", "_")) or before == ""
