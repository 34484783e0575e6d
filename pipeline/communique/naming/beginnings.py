"""Where listed forms stand in a text: looked for from their first words on, not in the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from communique.words import Facts

if TYPE_CHECKING:
    from communique.naming.passage import Passage

_WORD = re.compile(r"(?<!\w)(?:(?:[A-Z]\.){2,}|\w+)")
_CAPITALISED = re.compile(r"[^\W_a-z](?<!\w\w)(?:(?<=[A-Z])\.(?:[A-Z]\.)+|\w*)")
"""Those of `_WORD` that do not begin with a small letter of ASCII. What stands before is asked after the first letter,
because the regex engine finds a letter fastest where the expression begins with it."""
_SMALL = re.compile(r"[a-z_]+")

Place = tuple[int, str]
"""Where a word begins, and the word."""


def first_word(form: str) -> str:
    """The word, or the initials, with which a form begins; the whole form where it begins with neither."""
    word = _WORD.match(form)
    return word.group() if word else form


def _distinct_in(stretch: str) -> tuple[Place, ...]:
    return tuple((m.start(), m.group()) for m in _WORD.finditer(stretch) if not _SMALL.fullmatch(m.group()))


DISTINCT = Facts(_distinct_in)
"""The words in a stretch of text without blanks that have more than small letters: capitals, digits."""


class Beginnings:
    """The first words of some forms."""

    def __init__(self, forms: Iterable[str]) -> None:
        words = frozenset(map(first_word, forms))
        self.distinct = frozenset(word for word in words if _WORD.fullmatch(word) and not _SMALL.fullmatch(word))
        self.others = tuple(sorted(words - self.distinct))
        """Words in small letters, and forms that begin with no word."""


class Standing(NamedTuple):
    """A form as it stands in a text, and the match of the expression for what follows it."""

    start: int
    end: int
    form: str
    tail: re.Match[str]


class Forms:
    """Some forms, with an expression for what must follow them."""

    def __init__(self, forms: Iterable[str], tail: str = r"(?!\w)") -> None:
        self._by_word: dict[str, list[str]] = {}
        for form in sorted(forms, key=lambda form: -len(form)):
            self._by_word.setdefault(first_word(form), []).append(form)
        self._beginnings = Beginnings(self._by_word)
        self._tail = re.compile(tail)

    def find(self, passage: Passage) -> Iterator[Standing]:
        """The forms in a passage in their order, the longer first, without overlaps."""
        return self._standing(passage.text, passage.places(self._beginnings), len(passage.text))

    def find_in(self, text: str, start: int, end: int) -> Iterator[Standing]:
        """The same in ``text[start:end]``, of which nothing else is asked; the forms must be capitalised."""
        words = ((m.start(), m.group()) for m in _CAPITALISED.finditer(text, start, end))
        return self._standing(text, (place for place in words if place[1] in self._by_word), end)

    def _standing(self, text: str, places: Iterable[Place], limit: int) -> Iterator[Standing]:
        done = 0
        for start, word in places:
            if start < done:
                continue
            for form in self._by_word[word]:
                if text.startswith(form, start, limit):
                    end = start + len(form)
                    tail = self._tail.match(text, end, limit)
                    if tail is not None:
                        done = tail.end()
                        yield Standing(start, end, form, tail)
                        break
