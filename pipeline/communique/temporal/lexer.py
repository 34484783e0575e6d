"""Runs of date words around a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from communique.temporal.lexicon import Lexicon, Word, folded, number_of
from communique.words import Words

REACH = 90
"""How far before a cue, in characters, an expression can begin."""

LONGEST = 48
"""How many lexemes a run has at most, so that time stays linear whatever the text."""

_SPACE = re.compile(r"\s")
_ADDRESS = re.compile(r"://|www\.|@|\w\.(?:gov|org|com|int|html?)\b")


class Lexeme(NamedTuple):
    """A word, number or mark in the text; ``word`` says what it means."""

    start: int
    end: int
    word: Word


class Run(NamedTuple):
    """Adjacent lexemes and their codes, one letter each."""

    codes: str
    lexemes: list[Lexeme]


def runs(words: Words, lexicon: Lexicon, covered: list[tuple[int, int]]) -> Iterator[Run]:
    """The runs around the cues of a text, in order; cues in a ``covered`` span, such as a name's, give none."""
    text, done = words.text, 0
    spans = iter(covered)
    span = next(spans, None)
    for cue in _cues(words, lexicon):
        at = cue.start()
        while span is not None and span[1] <= at:
            span = next(spans, None)
        if at < done or (span is not None and span[0] <= at and cue.end() <= span[1]):
            continue
        run = _run(text, at, done, lexicon)
        if run is not None:
            done = run.lexemes[-1].end
            yield run


def _cues(words: Words, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    """The cues of a text, without overlaps: looked for where words stand with which one may begin."""
    reached = 0
    for start, openings in words.told(lexicon.openings):
        for offset in openings:
            cue = lexicon.cue.match(words.text, start + offset) if start + offset >= reached else None
            if cue is not None:
                reached = cue.end()
                yield cue


def _run(text: str, at: int, done: int, lexicon: Lexicon) -> Run | None:
    """The run that the cue at ``at`` lies in."""
    begin = _begin(text, at, done, lexicon)
    found: list[Lexeme] = []
    last = begin
    for match in lexicon.lexeme.finditer(text, begin):
        start = match.start()
        word = None if "\n" in text[last:start] else _word(match, text, lexicon)
        last = match.end()
        if word is None:
            if start >= at:
                break
            found = []
        else:
            found.append(Lexeme(start, last, word))
            if len(found) == LONGEST:
                break
    if not found or found[-1].end <= at:
        return None
    return Run("".join(lexeme.word.code for lexeme in found), found)


def _begin(text: str, at: int, done: int, lexicon: Lexicon) -> int:
    """The start of the leftmost word from which only words of the lexicon lead to the cue."""
    low = max(done, at - REACH, text.rfind("\n", max(0, at - REACH), at) + 1)
    begin = at
    while begin > low:
        start = max(low, text.rfind(" ", low, begin - 1) + 1)
        if not lexicon.leads[text[start:begin]]:
            return begin
        begin = start
    return begin


def _word(match: re.Match[str], text: str, lexicon: Lexicon) -> Word | None:
    """What a lexeme means; None ends the run."""
    kind, form = match.lastgroup, match.group()
    if kind == "word":
        return _plain(form, lexicon)
    if kind == "mark":
        return Word("-" if form in ("–", "--") else "'" if form[0] in "'’" else form)
    if kind in ("phrase", "short"):
        return folded(form.rstrip("."), lexicon.words)
    if kind == "number":
        return _number(match, text, lexicon)
    if kind == "spelt":
        return Word("N", number_of(form, lexicon.numbers))
    if kind == "ordinal":
        return Word("O", int(form[:-2]))
    if kind == "yearshort":
        return _year_short(form, text, match.start())
    if kind == "other" or _in_address(text, match.start()):
        return None
    return _figures(str(kind), form)


def _plain(form: str, lexicon: Lexicon) -> Word | None:
    lower = form.lower()
    word = lexicon.words.get(lower)
    if word is not None and lower in lexicon.capital and form[0].islower():
        return None
    return word


def _number(match: re.Match[str], text: str, lexicon: Lexicon) -> Word | None:
    form, start = match.group(), match.start()
    if (start and text[start - 1] in "$€£¥#._=+") or text[match.end() : match.end() + 1] in ("%", "°", "$", "€"):
        return None
    if form.isdigit():
        number = int(form) if len(form) < 12 else 0
        if len(form) <= 2 and 1 <= number <= 31:
            return Word("D", number)
        if len(form) == 4 and lexicon.earliest <= number <= lexicon.latest:
            return None if _in_address(text, start) else Word("Y", number)
        return Word("N", number)
    if form.endswith(("1/2", "½")):
        return Word("N", int(form.removesuffix("1/2").removesuffix("½")) + 0.5)
    return Word("N", float(form.replace(",", "").removesuffix("+")))


def _year_short(form: str, text: str, at: int) -> Word | None:
    """The year of ``the '78 storm``; no feet and inches, no end of a quotation."""
    return Word("Y", full_year(int(form[1:])), "short") if text[at - 1 : at].isspace() else None


def full_year(number: int) -> int:
    """The year that two figures stand for: one from 1950 to 2049."""
    return number + (2000 if number < 50 else 1900)


def _in_address(text: str, at: int) -> bool:
    low = max(0, at - 300)
    begin = max(low, text.rfind(" ", low, at) + 1, text.rfind("\n", low, at) + 1)
    stop = _SPACE.search(text, at, at + 100)
    return _ADDRESS.search(text, begin, stop.start() if stop else min(len(text), at + 100)) is not None


def _figures(kind: str, form: str) -> Word:
    """Literals in figures: a date, decade, fiscal year, quarter or half-year."""
    digits = "".join(c for c in form if c.isdigit())
    if kind == "decade":
        number = int(digits) // 10
        return Word("Z", number) if len(digits) == 4 else Word("Z", number + (200 if number < 3 else 190), "short")
    if kind == "fiscal":
        return Word("K", int(digits) + (2000 if len(digits) == 2 else 0))
    if kind == "quarter":
        return Word("R", int(digits))
    if kind == "quarteryear":
        year = int(digits[1:]) + (2000 if len(digits) == 3 else 0)
        return Word("R", int(digits[0]), str(year))
    if kind == "half":
        return Word("J", int(digits))
    return Word("L", 0, form)
