"""The words of statements as numbers: reduced to what tells one action from another, each with its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from threading import RLock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from communique import words
from communique.comparison.columns import numbered
from communique.comparison.rules import PIECE, Rules
from communique.comparison.sparse import Ints, Mask, ranges
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
    """A form without what joins it to others, its stem (none for an empty word), and of which kinds the word is."""

    plain: str
    stem: str
    general: bool
    done: bool
    """Whether it is the first word of what names what was done (`signed`, `entry`)."""


class Read(NamedTuple):
    """The words of texts that mean something, by number and offset, and the offsets of those that may say `done`."""

    words: Ints
    starts: Ints
    done: Ints


class Forms:
    """What the rules make of each form of a word met so far, by its number: kept from one comparison to the next."""

    def __init__(self, known: Rules) -> None:
        self.numbers = words.Vocabulary()
        self.stems: dict[str, int] = {"": EMPTY}
        """The number of each stem."""
        self.plain: dict[str, list[int]] = {}
        """The numbers of the forms that are the same without what joins them to others."""
        self._meet = _meeting(known)
        self._stem_of: Ints = np.zeros(0, np.int64)
        self._general: Mask = np.zeros(0, np.bool_)
        self._done: Mask = np.zeros(0, np.bool_)
        self._growing = RLock()

    def read(self) -> tuple[Ints, Mask, Mask]:
        """For each form, the number of its stem, whether its word is general, and whether it may say `done`."""
        with self._growing:
            new = self.numbers.forms[len(self._stem_of) :]
            if new:
                met = [self._meet(form) for form in new]
                for number, form in enumerate(met, len(self._stem_of)):
                    self.plain.setdefault(form.plain, []).append(number)
                numbers = [self.stems.setdefault(found.stem, len(self.stems)) for found in met]
                self._stem_of = np.append(self._stem_of, np.array(numbers, dtype=np.int64))
                self._general = np.append(self._general, np.array([found.general for found in met], dtype=np.bool_))
                self._done = np.append(self._done, np.array([found.done for found in met], dtype=np.bool_))
            return self._stem_of, self._general, self._done


class Vocabulary:
    """The numbers of the words of some texts: words of one stem share theirs, empty ones have `EMPTY`.

    They are in the order in which the texts have the words, whatever was read before.
    """

    def __init__(self, known: Rules, never: Iterable[str] = ()) -> None:
        self._rules, self._forms = known, _forms(known)
        self._never = {word for text in never for word in WORD.findall(text.lower())}
        self._number: Ints = np.zeros(0, np.int64)
        """The number of each form's word."""
        self._of_stem: Ints = np.zeros(1, np.int64)
        """The number of each stem's words."""
        self._features: dict[str, int] = {}
        self._size = 1
        self.common: set[int] = set()
        """Numbers of the words that count less."""
        self.general: set[int] = set()
        """Numbers of the words that stand in statements of every matter, and of figures."""

    def number_all(self, forms: Ints) -> tuple[Ints, Mask]:
        """Numbers of the words of all texts, by their forms, and whether each may say `done`."""
        stem_of, general, done = self._forms.read()
        stem_of = self._without_never(stem_of)
        stems = stem_of[forms]
        first = np.full(len(self._forms.stems), len(forms))
        # Of several, the last that is set stays: the first in the texts.
        first[stems[::-1]] = np.arange(len(forms) - 1, -1, -1)
        first[EMPTY] = len(forms)
        met = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(forms))]
        self._size = len(met) + 1
        self._of_stem = np.zeros(len(first), np.int64)
        self._of_stem[met] = np.arange(1, self._size)
        self._number = self._of_stem[stem_of]
        self.common = {*self.known(self._rules.common)}
        here = np.zeros(len(stem_of), np.bool_)
        here[forms] = True
        self.general = {*self._number[here & general].tolist()} - {EMPTY}
        return self._number[forms], done[forms]

    def _without_never(self, stem_of: Ints) -> Ints:
        """The stem of each form, `EMPTY` for the words that are never counted."""
        never = [self._forms.stems[word] for word in self._never if word in self._forms.stems]
        found = np.where(np.isin(stem_of, never), EMPTY, stem_of)
        for word in self._never:
            found[self._forms.plain.get(word, [])] = EMPTY
        return found

    def known(self, found: Iterable[str]) -> list[int]:
        """Numbers of those words that were met."""
        stems = {self._forms.stems.get(stem(word, self._rules), EMPTY) for word in found}
        return sorted({*self._of_stem[[number for number in stems if number < len(self._of_stem)]].tolist()} - {EMPTY})

    def number(self, feature: str) -> int:
        """Number of a feature, a new one where it is new; words are numbered before."""
        return self._features.setdefault(feature, len(self))

    def __len__(self) -> int:
        return self._size + len(self._features)

    def of(self, text: str) -> set[int]:
        """Numbers of the words of a text that mean something, of those that were met."""
        forms = self.placed(text)[0]
        return {*self._number[forms[forms < len(self._number)]].tolist()} - {EMPTY}

    def placed(self, text: str) -> tuple[Ints, Ints]:
        """Numbers of the forms of a text's words, and the offset at which each begins."""
        if not text:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        plain, codes = _plain_ascii(text) if text.isascii() else _plain(text)
        inside = np.concatenate(([False], codes != _SPACE))
        starts = np.flatnonzero(inside[1:] & ~inside[:-1])
        found = plain.split()
        return np.fromiter(map(self._forms.numbers.__getitem__, found), np.int64, len(found)), starts


