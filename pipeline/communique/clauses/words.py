"""A sentence as words with offsets: what the clause grammar reads."""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from communique.words import Facts, Words, lowered

# A word keeps its inner points, hyphens and apostrophes; a possessive ending, a contracted verb and every
# other mark stand alone.
_WORD = re.compile(
    r"'(?:s|re|ve|ll)?\b|[^\W_]+(?:(?:['&/.](?!(?:s|re|ve|ll)\b)|-)[^\W_]+)*(?:(?<=\.[A-Z])\.)?|[^\w\s]", re.UNICODE
)

_Cut = tuple[str, tuple[tuple[str, int], ...], str]
"""The word that a form begins with, if any, further words and where they begin in it, in lower case; their letters."""

_MARKS = ".,;:"

_CLASSES = ("cue", "titled", "determiner", "head", "noun", "pivot")
"""What a word can be worth a look as; `SentenceReader` says which words are."""

_LETTERS = string.digits + string.ascii_letters + "-_"
"""One for each set of classes, by the bits of its place."""


def _any_of(name: str) -> str:
    bit = 1 << _CLASSES.index(name)
    return "[" + re.escape("".join(letter for place, letter in enumerate(_LETTERS) if place & bit)) + "]"


HEAD, NOUN, PIVOT = (re.compile(_any_of(name)) for name in ("head", "noun", "pivot"))
"""Find the words of each class in a sentence's ``classes``."""

_CUE = re.compile(f"{_any_of('cue')}(?<!{_any_of('determiner')}.)")
_TITLED = re.compile(_any_of("titled"))


@dataclass(slots=True)
class Sentence:
    """Words of ``text[start:end]`` in lower case; ``starts`` are their offsets in the text.

    ``classes`` has a letter for each word: see `HEAD`. ``size`` is how many words there are.
    """

    text: str
    start: int
    end: int
    lower: list[str]
    starts: list[int]
    classes: str
    size: int

    def cues(self) -> list[int]:
        """Indices of the words that may make a commitment or position."""
        cues = [found.start() for found in _CUE.finditer(self.classes)]
        return [0, *cues] if _TITLED.match(self.classes) else cues

    def word(self, index: int) -> str:
        """The word at ``index`` as it is written."""
        start = self.starts[index]
        return self.text[start : start + len(self.lower[index])]

    def capital(self, index: int) -> bool:
        """Whether the word at ``index`` begins with a capital letter."""
        return self.text[self.starts[index]].isupper()

    def after(self, index: int) -> int:
        """The offset after the word at ``index``."""
        return self.starts[index] + len(self.lower[index])

    def at(self, offset: int) -> int:
        """Index of the first word that starts at or after ``offset``."""
        return bisect_left(self.starts, offset)

    def pieces(self, longest: int) -> Iterator[Sentence]:
        """The sentence itself, or consecutive parts of it with no more than ``longest`` words; none without words."""
        if 0 < self.size <= longest:
            yield self
            return
        for first in range(0, self.size, longest):
            last = min(first + longest, self.size)
            start = self.start if first == 0 else self.starts[first]
            end = self.end if last == self.size else self.after(last - 1)
            lower, starts, classes = self.lower[first:last], self.starts[first:last], self.classes[first:last]
            yield Sentence(self.text, start, end, lower, starts, classes, last - first)


def words_of(text: str) -> list[str]:
    """The words of a stretch of text as they are written."""
    return _WORD.findall(text)


class SentenceReader:
    """Cuts sentences into words and classes these.

    ``cue``: may make a commitment or position, unless a ``determiner`` stands right before it. ``verb``: is a cue where
    it begins a sentence, but a name where else it begins with a capital (`Member States`). ``head``: of a noun phrase
    that can be a subject. ``noun``: may promise. ``pivot``: joins actions or opens what belongs to one. Each is a
    collection of words in lower case, verbs are among the cues.
    """

    def __init__(
        self, *, cue: Collection[str], verb: Collection[str], determiner: Collection[str], head: Collection[str],
        noun: Collection[str], pivot: Collection[str],
    ) -> None:  # fmt: skip
        places: Counter[str] = Counter()
        for name, members in zip(_CLASSES, (cue, (), determiner, head, noun, pivot), strict=True):
            places.update(dict.fromkeys(members, 1 << _CLASSES.index(name)))
        self._letters = {word: _LETTERS[bits] for word, bits in places.items()}
        instead = (1 << _CLASSES.index("titled")) - (1 << _CLASSES.index("cue"))
        self._titled = {word: _LETTERS[places[word] + instead] for word in verb}
        self._forms: Facts[_Cut] = Facts(self._cut)

    def read(self, words: Words, start: int, end: int) -> Sentence:
        """The words of a sentence of a text, given the text's words and the sentence's offsets in code points."""
        lower: list[str] = []
        starts: list[int] = []
        classes: list[str] = []
        offsets, forms = words.between(start, end)
        for at, (word, further, letters) in zip(offsets, map(self._forms.__getitem__, forms), strict=True):
            classes.append(letters)
            if word:
                lower.append(word)
                starts.append(at)
            if further:
                for word, inside in further:
                    lower.append(word)
                    starts.append(at + inside)
        return Sentence(words.text, start, end, lower, starts, "".join(classes), len(lower))

    def _cut(self, form: str) -> _Cut:
        lower = lowered(form)
        if form.isalpha():
            return lower, (), self._letter(form, lower)
        stem, mark = lower[:-1], lower[-1:]
        if stem.isalpha() and mark in _MARKS:
            return stem, ((mark, len(stem)),), self._letter(form[:-1], stem) + self._letter(mark, mark)
        spans = [match.span() for match in _WORD.finditer(form)]
        words = [(lower[start:end], start) for start, end in spans]
        letters = "".join([self._letter(form[start:end], lower[start:end]) for start, end in spans])
        first = words.pop(0)[0] if words and words[0][1] == 0 else ""
        return first, tuple(words), letters

    def _letter(self, word: str, lower: str) -> str:
        if lower in self._titled and word[0].isupper() and not word.isupper():
            return self._titled[lower]
        return self._letters.get(lower, "0")
