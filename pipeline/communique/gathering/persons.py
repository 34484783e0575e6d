"""People with their titles, in both orders: `Deputy Minister X Y` and `X Y, Deputy Minister`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.annotations import Entity, Mention
from communique.gathering.reading import Reading
from communique.gathering.rules import MeetingRules
from communique.knowledge import alternation

_TOKEN = re.compile(r"[,;:()/]|[^\s,;:()/]+")
_INITIAL = re.compile(r"[A-Z]\.(?:[A-Z]\.)*\Z")
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its class: see `Persons.tokens`."""

    start: int
    end: int
    text: str
    kind: str
    side: str | None = None
    agency: Entity | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person as named; ``agency`` is one that stands in or beside the title.

    ``start`` and ``end`` are those of the name, ``low`` and ``high`` those of the name with its title.
    """

    start: int
    end: int
    low: int
    high: int
    name: str
    title: str | None
    agency: Entity | None
    side: str | None


class Persons:
    """Reads people out of a stretch of text."""

    def __init__(self, rules: MeetingRules, agency_names: Sequence[str], topics: Iterable[str] = ()) -> None:
        words = rules.words
        self._nouns = frozenset(words["persons.nouns"])
        self._modifiers = frozenset(words["persons.modifiers"])
        self._ranks = frozenset(words["persons.ranks"])
        self._suffixes = frozenset(words["persons.suffixes"])
        self._titles = dict.fromkeys(self._modifiers, "m") | dict.fromkeys(self._nouns, "t")
        self._classes = dict.fromkeys(words["persons.particles"], "v") | dict.fromkeys(words["persons.inside"], "p")
        self._classes |= dict.fromkeys(words["persons.honorifics"], "h") | {"and": "and", "&": "and", "/": "p"}
        self._articled = re.compile(rf"(?:{alternation(words['persons.articles'])})-[A-Z]")
        scope = {*words["persons.scope"], *topics}
        for name in agency_names:
            found = rules.patterns["persons.bodies"].fullmatch(name)
            if found is not None:
                scope.update(w.strip(",") for w in found["words"].split() if w[:1].isupper())
        self._scope = frozenset(scope)

    def find(self, reading: Reading, start: int, end: int) -> list[Person]:
        """The people named in [start, end), in their order."""
        tokens = self.tokens(reading, start, end)
        runs = self._runs(tokens)
        found: list[Person] = []
        used = 0
        for index, (first, last) in enumerate(runs):
            following = runs[index + 1][0] if index + 1 < len(runs) else len(tokens)
            person, used = self._person(reading.text, tokens, used, first, last, following)
            if person is None:
                continue
            if found and person.title and _is_of_other(tokens, found[-1], person):
                found[-1] = replace(
                    found[-1], title=person.title, agency=person.agency, side=person.side, high=person.high
                )
                continue
            found.append(person)
        return found

    def tokens(self, reading: Reading, start: int, end: int) -> list[Token]:
        """Words and marks by class: A agency, C country, t title noun, m title modifier, s other title word,
        n word of a name, h honorific, p small word within a title, comma, `and`, x anything else."""
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
        return found

    def _plain(self, reading: Reading, start: int, end: int, found: list[Token]) -> None:
        for match in _TOKEN.finditer(reading.text, start, end):
            word = match.group()
            if word in ("'s", "'"):
                continue
            kind, side = self._kind(word, reading.sides)
            if kind == "x" and found and self._is_small_title(word, found[-1]):
                kind = "t"
            if word in self._ranks and not (found and found[-1].kind in "tm"):
                kind = "h"
            stop = match.end()
            if kind in "nst" and word.endswith(".") and not _INITIAL.match(word) and word not in self._suffixes:
                word, stop = word[:-1], stop - 1
            found.append(Token(match.start(), stop, word, kind, side))

    def _is_small_title(self, word: str, before: Token) -> bool:
        """Whether a word in small letters is a title after a name: `X Y, director general of Z`."""
        title = word.capitalize() in self._nouns or word.capitalize() in self._modifiers
        return title and (before.text == "," or (before.kind == "t" and before.text.islower()))

    def _kind(self, word: str, sides: Mapping[str, str]) -> tuple[str, str | None]:
        """The class of a word that is in no mention, and the side of a country's name or adjective."""
        if word in ",;:()":
            return ",", None
        bare = word[:-2] if word.endswith("'s") else word
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

    def _runs(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """Stretches of tokens that are people's names."""
        runs: list[tuple[int, int]] = []
        index = 0
        while index < len(tokens):
            if tokens[index].kind != "n":
                index += 1
                continue
            last = self._run_end(tokens, index)
            if self._is_name(tokens, index, last):
                runs.append((index, last))
            index = last
        return runs

    def _run_end(self, tokens: Sequence[Token], first: int) -> int:
        last = first + 1
        while last < len(tokens):
            token = tokens[last]
            glued = token.kind == "v" and last + 1 < len(tokens) and tokens[last + 1].kind in "nv"
            suffix = token.text in self._suffixes
            comma = token.text == "," and last + 1 < len(tokens) and tokens[last + 1].text in self._suffixes
            if token.kind == "n" or glued or suffix or comma:
                last += 1
                continue
            single = last - first == 1 or (last - first == 2 and _INITIAL.match(tokens[last - 1].text))
            closed = last + 1 >= len(tokens) or tokens[last + 1].kind in (",", "and", "x")
            scoped = first > 0 and tokens[first - 1].kind in ("p", "s")
            if token.kind in "sm" and not scoped and single and closed and "-" not in token.text:
                last += 1
            break
        return last

    def _is_name(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        length = last - first
        before = tokens[first - 1] if first else None
        after = tokens[last] if last < len(tokens) else None
        if after is not None and after.kind in "tmsA" and after.text != "/":
            return False
        if length == 1:
            return before is not None and before.kind == "t"
        if (
            after is not None
            and after.kind == "p"
            and after.text in ("for", "on")
            and _title_before(tokens, 0, first) is None
        ):
            return False
        return length <= _LONGEST_NAME

    def _person(
        self, text: str, tokens: Sequence[Token], used: int, first: int, last: int, following: int
    ) -> tuple[Person | None, int]:
        """The person of a run, and the first token that the next one may use."""
        before = _title_before(tokens, used, first)
        if before is not None:
            agency = _agency_after(tokens, last, following)
            return self._made(text, tokens, first, last, tokens[before:first], agency), last
        until = _title_after(tokens, last, following)
        if until is not None:
            return self._made(text, tokens, first, last, tokens[last + 1 : until], None), until
        return self._made(text, tokens, first, last, (), _agency_after(tokens, last, following)), last

    def _made(
        self, text: str, tokens: Sequence[Token], first: int, last: int, title: Sequence[Token], beside: Entity | None
    ) -> Person | None:
        if not any(t.kind == "t" for t in title) and last - first == 1:
            return None
        start, end = tokens[first].start, tokens[last - 1].end
        if last - first > 2 and tokens[first].text == "M.":
            start = tokens[first + 1].start
        if text[start:end].endswith(("'s", "'")):
            return None
        agency = _agency_in(title) or beside
        side = next((t.side for i, t in enumerate(title) if t.kind == "C" and _owns(title, i)), None)
        side = side or _country_after(tokens, last)
        written = _written(text, title) if any(t.kind == "t" for t in title) else None
        low = min([start, *(t.start for t in title)])
        high = max([end, *(t.end for t in title)])
        owner = side or (agency.side if agency else None)
        return Person(start, end, low, high, text[start:end], written, agency, owner)


def _named(mention: Mention, text: str) -> Token:
    words = text[mention.start : mention.end]
    if mention.kind == "party":
        return Token(mention.start, mention.end, words, "C", mention.entity.side)
    if mention.kind == "agency":
        return Token(mention.start, mention.end, words, "A", None, mention.entity)
    return Token(mention.start, mention.end, words, "s")


_TITLE_KINDS = frozenset("ACtmsp")


def _agency_in(title: Sequence[Token]) -> Entity | None:
    """The agency of a title: the one nearest before its noun, else the first after it."""
    noun = next((i for i, t in enumerate(title) if t.kind == "t"), len(title))
    before = [t.agency for t in title[:noun] if t.agency is not None]
    after = [t.agency for t in title[noun:] if t.agency is not None]
    return before[-1] if before else next(iter(after), None)


def _title_before(tokens: Sequence[Token], used: int, first: int) -> int | None:
    """Where the title begins that ends before a name, or None."""
    index = first
    seen = False
    begin = None
    while index > used:
        token = tokens[index - 1]
        if token.kind == "h" or token.text in "()" or (token.text == "," and begin is None):
            index -= 1
            continue
        if token.kind in _TITLE_KINDS or (token.kind == "n" and begin is not None and token.text[0].isupper()):
            seen = seen or token.kind == "t"
            index -= 1
            begin = index
            continue
        if token.kind in (",", "and") and begin is not None and not _starts_title(tokens, begin, first, seen):
            index -= 1
            continue
        break
    if not seen or begin is None:
        return None
    while begin < first and (tokens[begin].kind in ("p", ",", "and") or tokens[begin].text == "The"):
        begin += 1
    return begin


def _starts_title(tokens: Sequence[Token], begin: int, first: int, seen: bool) -> bool:
    """Whether a title can begin at ``begin``: its noun comes before any small word."""
    if not seen:
        return False
    for token in tokens[begin:first]:
        if token.kind == "t":
            return True
        if token.kind == "p":
            return False
    return False


def _title_after(tokens: Sequence[Token], last: int, following: int) -> int | None:
    """Where the title ends that stands behind a name and a comma, or None."""
    if last >= len(tokens) or tokens[last].text not in (",", "("):
        return None
    index = last + 1
    seen = False
    end = None
    while index < following:
        token = tokens[index]
        if token.kind in _TITLE_KINDS or (token.kind == "n" and seen):
            seen = seen or token.kind == "t"
            index += 1
            end = index if seen else None
            continue
        if token.kind in (",", "and") and seen and _goes_on(tokens, index, following):
            index += 1
            continue
        break
    if end is None:
        return None
    if following < len(tokens) and index >= following and tokens[end - 1].kind not in (",", "and", "p"):
        return _before_next(tokens, last, end)
    return end


def _goes_on(tokens: Sequence[Token], index: int, following: int) -> bool:
    """Whether a comma or `and` inside a title leads to more words of it, not to another title or name."""
    index += 1
    if index < following and tokens[index].kind == "and":
        index += 1
    first = index
    while index < following and tokens[index].kind in "smAh":
        index += 1
    if index == first:
        return False
    return index >= following or tokens[index].kind in ("p", ",", "and", "x")


def _before_next(tokens: Sequence[Token], last: int, end: int) -> int | None:
    """The end of a name's own title where the words next to the following name are that one's title."""
    for index in range(end - 1, last + 1, -1):
        if tokens[index].kind in (",", "and"):
            return index if any(t.kind == "t" for t in tokens[last + 1 : index]) else None
    return None


def _agency_after(tokens: Sequence[Token], last: int, following: int) -> Entity | None:
    """An agency that stands behind a name and a comma, `of` or `from`."""
    index = last
    while index < following and (tokens[index].text in (",", "of", "from", "at", "the", "MP", "(")):
        index += 1
    if index == last or index >= following or tokens[index].agency is None:
        return None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return None if after is not None and after.kind in "tms" else tokens[index].agency


def _is_of_other(tokens: Sequence[Token], before: Person, person: Person) -> bool:
    """Whether a title is that of the person before it: `X Y, Chief of Staff to Minister Z W`."""
    if before.title is not None or not 0 <= person.low - before.end <= 3:
        return False
    words = [t for t in tokens if person.low <= t.start < person.start]
    nouns = [i for i, t in enumerate(words) if t.kind == "t"]
    return len(nouns) > 1 and any(t.text in ("of", "to") for t in words[nouns[0] : nouns[-1]])


def _country_after(tokens: Sequence[Token], last: int) -> str | None:
    """The country of `Prime Minister X Y of Z`."""
    index = last + 1
    while index < len(tokens) and tokens[index].text == "the":
        index += 1
    of = last < len(tokens) and tokens[last].text == "of"
    return tokens[index].side if of and index < len(tokens) else None


def _owns(title: Sequence[Token], index: int) -> bool:
    """Whether a country in a title is the one that the person serves."""
    before = next((t for t in reversed(title[:index]) if t.text != "the"), None)
    return before is None or before.text not in ("for", "to", "with", "on", "in", "and")


def _written(text: str, title: Sequence[Token]) -> str:
    """The title without country and agency at its ends, as written."""
    words = list(title)
    first = next((i for i, t in enumerate(words) if t.kind in "tms"), 0)
    words = words[first:]
    for index, token in enumerate(words):
        if token.agency is not None and _stands_apart(words, index):
            words = words[:index]
            break
    while words and words[-1].kind in (",", "and", "p", "C", "h"):
        words.pop()
    written = text[words[0].start : words[-1].end] if words else ""
    bracket = written.rfind("(")
    return written[:bracket].rstrip() if bracket > written.rfind(")") else written


def _stands_apart(words: Sequence[Token], index: int) -> bool:
    """Whether an agency is joined to a title by a comma or `at`, and is no part of it."""
    before = [t.text for t in words[max(0, index - 3) : index] if t.text != "the" and t.kind != "C"]
    return bool(before) and before[-1] in (",", "at", "in")
