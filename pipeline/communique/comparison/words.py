"""The words of statements as numbers: reduced to what tells one action from another, each with its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from communique.comparison.columns import Numbers
from communique.comparison.rules import Rules
from communique.comparison.sparse import Ints, ranges
from communique.words import Facts

WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_JOINS = "'’."
_SPACE = ord(" ")
_SHORTEST = 4
# A number of fewer digits counts things; of more, it names a year, a resolution or a sum.
_DIGITS = 3
# With so many letters, a name is known without the number at its end.
_NAMED = 3
# So many lines are read at a time.
_LINES = 256
EMPTY = 0
_PLAIN = np.zeros(sys.maxunicode + 1, np.uint32)
"""What is read for each character met so far; 0 for the others."""


class Met(NamedTuple):
    """A word without what joins it to others, its stem (none for an empty one), whether it is common and general."""

    plain: str
    stem: str
    common: bool
    general: bool


class Vocabulary(dict[str, int]):
    """Number of each word as written in lower case; words of one stem share theirs, empty ones have `EMPTY`."""

    def __init__(self, known: Rules, never: Iterable[str] = ()) -> None:
        super().__init__()
        self._rules, self._met = known, _facts(known)
        self._never = {word for text in never for word in WORD.findall(text.lower())}
        self._numbers: dict[str, int] = {}
        self.common: set[int] = set()
        """Numbers of the words that count less."""
        self.general: set[int] = set()
        """Numbers of the words that stand in statements of every matter, and of figures."""

    def __missing__(self, word: str) -> int:
        plain, found, common, general = self._met[word]
        if not found or found in self._never or plain in self._never:
            self[word] = EMPTY
            return EMPTY
        number = self[word] = self._numbers.setdefault(found, len(self._numbers) + 1)
        if common:
            self.common.add(number)
        if general:
            self.general.add(number)
        return number

    def known(self, words: Iterable[str]) -> list[int]:
        """Numbers of those words that were met."""
        stems = {stem(word, self._rules) for word in words}
        return sorted(self._numbers[found] for found in stems if found in self._numbers)

    def number(self, feature: str) -> int:
        """Number of a feature, a new one where it is new."""
        return self._numbers.setdefault(feature, len(self._numbers) + 1)

    def __len__(self) -> int:
        return len(self._numbers) + 1

    def of(self, text: str) -> list[int]:
        """Numbers of the words of a text that mean something."""
        numbers: list[int] = self.placed(text)[0].tolist()
        return numbers

    def placed(self, text: str) -> tuple[Ints, Ints]:
        """Numbers of the words of a text that mean something, and the offset at which each begins."""
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        if not len(codes):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        plain = _plain(codes)
        inside = np.concatenate(([False], plain != _SPACE))
        starts = np.flatnonzero(inside[1:] & ~inside[:-1])
        words = plain.tobytes().decode("utf-32-le").split()
        numbers = np.array(list(map(self.__getitem__, words)), dtype=np.int64)
        meant = numbers != EMPTY
        return numbers[meant], starts[meant]


def read(vocabulary: Vocabulary, texts: Iterable[str]) -> tuple[Ints, Ints]:
    """Numbers of the words of texts that mean something, and the offset of each in the texts joined by line feeds.

    A line that several texts have is read once, and few lines at a time, so that their words take little memory.
    """
    known: Numbers[str] = Numbers()
    found = "\n".join(texts).split("\n")
    lines = np.array(list(map(known.__getitem__, found)), dtype=np.int64)
    different = list(known)
    pieces = ["".join(f"{line}\n" for line in different[at : at + _LINES]) for at in range(0, len(different), _LINES)]
    words, starts = _joined([vocabulary.placed(piece) for piece in pieces], [len(piece) for piece in pieces])
    sizes = np.array([len(line) + 1 for line in different], dtype=np.int64)
    ends = np.cumsum(sizes)
    first, after = np.searchsorted(starts, ends - sizes), np.searchsorted(starts, ends)
    places, line = ranges(first[lines], after[lines])
    moved = np.cumsum(sizes[lines]) - ends[lines]
    return words[places], starts[places] + moved[line]


def _joined(pieces: Sequence[tuple[Ints, Ints]], sizes: Sequence[int]) -> tuple[Ints, Ints]:
    """The words of the pieces of one text, and their offsets in the whole."""
    begins = np.cumsum([0, *sizes]).tolist()
    words = [words for words, _ in pieces]
    starts = [starts + begin for (_, starts), begin in zip(pieces, begins, strict=False)]
    return np.concatenate(words), np.concatenate(starts)


def _plain(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The characters in lower case, with spaces for all but letters, digits, points and apostrophes."""
    plain = _PLAIN[codes]
    if not plain.all():
        for code in np.unique(codes[plain == 0]).tolist():
            character = chr(code)
            # One character for one, so that offsets stay.
            kept = character.isalnum() or character in _JOINS
            _PLAIN[code] = ord(character.lower()[0]) if kept else _SPACE
        plain = _PLAIN[codes]
    return plain


def _facts(known: Rules) -> Facts[Met]:
    """What is known of each word by the rules, worked out when it is first met and kept with them."""
    if "words" not in known.kept:
        lists = (known.empty, known.common, known.general)
        nothing, common, general = (frozenset(stem(word, known) for word in words) for words in lists)

        def meet(word: str) -> Met:
            plain = word.strip(_JOINS)
            found = stem(plain, known)
            if found in nothing or plain in nothing or (len(plain) < _DIGITS and plain.isdigit()):
                return Met(plain, "", common=False, general=False)
            return Met(plain, found, found in common, found in general or plain[:1].isdigit() or len(plain) == 1)

        known.kept["words"] = Facts(meet)
    return known.kept["words"]


def stem(word: str, known: Rules) -> str:
    """The word without its ending, so that ``establish``, ``establishing`` and ``establishment`` are one.

    The longest ending that leaves four letters goes, and again what ending then stands (implement-ation, impl-ement);
    then a doubled last letter.
    """
    if "stems" not in known.kept:
        known.kept["stems"] = Facts(lambda form: _stem(form, known.suffixes))
    found: str = known.kept["stems"][word]
    return found


def _stem(word: str, suffixes: tuple[str, ...]) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    unnumbered = word.rstrip("0123456789")
    # COP26 and COP 26 are one; G7 and G20 are two.
    word = unnumbered if len(unnumbered) >= _NAMED else word
    while True:
        ending = next((e for e in suffixes if word.endswith(e) and len(word) - len(e) >= _SHORTEST), None)
        if ending is None:
            break
        word = word[: -len(ending)]
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word
