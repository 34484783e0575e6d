"""The words of a sentence by their class: title, name, agency, country, and the marks between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.annotations import Entity, Mention
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.knowledge import alternation

_TOKEN = re.compile(r"[,;:()/]|[^\s,;:()/]+")
POSSESSIVE = ("'s", "\u2019s", "'", "\u2019")
INITIAL = re.compile(r"[A-Z]\.(?:[A-Z]\.)*\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its class: see `Tokens.read`."""

    start: int
    end: int
    text: str
    kind: str
    side: str | None = None
    agency: Entity | None = None


class Tokens:
    """Classes the words of a sentence."""

    def __init__(self, rules: MeetingRules, agency_names: Sequence[str], topics: Iterable[str] = ()) -> None:
        words = rules.words
        self._nouns = frozenset(words["persons.nouns"])
        self._modifiers = frozenset(words["persons.modifiers"])
        self._ranks = frozenset(words["persons.ranks"])
        self._titles = dict.fromkeys(self._modifiers, "m") | dict.fromkeys(self._nouns, "t")
        self._classes = dict.fromkeys(words["persons.particles"], "v") | dict.fromkeys(words["persons.inside"], "p")
        self._classes |= dict.fromkeys(words["persons.suffixes"], "j")
        self._classes |= dict.fromkeys(words["persons.letters"], "o")
        self._classes |= dict.fromkeys(words["persons.honorifics"], "h") | {"and": "and", "&": "and", "/": "p"}
        self._articled = re.compile(rf"(?:{alternation(words['persons.articles'])})[-'\u2019][A-Z]")
        scope = {*words["persons.scope"], *topics}
        for name in agency_names:
            found = rules.patterns["persons.bodies"].fullmatch(name)
            if found is not None:
                scope.update(w.strip(",") for w in found["words"].split() if w[:1].isupper())
        self._scope = frozenset(scope)

    def read(self, reading: Reading, start: int, end: int) -> list[Token]:
        """The words and marks by class.

        A agency, C country; t title noun, m title modifier, s other title word, p small word within a title;
        n word of a name, v particle and j suffix of one, o letters behind it; h honorific, r military rank;
        comma, `and`, x anything else.
        """
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
        return [_surname(token, found[max(i - 2, 0) : i]) for i, token in enumerate(found)]

    def _plain(self, reading: Reading, start: int, end: int, found: list[Token]) -> None:
        for match in _TOKEN.finditer(reading.text, start, end):
            word = match.group()
            if word in POSSESSIVE:
                continue
            kind, side = self._kind(word, reading.sides)
            if kind == "x" and found and self._is_small_title(word, found[-1]):
                kind = "t"
            if word in self._ranks and not (word in self._titles and found and found[-1].kind in "tm"):
                kind = "r"
            if kind == "t" and found and found[-1].kind == "r":  # `General Manager`
                found[-1] = replace(found[-1], kind="m")
            stop = match.end()
            if kind in "mnst" and word.endswith(".") and not INITIAL.match(word):
                word, stop = word[:-1], stop - 1
            found.append(Token(match.start(), stop, word, kind, side))

    def _is_small_title(self, word: str, before: Token) -> bool:
        """Whether a word in small letters is a title after a name: `X Y, director general of Z`."""
        title = word.title() in self._nouns or word.title() in self._modifiers
        return title and (before.text == "," or (before.kind == "t" and before.text.islower()))

    def _kind(self, word: str, sides: Mapping[str, str]) -> tuple[str, str | None]:
        """The class of a word that is in no mention, and the side of a country's name or adjective."""
        if word in ",;:()":
            return ",", None
        bare = word[:-2] if word.endswith(POSSESSIVE[:2]) else word
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


def _surname(token: Token, before: Sequence[Token]) -> Token:
    """A country's word behind a given name and an initial is a surname: `Ada B. Jordan`."""
    initial = len(before) == 2 and before[0].kind == "n" and len(before[0].text) > 2 and INITIAL.match(before[1].text)
    return replace(token, kind="n", side=None) if token.kind == "C" and initial else token


def _named(mention: Mention, text: str) -> Token:
    words = text[mention.start : mention.end]
    if mention.kind == "party":
        return Token(mention.start, mention.end, words, "C", mention.entity.side)
    if mention.kind == "agency":
        return Token(mention.start, mention.end, words, "A", None, mention.entity)
    return Token(mention.start, mention.end, words, "s")
