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
    head = form.partition(" ")[0]
    if head.isalnum():  # as most are
        return head
    word = _WORD.match(form)
    return word.group() if word else form


class Cut:
    """Which words of a text are looked at: those that have capitals or digits, and some in small letters."""

    def __init__(self, small: frozenset[str] = frozenset()) -> None:
        self.small = small
        self.inside = Facts(self._inside)
        """Those words in a stretch of text without blanks."""

    def _inside(self, stretch: str) -> tuple[Place, ...]:
        if stretch.isascii() and stretch.isalpha():  # as most stretches are
            return () if stretch.islower() and stretch not in self.small else ((0, stretch),)
        words = [(m.start(), m.group()) for m in _WORD.finditer(stretch)]
        return tuple([(at, word) for at, word in words if word in self.small or not _SMALL.fullmatch(word)])


DISTINCT = Cut()
"""Words that have capitals or digits, and no others."""


class Beginnings:
    """The first words of some forms."""

    def __init__(self, forms: Iterable[str]) -> None:
        first = frozenset(map(first_word, forms))
        self.words = frozenset(word for word in first if _WORD.fullmatch(word))
        small = frozenset(word for word in self.words if _SMALL.fullmatch(word))
        self.cut = Cut(small) if small else DISTINCT
        self.odd = tuple(sorted(first - self.words))
        """Forms that begin with no word."""


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
        self.beginnings = Beginnings(self._by_word)
        self._tail = re.compile(tail)

    def find(self, passage: Passage) -> Iterator[Standing]:
        """The forms in a passage in their order, the longer first, without overlaps."""
        return self._standing(passage.text, passage.places(self.beginnings), len(passage.text))

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
