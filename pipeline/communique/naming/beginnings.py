"""Where listed forms stand in a text: looked for from their first words on, not in the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from communique.words import Facts, Words

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


class Beginnings:
    """The first words of some forms."""

    def __init__(self, forms: Iterable[str]) -> None:
        first = frozenset(map(first_word, forms))
        self.words = frozenset(word for word in first if _WORD.fullmatch(word))
        self.odd = tuple(sorted(first - self.words))
        """Forms that begin with no word."""


_Inside = tuple[tuple[int, str, tuple[int, ...]], ...]
"""Words in a stretch of text: where in it each begins, the word, and which of some beginnings have it."""


class Cut:
    """Some beginnings whose words are looked for in a text at once, and what else has capitals or digits there."""

    def __init__(self, *sought: Beginnings) -> None:
        self._sought = sought
        seekers: dict[str, tuple[int, ...]] = {}
        for number, one in enumerate(sought):
            for word in one.words:
                seekers[word] = (*seekers.get(word, ()), number)
        alike: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._seekers = {word: alike.setdefault(numbers, numbers) for word, numbers in seekers.items()}
        self._inside: Facts[_Inside] = Facts(self._look_into)

    def _look_into(self, stretch: str) -> _Inside:
        """The words in a stretch of text without blanks."""
        seekers = self._seekers
        if stretch.isascii() and stretch.isalpha():  # as most stretches are
            told = stretch in seekers or not stretch.islower()
            return ((0, stretch, seekers.get(stretch, ())),) if told else ()
        words = [(m.start(), m.group()) for m in _WORD.finditer(stretch)]
        return tuple(
            [(at, word, seekers.get(word, ())) for at, word in words if word in seekers or not _SMALL.fullmatch(word)]
        )

    def of(self, words: Words) -> CutText:
        """The places in a text."""
        told = words.told(self._inside)
        found: list[list[Place]] = [[] for _ in self._sought]
        for start, inside in told:
            for at, word, seekers in inside:
                for number in seekers:
                    found[number].append((start + at, word))
        return CutText(told, dict(zip(self._sought, found, strict=True)))


class CutText(NamedTuple):
    """What a cut tells of a text."""

    told: list[tuple[int, _Inside]]
    sought: dict[Beginnings, list[Place]]

    def places(self, beginnings: Beginnings) -> list[Place]:
        """Where each of the words stands, in their order; what the cut does not look for must not begin small."""
        found = self.sought.get(beginnings)
        if found is None:
            words = beginnings.words
            found = [(start + at, word) for start, inside in self.told for at, word, _ in inside if word in words]
        return found


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