def read(vocabulary: Vocabulary, texts: Iterable[str]) -> Read:
    """What stands in texts, by offsets in the texts joined by line feeds.

    A line that several texts have is read once, and few lines at a time, so that their words take little memory.
    """
    lines, different = numbered("\n".join(texts).split("\n"))
    joined = ["".join(f"{line}\n" for line in different[at : at + _LINES]) for at in range(0, len(different), _LINES)]
    forms, starts = _joined([vocabulary.placed(piece) for piece in joined], [len(piece) for piece in joined])
    numbers, done = vocabulary.number_all(forms)
    meant = numbers != EMPTY
    sizes = np.fromiter(map(len, different), np.int64, len(different)) + 1
    ends = np.cumsum(sizes)
    moved = np.cumsum(sizes[lines]) - ends[lines]

    def in_all(begins: Ints) -> tuple[Ints, Ints]:
        """What stands in the lines, by its place among that of the different ones, and where it begins."""
        first, after = np.searchsorted(begins, ends - sizes), np.searchsorted(begins, ends)
        places, line = ranges(first[lines], after[lines])
        return places, begins[places] + moved[line]

    places, begins = in_all(starts[meant])
    return Read(numbers[meant][places], begins, in_all(starts[done])[1])


def _joined(pieces: Sequence[tuple[Ints, Ints]], sizes: Sequence[int]) -> tuple[Ints, Ints]:
    """The forms of the pieces of one text, and their offsets in the whole."""
    begins = np.cumsum([0, *sizes]).tolist()
    forms = [forms for forms, _ in pieces]
    starts = [starts + begin for (_, starts), begin in zip(pieces, begins, strict=False)]
    return np.concatenate(forms), np.concatenate(starts)


def _plain_ascii(text: str) -> tuple[str, NDArray[np.uint8]]:
    """As `_plain`, of a text of ASCII alone: in a quarter of the memory."""
    plain = text.encode("ascii").translate(_ASCII)
    return plain.decode("ascii"), np.frombuffer(plain, np.uint8)


def _plain(text: str) -> tuple[str, NDArray[np.uint32]]:
    """The text in lower case, with spaces for all but letters, digits, points and apostrophes; and its code points."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    plain = _PLAIN[codes]
    if plain.min() == 0:
        for code in np.unique(codes[plain == 0]).tolist():
            _PLAIN[code] = _plain_code(code)
        plain = _PLAIN[codes]
    return plain.tobytes().decode("utf-32-le"), plain


def _plain_code(code: int) -> int:
    """What is read for a character: one for one, so that offsets stay."""
    character = chr(code)
    return ord(character.lower()[0]) if character.isalnum() or character in _JOINS else _SPACE


_ASCII = bytes(map(_plain_code, range(128))) + bytes(128)
"""What is read for each character of ASCII."""


def _forms(known: Rules) -> Forms:
    """The forms met so far, which are kept with the rules; new ones begin where these are too many."""
    if "forms" not in known.kept or known.kept["forms"].numbers.full:
        known.kept["forms"] = Forms(known)
    found: Forms = known.kept["forms"]
    return found


def _meeting(known: Rules) -> Callable[[str], Met]:
    """What is worked out of a form by the rules."""
    nothing, general = (frozenset(stem(word, known) for word in of_kind) for of_kind in (known.empty, known.general))

    def meet(form: str) -> Met:
        plain = form.strip(_JOINS)
        found = stem(plain, known)
        done = not known.completions.words.isdisjoint(PIECE.findall(form))
        if found in nothing or plain in nothing or (len(plain) < _DIGITS and plain.isdigit()):
            return Met(plain, "", general=False, done=done)
        return Met(plain, found, found in general or plain[:1].isdigit() or len(plain) == 1, done)

    return meet


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
