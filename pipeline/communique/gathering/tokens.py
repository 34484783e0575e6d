"""The words of a sentence by their class: title, name, agency, country, and the marks between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.annotations import Entity, Mention
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.knowledge import alternation
from communique.words import Facts

_TOKEN = re.compile(r"[,;:()/]|[^\s,;:()/]+")
POSSESSIVE = ("'s", "\u2019s", "'", "\u2019")
INITIAL = re.compile(r"[A-Z]\.(?:[A-Z]\.)*\Z")


@dataclass(slots=True)
class Token:
    """A word or mark with its class: see `Tokens.read`."""

    start: int
    end: int
    text: str
    kind: str
    side: str | None = None
    agency: Entity | None = None


@dataclass(slots=True)
class _Form:
    """What can be said of a word without its neighbours."""

    kind: str
    side: str | None
    rank: bool
    titled: bool
    """Whether the word, a rank or not, is listed as a title."""
    small: str
    """The class of the word in small letters behind a name, where it can be part of a title."""
    stop: bool
    """Whether a full stop at its end is the sentence's."""
    fixed: bool
    """Whether its neighbours change nothing about it, as with most words."""


_NO_TOKEN = _Form("", None, rank=False, titled=False, small="", stop=False, fixed=False)


class Tokens:
    """Classes the words of a sentence."""

    def __init__(
        self, rules: MeetingRules, sides: Mapping[str, str], agency_names: Sequence[str], topics: Iterable[str] = ()
    ) -> None:
        """``sides`` has the ISO code by every name and adjective of a country."""
        words = rules.words
        self._sides = sides
        self._forms = Facts(self._form_of)
        self._nouns = frozenset(words["persons.nouns"])
        self._modifiers = frozenset(words["persons.modifiers"])
        self._ranks = frozenset(words["persons.ranks"])
        self._titles = dict.fromkeys(self._modifiers, "m") | dict.fromkeys(self._nouns, "t")
        self._classes = dict.fromkeys(words["persons.particles"], "v") | dict.fromkeys(words["persons.inside"], "p")
        self._classes |= dict.fromkeys(words["persons.suffixes"], "j")
        self._classes |= dict.fromkeys(words["persons.letters"], "o")
        self._classes |= dict.fromkeys(words["persons.honorifics"], "h") | {"and": "and", "&": "and", "/": "p"}
        self._articled = re.compile(rf"(?:{alternation(words['persons.articles'])})[-'\u2019][A-Z]")
        scope = {*words["persons.scope"], *rules.plurals, *topics}
        for name in agency_names:
            found = rules.patterns["persons.bodies"].fullmatch(name)
            if found is not None:
                scope.update(w.strip(",") for w in found["words"].split() if w[:1].isupper())
        self._scope = frozenset(scope)

    def read(self, reading: Reading, start: int, end: int) -> list[Token]:
        """The words and marks in [start, end) by class, each as far as it stands there.

        A agency, C country; t title noun, m title modifier, s other title word, p small word within a title;
        n word of a name, v particle and j suffix of one, o letters behind it; h honorific, r military rank;
        comma, `and`, x anything else.
        """
        known = reading.tokens.get((start, end))
        if known is None:
            known = reading.tokens[start, end] = self._read(reading, start, end)
        return known

    def _read(self, reading: Reading, start: int, end: int) -> list[Token]:
        spans = [_named(m, reading.text) for m in reading.mentions(start, end) if m.end <= end]
        for low, high, side in reading.countries(start, end):
            if not any(t.start < high and low < t.end for t in spans):
                spans.append(Token(low, high, reading.text[low:high], "C", side))
        found: list[Token] = []
        position = start
        for token in sorted(spans, key=lambda t: t.start):
            if token.start >= position:
                self._plain(reading, position, token.start, found)
                found.append(token)
                position = token.end
        self._plain(reading, position, end, found)
        return [
            _named_so(t, found[max(i - 2, 0) : i], found[i + 1 : i + 2]) if t.kind == "C" else t
            for i, t in enumerate(found)
        ]

    def _plain(self, reading: Reading, start: int, end: int, found: list[Token]) -> None:
        forms = self._forms
        for match in _TOKEN.finditer(reading.text, start, end):
            word = match.group()
            form = forms[word]
            if form.fixed:
                found.append(Token(match.start(), match.end(), word, form.kind, form.side))
            elif form.kind:
                self._beside(match, form, found)

    def _beside(self, match: re.Match[str], form: _Form, found: list[Token]) -> None:
        """Add a word whose class the word before it tells, or which changes that one's."""
        word, kind, stop, before = match.group(), form.kind, match.end(), found[-1] if found else None
        if form.small and before is not None and _takes_title(before):
            kind = form.small
        if form.rank and not (form.titled and before is not None and before.kind in "tm"):
            kind = "r"
        if kind == "t" and before is not None and before.kind == "r":  # `General Manager`
            found[-1] = replace(before, kind="m")
        if form.stop and kind in "mnst":
            word, stop = word[:-1], stop - 1
        found.append(Token(match.start(), stop, word, kind, form.side))

    def _form_of(self, word: str) -> _Form:
        if word in POSSESSIVE:
            return _NO_TOKEN
        kind, side = self._kind(word)
        small = self._titles.get(word.title(), "") if kind == "x" else ""
        stop = word.endswith(".") and INITIAL.match(word) is None
        rank = word in self._ranks
        return _Form(kind, side, rank, word in self._titles, small, stop, not (rank or small or stop or kind == "t"))

    def _kind(self, word: str) -> tuple[str, str | None]:
        """The class of a word that is in no mention, and the side of a country's name or adjective."""
        if word in ",;:()":
            return ",", None
        bare, sides = word[:-2] if word.endswith(POSSESSIVE[:2]) else word, self._sides
        side = sides.get(bare) or (sides.get(bare.split("-")[0]) if "-" in bare else None)
        if side is not None:
            return "C", side
        plain = bare.rstrip(".")
        listed = self._classes.get(word) or self._titles.get(plain)
        if listed is not None:
            return listed, None
        if not word[0].isupper():
            return ("n" if self._articled.match(word) or (word[0].isalpha() and not word[0].islower()) else "x"), None
        return ("s" if plain in self._scope or (plain.isupper() and len(plain) == 2) else "n"), None


def _takes_title(before: Token) -> bool:
    """Whether a title in small letters may follow: `X Y, director general of Z`."""
    return before.text == "," or (before.kind in "tm" and before.text.islower())


def _named_so(token: Token, before: Sequence[Token], after: Sequence[Token]) -> Token:
    """A country's word that is part of a person's name: `Ada B. Jordan`, `Prime Minister Georgia Roe`."""
    initial = len(before) == 2 and before[0].kind == "n" and len(before[0].text) > 2 and INITIAL.match(before[1].text)
    titled = bool(before) and before[-1].kind in "th" and before[-1].end == token.start - 1
    given = titled and bool(after) and after[0].kind == "n" and after[0].start == token.end + 1
    return replace(token, kind="n", side=None) if initial or given else token


def _named(mention: Mention, text: str) -> Token:
    words = text[mention.start : mention.end]
    if mention.kind == "party":
        return Token(mention.start, mention.end, words, "C", mention.entity.side)
    if mention.kind == "agency":
        return Token(mention.start, mention.end, words, "A", None, mention.entity)
    return Token(mention.start, mention.end, words, "s")
